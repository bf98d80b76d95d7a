from __future__ import annotations

import json

import numpy as np
import pytest
from conftest import make

from codi.decode import Options, decode, decode_many, stream
from codi.model import CodiModel
from codi.trace import MODES, Capture, Edit, Mode, Trace

QUESTIONS = [
    "Tom has 3 bags of 4 apples?",
    "She buys two much longer books for $5 each today.",
    "hi 3",
]
EVERYTHING = Options(max_new_tokens=6, capture=Capture.everything())


def written(trace: Trace) -> list[int | None]:
    return [step.token for step in trace.steps]


@pytest.mark.parametrize("mode", MODES)
def test_a_batch_equals_single_decoding(tiny: CodiModel, mode: Mode) -> None:
    together = decode_many(tiny, QUESTIONS, mode, EVERYTHING, batch_size=3)
    for question, batched in zip(QUESTIONS, together, strict=True):
        alone = decode(tiny, question, mode, EVERYTHING)
        assert written(alone) == written(batched)
        assert alone.text == batched.text
        for left, right in zip(alone.steps, batched.steps, strict=True):
            assert (left.kind, left.index, left.position) == (
                right.kind,
                right.index,
                right.position,
            )
            assert np.allclose(left.hidden, right.hidden, atol=1e-4)
            assert left.attention.shape == right.attention.shape
            assert np.allclose(left.attention, right.attention, atol=1e-5)


@pytest.mark.parametrize("mode", MODES)
def test_every_partial_trace_is_a_prefix(tiny: CodiModel, mode: Mode) -> None:
    partial = list(stream(tiny, QUESTIONS[0], mode, Options(max_new_tokens=5)))
    whole = decode(tiny, QUESTIONS[0], mode, Options(max_new_tokens=5))
    assert written(partial[-1]) == written(whole)
    for count, trace in enumerate(partial, 1):
        assert trace.forward_passes == count
        assert written(trace) == written(whole)[:count]
        assert not trace.done or trace is partial[-1]


def test_rows_of_the_student(tiny: CodiModel) -> None:
    trace = decode(tiny, QUESTIONS[0], "student", EVERYTHING)
    assert [step.label for step in trace.steps][:5] == ["bot", "z1", "z2", "z3", "eot"]
    positions = [step.position for step in trace.steps]
    first = len(trace.prompt) - 1
    assert positions == list(range(first, first + len(positions)))
    assert trace.latents.shape == (3, tiny.width)
    assert [len(step.top) for step in trace.thoughts] == [5] * 4
    for step in trace.steps:
        assert step.attention.shape[-1] == step.position + 1
        assert np.allclose(step.attention.sum(-1), 1, atol=1e-5)
        assert sum(candidate.probability for candidate in step.top) <= 1 + 1e-5
    assert sum(trace.phases.values()) == pytest.approx(trace.seconds)


def test_watching_changes_nothing(tiny: CodiModel) -> None:
    for mode in MODES:
        plain = decode(tiny, QUESTIONS[0], mode, Options(max_new_tokens=6))
        seen = decode(tiny, QUESTIONS[0], mode, EVERYTHING)
        assert written(plain) == written(seen)
        assert [s.logprob for s in plain.steps] == [s.logprob for s in seen.steps]
        assert plain.steps[0].hidden is None


def test_greedy_ignores_the_seed_and_sampling_obeys_it(tiny: CodiModel) -> None:
    def run(temperature: float, seed: int) -> list[int | None]:
        options = Options(max_new_tokens=12, temperature=temperature, seed=seed)
        return written(decode(tiny, QUESTIONS[0], "teacher", options))

    assert run(0.0, 1) == run(0.0, 2)
    assert run(3.0, 1) == run(3.0, 1)
    assert run(3.0, 1) != run(3.0, 2), "12 tokens from a vocabulary of 1,400 can hardly agree"


def test_sampling_does_not_depend_on_company(tiny: CodiModel) -> None:
    options = Options(max_new_tokens=8, temperature=1.0, seed=5)
    together = decode_many(tiny, QUESTIONS, "student", options)
    for question, batched in zip(QUESTIONS, together, strict=True):
        assert written(decode(tiny, question, "student", options)) == written(batched)


def test_json_round_trip(tiny: CodiModel) -> None:
    edit = Edit(2, "swap", source=tuple([0.5] * tiny.width))
    options = Options(max_new_tokens=4, capture=Capture.everything(), edits=(edit,))
    trace = decode(tiny, QUESTIONS[0], "student", options)
    record = json.loads(json.dumps(trace.to_dict(arrays=True)))
    again = Trace.from_dict(record)
    assert again.to_dict(arrays=True) == record
    assert np.array_equal(again.steps[1].hidden, trace.steps[1].hidden)
    assert "hidden" not in trace.to_dict()["steps"][0]


