"""Touching the thoughts: what a visitor may ask for, and the passes that answer it.

Each generator yields plain values for the browser, at least once per small group of passes, so that
`Runner.turn` can stop it. What the browser sends is only a wish: `read_*` check every value again and
refuse with a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from codi.answers import canonical
from codi.branch import ANSWER_TOKENS, shown
from codi.decode import Options, decode, decode_many
from codi.effects import Effect, EffectTable, edits_of, sweep
from codi.model import CodiModel
from codi.trace import Capture, Edit, Trace
from codi.twins import thought_sets, twin_experiment
from codi.ui.check import Refused, checked
from codi.ui.text import Message
from codi.ui.tokens import glyphs
from codi.used import mean_thoughts
from codi.votes import Shake, Votes, vote

View = dict[str, Any]

NOISE_SEEDS = 5
SWEEP_ROWS = 8
"""Edits that share a pass: few, so that progress is seen and Stop is quick."""
BATCH = 20
"""Samples that share a pass."""

CHOICES: dict[str, Any] = {
    "ops": ["zero", "mean", "noise", "scale", "repeat", "stop", "swap", "twin"],
    "strengths": {"noise": [0.25, 0.5, 1, 2], "scale": [0.5, 2, 4]},
    "donors": ["swap", "twin"],
    "presets": [
        {"name": "erase", "op": "zero", "thought": 1},
        {"name": "shake", "op": "noise", "thought": 3, "strength": 0.5},
        {"name": "silence", "op": "stop", "thought": 0},
        {"name": "twin", "op": "twin", "thought": 1},
    ],
    "shakes": {
        "noise": [0.5, 1, 1.4, 2],
        "dropout": [0.1, 0.3, 0.5],
        "temperature": [0.5, 1, 1.5],
    },
    "samples": [5, 20, 40, 60],
}
"""What the forms offer, and all that is accepted. Lists come in the order shown."""

_LATENTS = Options(max_new_tokens=ANSWER_TOKENS, capture=Capture(latent=True), top_k=1)


@dataclass(frozen=True)
class Experiment:
    """One change. `thought` is 1..K, for `stop` the number of thoughts kept, 0..K-1."""

    question: str
    op: str
    thought: int
    strength: float = 1.0
    donor: str = ""


@dataclass(frozen=True)
class Minds:
    """n samples of one question."""

    question: str
    n: int
    shake: Shake


def prepare(
    part: str, asked: Mapping[str, Any], model: CodiModel, gold: Mapping[str, Decimal]
) -> Iterator[View]:
    """The passes behind a part's form, not yet begun.

    Args:
        part: `experiment` (one change), `effects` (all changes) or `votes` (many samples).
        asked: what the browser sent.
        gold: the example questions with their answers.

    Raises:
        Refused: with the sentence that says why.
    """
    examples = list(gold)
    if part == "experiment":
        return experiment(model, read_experiment(asked, model), examples)
    if part == "effects":
        return which_matter(model, read_thinking(asked, model), examples)
    minds = read_minds(asked, model)
    right = gold.get(minds.question)
    return many_minds(model, minds, None if right is None else canonical(right))


def read_thinking(asked: Mapping[str, Any], model: CodiModel) -> str:
    """The question, for a model that thinks."""
    question = _text(asked.get("question"), model)
    _count(model)
    return question


def read_experiment(asked: Mapping[str, Any], model: CodiModel) -> Experiment:
    """The wish for one change, checked."""
    question, count = read_thinking(asked, model), model.config.num_latents
    op, thought = _named(asked.get("op"), CHOICES["ops"]), asked.get("thought")
    first, last = (0, count - 1) if op == "stop" else (1, count)
    if not isinstance(thought, int) or isinstance(thought, bool) or not first <= thought <= last:
        raise Refused(Message("bad_thought", {"first": first, "last": last}))
    if op == "repeat" and thought == 1:
        raise Refused(Message("nothing_before"))
    strength = _choice(asked.get("strength"), CHOICES["strengths"].get(op, [1]))
    donor = ""
    if op in CHOICES["donors"]:
        donor = _donor(asked.get("donor"), question, model)
    return Experiment(question, op, thought, strength, donor)


def read_minds(asked: Mapping[str, Any], model: CodiModel) -> Minds:
    """The wish for n samples, checked."""
    question = _text(asked.get("question"), model)
    kind, n = _named(asked.get("shake"), CHOICES["shakes"]), asked.get("n")
    if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= CHOICES["samples"][-1]:
        raise Refused(Message("bad_samples", {"limit": CHOICES["samples"][-1]}))
    if kind != "temperature":
        _count(model)
    strength = _choice(asked.get("strength"), CHOICES["shakes"][kind])
    shake: dict[str, Any] = {kind: strength}
    return Minds(question, n, Shake(**shake))


def experiment(model: CodiModel, asked: Experiment, examples: Sequence[str]) -> Iterator[View]:
    """One change: first that it runs, last what it did.

    Args:
        examples: whose mean thoughts the edit `mean` puts in.
    """
    yield {"state": "running"}
    if asked.op == "twin":
        yield _twin(model, asked)
        return
    source, donor = None, None
    if asked.op == "mean":
        source = mean_thoughts(decode_many(model, examples, "student", _LATENTS))
    elif asked.op == "swap":
        donor = decode(model, asked.donor, "student", _LATENTS)
        source = donor.latents
    if source is not None:
        yield {"state": "running"}
    edits = [] if asked.op == "stop" else _edits(asked, source)
    found: list[Effect] = []
    for table in sweep(model, asked.question, edits, stops=asked.op == "stop"):
        found = [effect for effect in table.effects if effect.latent == asked.thought]
        if found:
            break
        yield {"state": "running"}
    yield _change(asked, table, found, donor)


def which_matter(model: CodiModel, question: str, examples: Sequence[str]) -> Iterator[View]:
    """The effect table of one question, growing."""
    count = model.config.num_latents
    yield {"state": "running"}
    mean = mean_thoughts(decode_many(model, examples, "student", _LATENTS))
    for table in sweep(model, question, edits_of(count, mean=mean), rows=SWEEP_ROWS):
        yield effects_view(table, count)


def many_minds(model: CodiModel, asked: Minds, right: str | None) -> Iterator[View]:
    """Votes after every batch; batches differ in their random streams only."""
    votes: Votes | None = None
    for start in range(0, asked.n, BATCH):
        yield votes_view(votes, asked.n, right)
        shake = replace(asked.shake, seed=start)
        some = vote(model, asked.question, min(BATCH, asked.n - start), shake)
        votes = some if votes is None else _together(votes, some)
    yield votes_view(votes, asked.n, right)


def effects_view(table: EffectTable, count: int) -> View:
    """Rows z1..zK, a column per kind of edit; cells that are not there yet are None.

    The row of `stop` is the first thought that was left out.
    """
    cells: dict[tuple[str, int], list[Effect]] = {}
    for effect in table.effects:
        row = effect.latent + (effect.name == "stop")
        cells.setdefault((effect.name, row), []).append(effect)
    names = [edit.split() for edit in ("zero", "mean", "noise 1", "scale 2", "repeat", "stop")]
    done = len(table.effects) == table.planned
    return {
        "state": "done" if done else "running",
        "question": table.question,
        "answer": table.answer,
        "probability": _probability(table.logprob),
        "done": len(table.effects),
        "total": table.planned,
        "columns": [{"op": op, "strength": float(rest[0]) if rest else 1} for op, *rest in names],
        "rows": [
            [_cell(cells.get((" ".join(name), k), [])) for name in names]
            for k in range(1, count + 1)
        ],
    }


def votes_view(votes: Votes | None, n: int, right: str | None) -> View:
    """The count so far; `right` is the right answer, if known."""
    if votes is None:
        return {"state": "running", "done": 0, "total": n}
    done = len(votes.answers)
    return {
        "state": "done" if done == n else "running",
        "question": votes.question,
        "done": done,
        "total": n,
        "counts": list(votes.counts.items()),
        "wordless": done - sum(votes.counts.values()),
        "winner": votes.winner,
        "agreement": round(votes.agreement, 4),
        "best": votes.best,
        "right": right,
    }


def _text(text: object, model: CodiModel) -> str:
    return checked(text, lambda question: len(model.prompt.question(question)[0]))


def _count(model: CodiModel) -> None:
    if not model.config.num_latents:
        raise Refused(Message("no_latents"))


def _donor(donor: object, question: str, model: CodiModel) -> str:
    if not isinstance(donor, str) or not donor.strip():
        raise Refused(Message("donor_empty"))
    text = _text(donor, model)
    if text == question:
        raise Refused(Message("donor_same"))
    return text


def _named(name: object, known: Collection[str]) -> str:
    if not isinstance(name, str) or name not in known:
        raise Refused(Message("bad_op"))
    return name


def _choice(value: object, choices: Sequence[float]) -> float:
    if isinstance(value, bool) or value not in choices:
        raise Refused(Message("bad_strength", {"choices": ", ".join(f"{c:g}" for c in choices)}))
    assert isinstance(value, (int, float))
    return float(value)


def _edits(asked: Experiment, source: Any) -> list[Edit]:
    k, op = asked.thought, asked.op
    if op == "noise":
        return [Edit(k, "noise", asked.strength, seed) for seed in range(NOISE_SEEDS)]
    vector = None if source is None else tuple(source[k - 1].tolist())
    return [Edit(k, op, asked.strength, source=vector)]  # type: ignore[arg-type]


def _change(
    asked: Experiment, table: EffectTable, effects: Sequence[Effect], donor: Trace | None
) -> View:
    return {
        "state": "done",
        "question": table.question,
        "op": asked.op,
        "thought": asked.thought,
        "strength": asked.strength,
        "answer": table.answer,
        "probability": _probability(table.logprob),
        "outcomes": [
            {
                "answer": effect.answer,
                "kept": effect.kept,
                "probability": _probability(table.logprob + effect.logprob_change),
            }
            for effect in effects
        ],
        "before": [[glyphs(c.text), round(c.probability, 4)] for c in table.thoughts],
        "after": [[glyphs(c.text), round(c.probability, 4)] for c in effects[0].thoughts],
        "changed": sum(not effect.kept for effect in effects),
        "of": len(effects),
        "donor": asked.donor,
        "donor_answer": None if donor is None else shown(donor),
    }


def _twin(model: CodiModel, asked: Experiment) -> View:
    sets = thought_sets(model.config.num_latents)
    [result] = twin_experiment(model, [(asked.question, asked.donor)], sets=sets)
    outcomes = list(result.outcomes.items())
    return {
        "state": "done",
        "question": result.question,
        "op": "twin",
        "answer": result.answer,
        "donor": result.twin,
        "donor_answer": result.twin_answer,
        "rows": [{"name": name, **vars(outcome)} for name, outcome in outcomes],
        "changed": int(result.outcomes["all"].answer != result.answer),
        "of": 1,
    }


def _cell(effects: Sequence[Effect]) -> View | None:
    if not effects:
        return None
    return {
        "kept": sum(effect.kept for effect in effects),
        "of": len(effects),
        "change": round(sum(effect.logprob_change for effect in effects) / len(effects), 3),
        "answers": list(dict.fromkeys(effect.answer for effect in effects if not effect.kept)),
    }


def _probability(logprob: float) -> float:
    return round(math.exp(min(logprob, 0.0)), 4)


def _together(votes: Votes, more: Votes) -> Votes:
    return replace(
        votes,
        answers=votes.answers + more.answers,
        counted=votes.counted + more.counted,
        logprobs=votes.logprobs + more.logprobs,
    )
