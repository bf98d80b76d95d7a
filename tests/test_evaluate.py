"""Scores, comparisons and the benchmark's two writers."""

from __future__ import annotations

import pytest
from conftest import make
from hypothesis import given
from hypothesis import strategies as st

from codi.decode import Options, decode, decode_many
from codi.trace import Candidate, Step, Trace
from train.benchmark import benchmark, student_loop, teacher_generate, times
from train.data import Example
from train.score import compare, grade, score

CUE = "The answer is:"
marks = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60)


def trace(text: str, *, mode: str = "student", named: tuple[str, ...] = ()) -> Trace:
    """A student's Trace whose bot state names `named`, best first."""
    top = tuple(Candidate(name, i, 0.1) for i, name in enumerate(named))
    bot = Step("bot", 0, 3, None, "", top, None, 0.0)
    answer = Step("eot", 0, 4, 7, "7", (), -0.1, 0.0)
    return Trace("Q?", mode, (), steps=(bot, answer), text=text, cue=CUE, done=True)


@pytest.mark.parametrize(
    ("text", "gold", "strict", "flexible"),
    [
        ("<<2*9=18>> The answer is: 18", "18", True, True),
        ("The answer is: 18.00", "18", True, True),
        ("The answer is: 18 apples, not 20", "18", True, False),
        ("it must be 18", "18", False, True),
        ("The answer is: ", "18", False, False),
        ("", "18", False, False),
        ("The answer is: 1,800", "1800", True, True),
        ("The answer is: B", "B", True, True),
        ("I say A. The answer is: Blue", "B", True, False),
        ("maybe C", "C", False, True),
    ],
)
def test_grading(text, gold, strict, flexible):
    assert grade(trace(text), gold) == (strict, flexible)


@given(marks)
def test_a_score_adds_up(rows):
    examples = [Example("Q?", ("1+1=2",) * (1 + long), "5") for long, _ in rows]
    traces = [trace(f"{CUE} {5 if right else 6}") for _, right in rows]
    found = score(examples, traces, seconds=2.0)
    right = sum(mark for _, mark in rows)
    assert found.strict.value == right / len(rows)
    assert found.strict == found.flexible
    assert sum(group.n for group in found.by_steps.values()) == len(rows)
    assert sum(group.value * group.n for group in found.by_steps.values()) == pytest.approx(right)
    assert (found.tokens, found.forward_passes, found.finished) == (1.0, 2.0, 1.0)
    assert found.seconds == pytest.approx(2 / len(rows))
    assert sum(group.hit.n for group in found.readings or []) == sum(a and b for a, b in rows)


def test_readings_count_correct_answers_and_equations_only():
    steps = ("16-3=13", "13*2=26")
    examples = [
        Example("Q?", steps, "26"),
        Example("Q?", steps, "26"),
        Example("Q?", ("First 13.", "Then 26."), "26"),
    ]
    traces = [
        trace(f"{CUE} 26", named=("9", "13")),
        trace(f"{CUE} 27", named=("13",)),
        trace(f"{CUE} 26", named=("13",)),
    ]
    (group,) = score(examples, traces, 1.0).readings
    assert (group.values, group.hit.value, group.hit.n) == (1, 1.0, 1)
    teacher = [trace(f"{CUE} 26", mode="teacher")]
    assert score(examples[:1], teacher, 1.0).readings is None


def test_a_score_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        score([], [], 0.0)


@given(marks)
def test_a_comparison_is_symmetric_and_complete(rows):
    here, reference = [a for a, _ in rows], [b for _, b in rows]
    found, swapped = compare(here, reference), compare(reference, here)
    assert found.both + found.only_here + found.only_reference + found.neither == len(rows)
    assert (found.only_here, found.p) == (swapped.only_reference, swapped.p)
    assert 0 < found.p <= 1
    assert (found.ratio is None) == (not any(reference))
    assert compare(here, here).p == 1


def test_mcnemar_is_exact():
    # Five questions differ, all in one direction: 2 * (1/2)^5.
    assert compare([False] * 5 + [True], [True] * 6).p == 2 / 32
    assert compare([True] * 2000, [False] * 2000).p < 1e-300  # large counts do not overflow


def test_evaluating_in_batches_is_evaluating_one_by_one():
    model, short = make("llama"), Options(num_latents=2, max_new_tokens=6)
    questions = ["3 bags of 4 apples?", "A book costs 5 dollars. How much are two?", "7?"]
    answers = [decode(model, question, options=short).answer for question in questions]
    examples = [Example(q, (), str(a or 1)) for q, a in zip(questions, answers, strict=True)]
    found = score(examples, decode_many(model, questions, options=short, batch_size=2), seconds=1.0)
    assert found.flexible.value * 3 == pytest.approx(sum(answer is not None for answer in answers))
    assert found.flexible.value > 0


@pytest.mark.parametrize("latents", [0, 3])
def test_transformers_alone_writes_the_same_ids(tiny, latents):
    options = Options(num_latents=latents, max_new_tokens=8)
    question = "Tom has 3 bags of 4 apples. How many?"
    for mode, write in (("teacher", teacher_generate), ("student", student_loop)):
        ours = [step.token for step in decode(tiny, question, mode, options).steps]
        assert write(tiny, question, options) == [i for i in ours if i is not None]


def test_the_benchmark_counts_all_but_the_warm_up():
    questions = ["1 and 2?", "3 and 4?", "5 and 6?"]
    found = benchmark(make("llama"), questions, Options(max_new_tokens=3), warm_up=2)
    assert set(found) == {"codi", "transformers"}
    assert found["codi"]["student_passes"].median == found["codi"]["teacher_passes"].median + 1 + 3
    assert found["codi"]["student"].median > 0
    phases = found["codi"]["student_phases"]
    assert sum(p.median for p in phases.values()) == pytest.approx(found["codi"]["student"].median)


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_quartiles_are_in_order(values):
    found = times(values)
    assert min(values) <= found.low <= found.median <= found.high <= max(values)