@pytest.mark.parametrize(
    "edit",
    [Edit(2, "scale", strength=1.0), Edit(2, "noise", strength=0.0), Edit(1, "repeat")],
    ids=["scale by 1", "no noise", "z1 has nothing to repeat"],
)
def test_no_op_edits_are_bit_identical(tiny: CodiModel, edit: Edit) -> None:
    plain = decode(tiny, QUESTIONS[0], "student", EVERYTHING)
    options = Options(max_new_tokens=6, capture=Capture.everything(), edits=(edit,))
    edited = decode(tiny, QUESTIONS[0], "student", options)
    for left, right in zip(plain.steps, edited.steps, strict=True):
        assert np.array_equal(left.hidden, right.hidden)


def test_a_thought_put_in_its_own_place_changes_nothing(tiny: CodiModel) -> None:
    plain = decode(tiny, QUESTIONS[0], "student", EVERYTHING)
    edit = Edit(2, "swap", source=tuple(plain.latents[1].tolist()))
    options = Options(max_new_tokens=6, capture=Capture.everything(), edits=(edit,))
    edited = decode(tiny, QUESTIONS[0], "student", options)
    assert np.array_equal(plain.steps[-1].hidden, edited.steps[-1].hidden)


def test_edits_touch_only_what_comes_later(tiny: CodiModel) -> None:
    plain = decode(tiny, QUESTIONS[0], "student", EVERYTHING)
    options = Options(max_new_tokens=6, capture=Capture.everything(), edits=(Edit(2, "zero"),))
    edited = decode(tiny, QUESTIONS[0], "student", options)
    assert all(np.array_equal(plain.steps[i].hidden, edited.steps[i].hidden) for i in (0, 1))
    assert not np.allclose(plain.steps[2].hidden, edited.steps[2].hidden)
    assert not edited.latents[1].any()


def test_edits_of_each_question_are_its_own(tiny: CodiModel) -> None:
    rows = [[Edit(1, "zero")], [], [Edit(2, "scale", strength=2.0), Edit(3, "repeat")]]
    together = decode_many(tiny, QUESTIONS, "student", EVERYTHING, edits=rows)
    for question, edits, batched in zip(QUESTIONS, rows, together, strict=True):
        options = Options(max_new_tokens=6, capture=Capture.everything(), edits=tuple(edits))
        alone = decode(tiny, question, "student", options)
        assert batched.edits == tuple(edits)
        assert np.allclose(alone.latents, batched.latents, atol=1e-4)
    with pytest.raises(ValueError, match="edits for 1"):
        decode_many(tiny, QUESTIONS, edits=[[]])


def test_number_of_thoughts_is_the_callers_choice(tiny: CodiModel) -> None:
    for k in (0, 1, 5):
        trace = decode(tiny, QUESTIONS[0], "student", Options(num_latents=k, max_new_tokens=3))
        assert len(trace.thoughts) == k + 1


def test_markers_are_never_written() -> None:
    model = make(seed=3)
    head = model.backbone.get_output_embeddings().weight
    head.data[[model.config.pad_id, model.config.bot_id, model.config.eot_id]] *= 50
    trace = decode(model, QUESTIONS[0], "student", Options(max_new_tokens=8))
    markers = {model.config.pad_id, model.config.bot_id, model.config.eot_id}
    assert not markers & set(written(trace))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda m: decode(m, "", "student"), "empty"),
        (lambda m: decode(m, "3", "aloud"), "mode must be one of"),
        (lambda m: decode_many(m, "one text"), "list"),
        (lambda m: Options(num_latents=99), "num_latents"),
        (lambda m: Options(num_latents=2.5), "num_latents"),
        (lambda m: Options(top_k=0), "top_k"),
        (lambda m: Options(temperature=-1), "temperature"),
        (lambda m: decode_many(m, ["3"], batch_size=0), "batch_size"),
        (lambda m: decode(m, "3 " * 200, "student", Options(max_new_tokens=99)), "256 positions"),
        (lambda m: decode(m, "3", "teacher", Options(edits=(Edit(1, "zero"),))), "has none"),
        (lambda m: decode(m, "3", "student", Options(edits=(Edit(9, "zero"),))), "z9"),
        (
            lambda m: decode(m, "3", "student", Options(edits=(Edit(1, "swap", source=(1.0,)),))),
            "1 wide",
        ),
        (lambda m: Edit(0, "zero"), "counts from 1"),
        (lambda m: Edit(1, "swap"), "needs a source"),
    ],
)
def test_errors_say_what_is_wrong(tiny: CodiModel, call: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call(tiny)  # type: ignore[operator]
