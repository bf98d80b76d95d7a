from __future__ import annotations

from conftest import make

from train.batch import IGNORE, collate, tokenise
from train.data import Example
from train.views import View, codi_view

EXAMPLES = [
    Example("Tom has 3 bags of 4 apples and eats 2. How many?", ("3*4=12", "12-2=10"), "10"),
    Example("She buys 2 books for $5 each, pays 20, gets change, twice.", ("2*5=10", "20-10=10", "10*2=20"), "20"),
    Example("5 and 6?", ("5+6=11",), "11"),
    Example("700 boxes of 9, and one.", ("700*9=6300", "6300+1=6301"), "6301"),
]  # fmt: skip


def test_teacher_loses_the_last_step_only() -> None:
    assert codi_view(EXAMPLES[1]).steps == "<<2*5=10>> <<20-10=10>>"
    assert codi_view(EXAMPLES[2]).steps == "", "a one-step problem leaves nothing to write"
    assert codi_view(EXAMPLES[2], keep_last_step=True).steps == "<<5+6=11>>"


def test_labels_say_what_the_streams_say() -> None:
    model = make()
    views = [codi_view(example) for example in EXAMPLES]
    batch = collate(model, [tokenise(model, view) for view in views])
    for row, view in enumerate(views):
        teacher = [i for i in batch.teacher_labels[row].tolist() if i != IGNORE]
        student = [i for i in batch.student_labels[row].tolist() if i != IGNORE]
        assert model.prompt.text(teacher) == f"{view.steps} The answer is: {view.answer}".strip()
        assert model.prompt.text(student) == f"The answer is: {view.answer}"
        assert teacher[-1] == student[-1] == model.config.eos_id
        question = batch.question[row][batch.question_mask[row].bool()].tolist()
        assert model.prompt.text(question) == view.question
        assert bool(batch.question_mask[row, -1]), "questions end in the last column"


def test_both_cues_point_at_the_token_before_the_number() -> None:
    model = make()
    batch = collate(model, [tokenise(model, codi_view(example)) for example in EXAMPLES])
    for row in range(len(EXAMPLES)):
        for ids, cue in ((batch.teacher, batch.teacher_cue), (batch.student, batch.student_cue)):
            assert model.prompt.piece(int(ids[row, cue[row]])) == ":"


def test_results_are_asked_of_every_second_state() -> None:
    model = make(num_latents=4)
    rows = [tokenise(model, codi_view(example)) for example in EXAMPLES]
    named = [[i if i == IGNORE else model.prompt.piece(i) for i in row.results] for row in rows]
    assert named[0] == ["12", IGNORE, IGNORE, IGNORE, IGNORE]
    assert named[1] == ["10", IGNORE, "10", IGNORE, IGNORE]
    assert named[2] == [IGNORE] * 5
    assert named[3] == [IGNORE] * 5, "6300 is no single token: no state can name it"


def test_counts_are_the_labels() -> None:
    model = make()
    view = View("5 and 6?", "", "11", ())
    batch = collate(model, [tokenise(model, view)] * 3)
    answer = len(model.prompt.answer("11")[0])
    assert batch.counts() == {
        "teacher": 3 * answer,
        "student": 3 * answer,
        "distill": 3,
        "supervision": 0,
    }
