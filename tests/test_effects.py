"""Edits: what they may change, what they may not, and what a sweep costs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

import numpy as np
import pytest
from conftest import make

from codi import Capture, CodiModel, Edit, Options, Trace, decode, decode_many
from codi.effects import Effect, EffectTable, average, edits_of, sweep
from codi.estimate import Estimate
from codi.used import CONTROLS, mean_thoughts, thoughts_used, transplant

LONGEST = 5
QUESTION = "Tom has 3 bags of 4 apples. How many apples?"
OTHERS = ["She buys two books for $5 each.", "What is her change?", "How many bags does Tom buy?"]


def traced(model: CodiModel, question: str = QUESTION, **options: object) -> Trace:
    chosen = Options(capture=Capture.everything(), max_new_tokens=LONGEST, **options)
    return decode(model, question, options=chosen)


def swept(model: CodiModel, edits: list[Edit], **options: object) -> Iterator[EffectTable]:
    return sweep(model, QUESTION, edits, max_new_tokens=LONGEST, **options)


def all_edits(model: CodiModel) -> list[Edit]:
    traces = [traced(model, question) for question in OTHERS]
    return edits_of(3, mean=mean_thoughts(traces), donor=traces[0].latents, seeds=1)


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, int]]]:
    """(rows, tokens) of every pass made in the test."""
    seen: list[tuple[int, int]] = []
    layers = CodiModel.layers

    def counted(self, vectors, **kwargs):
        seen.append(tuple(vectors.shape[:2]))
        return layers(self, vectors, **kwargs)

    monkeypatch.setattr(CodiModel, "layers", counted)
    return seen


@pytest.mark.parametrize("rows", [4, 32])
def test_each_effect_is_that_of_decoding_with_the_edit(tiny: CodiModel, rows: int) -> None:
    *_, table = swept(tiny, all_edits(tiny), rows=rows)
    assert len(table.effects) == table.planned == 3 * 6 - 1 + 3
    for effect in table.effects:
        change = {"edits": (effect.edit,)} if effect.edit else {"num_latents": effect.latent}
        trace = traced(tiny, **change)
        assert effect.answer == (trace.text if trace.answer is None else str(trace.answer))
        assert [c.id for c in effect.thoughts] == [step.top[0].id for step in trace.thoughts]


def test_original_answer_is_the_plain_one(tiny: CodiModel) -> None:
    table = next(swept(tiny, []))
    trace = traced(tiny)
    assert table.answer == (trace.text if trace.answer is None else str(trace.answer))
    assert [c.id for c in table.thoughts] == [step.top[0].id for step in trace.thoughts]
    written = sum(step.logprob for step in trace.steps if step.logprob is not None)
    assert table.logprob == pytest.approx(written, abs=1e-2)


def test_only_later_states_change(tiny: CodiModel) -> None:
    before = traced(tiny)
    for edit in edits_of(3, donor=traced(tiny, OTHERS[0]).latents, seeds=1):
        after = traced(tiny, edits=(edit,))
        for old, new in zip(before.thoughts, after.thoughts, strict=True):
            same = np.array_equal(old.hidden, new.hidden)
            assert same if old.index < edit.latent else not same
    *_, table = swept(tiny, all_edits(tiny))
    for effect in table.effects:
        assert effect.thoughts[: effect.latent] == table.thoughts[: effect.latent]


def test_no_op_edits_change_no_bit(tiny: CodiModel) -> None:
    before = traced(tiny)
    for k in (1, 2, 3):
        own = transplant(before.latents, [k])[0]
        edits = [Edit(k, "scale", 1.0), Edit(k, "noise", 0.0, seed=5), own]
        for edit in edits:
            after = traced(tiny, edits=(edit,))
            for old, new in zip(before.steps, after.steps, strict=True):
                assert (old.token, old.logprob, old.top) == (new.token, new.logprob, new.top)
                assert np.array_equal(old.hidden, new.hidden)
        *_, table = swept(tiny, edits, stops=False)
        for effect in table.effects:
            assert effect.kept
            assert [c.id for c in effect.thoughts] == [c.id for c in table.thoughts]
            # Rows of one matrix product differ in their last bits.
            assert abs(effect.logprob_change) < 1e-4


@pytest.mark.parametrize("count", [3, 6])
def test_a_sweep_costs_few_passes(count: int, passes: list[tuple[int, int]]) -> None:
    model = make(num_latents=count)
    *_, table = swept(model, edits_of(count, seeds=2), rows=64)
    answer = LONGEST  # an untrained model never ends: the longest answers there are
    base = 1 + count + answer + 1
    edited = count + 1 + answer
    stopped = count * (1 + answer)
    assert len(passes) <= base + edited + stopped
    full = len(table.effects) * (1 + count + answer)
    assert len(passes) < full / 2
    # The question is read once; nothing after it is longer than an answer.
    long = len(model.prompt.question(QUESTION)[0]) + 1
    assert passes[0] == (1, long)
    thoughts = [p for p in passes[1:] if p[1] == 1 and p[0] > 1]
    assert len(thoughts) <= count + answer


def test_more_edits_of_a_thought_are_rows_not_passes(passes: list[tuple[int, int]]) -> None:
    model = make()
    counts = []
    for seeds in (1, 20):
        passes.clear()
        list(swept(model, [Edit(2, "noise", 9.0, s) for s in range(seeds)], stops=False))
        counts.append(len(passes))
    assert counts[1] <= counts[0] + LONGEST


def test_stopping_early_does_no_more_work(passes: list[tuple[int, int]]) -> None:
    model = make()
    tables = swept(model, edits_of(3), rows=5)
    first = next(tables)
    done = len(passes)
    assert first.effects == ()
    second = next(tables)
    assert len(second.effects) == 5
    tables.close()
    assert done < len(passes) <= done + 3 + 2 + LONGEST


def test_average_counts_questions_not_seeds() -> None:
    def effect(kept: bool, change: float, seed: int) -> Effect:
        return Effect("noise 1", 1, Edit(1, "noise", 1.0, seed), "", kept, change, ())

    tables = [
        EffectTable("a", "1", 0.0, (), (effect(True, 0.0, 0), effect(False, -2.0, 1)), 2),
        EffectTable("b", "1", 0.0, (), (effect(True, -1.0, 0), effect(True, -1.0, 1)), 2),
    ]
    [cell] = average(tables)
    assert cell.kept == Estimate(0.75, 0.25, 2)
    assert cell.logprob_change.value == -1.0
    json.dumps(cell.to_dict())


def test_json_leaves_vectors_out(tiny: CodiModel) -> None:
    *_, table = swept(tiny, all_edits(tiny), stops=False)
    assert len(json.dumps(table.to_dict())) < 50_000


def test_bad_input(tiny: CodiModel) -> None:
    with pytest.raises(ValueError, match="z4"):
        next(swept(tiny, [Edit(4, "zero")]))
    with pytest.raises(ValueError, match="empty"):
        next(sweep(tiny, "  ", []))
    with pytest.raises(ValueError, match="wide"):
        list(swept(tiny, [Edit(1, "swap", source=(1.0, 2.0))]))
    with pytest.raises(ValueError, match="K = 0"):
        next(swept(make(num_latents=0), []))
    with pytest.raises(ValueError, match="K = 0"):
        thoughts_used(make(num_latents=0), OTHERS, ["1", "2", "3"])
    with pytest.raises(ValueError, match="two questions"):
        thoughts_used(tiny, [QUESTION], ["1"])
    with pytest.raises(ValueError, match="no number"):
        thoughts_used(tiny, OTHERS, ["1", "many", "3"])


def test_thoughts_used_compares_with_the_model_as_it_is(tiny: CodiModel) -> None:
    options = Options(max_new_tokens=LONGEST)
    traces = decode_many(tiny, OTHERS, options=options)
    golds = [str(trace.answer or 7) for trace in traces]
    used = thoughts_used(tiny, OTHERS, golds, batch_size=2, max_new_tokens=LONGEST)
    assert tuple(used) == CONTROLS
    assert used["all"].kept == Estimate(1.0, 0.0, 3)
    assert used["all"].change == Estimate(0.0, 0.0, 3)
    numbered = sum(trace.answer is not None for trace in traces)
    assert used["all"].accuracy.value == pytest.approx(numbered / 3)
    for control in used.values():
        change = control.accuracy.value - used["all"].accuracy.value
        assert control.change.value == pytest.approx(change)
    json.dumps({name: control.to_dict() for name, control in used.items()})


def test_estimates() -> None:
    assert Estimate.share([True, False, False, False]) == Estimate(0.25, math.sqrt(0.1875 / 4), 4)
    assert Estimate.mean([1, 3]) == Estimate(2.0, 1.0, 2)
    assert Estimate.share([]).to_dict() == {"value": None, "standard_error": None, "n": 0}
