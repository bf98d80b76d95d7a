"""Are the thoughts different from each other? Cosines, a path, and the collapse alarm.

The map shows the cosine between every two states (bot, z1 .. zK behind the final norm) or between the
thoughts as they were read; the path is their projection to the plane that keeps most of their spread
(principal components), which always leaves something out: `kept` says how much it keeps. Two thoughts
of high cosine can still differ in the few directions that the model reads.

A healthy CODI model alternates: states that hold a number and states between them (published: 0.69
within odd, 0.80 within even, 0.25 across; method.md 5.8). Training can go wrong in the direction of
"every thought is the same vector", which `collapse` watches for over a data set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from codi.trace import Array, Trace

What = Literal["states", "thoughts"]

NEARLY_SAME = 0.95
"""Mean cosine above which `collapse` gives an alarm. Ours; the published maps stay below 0.87."""


@dataclass(frozen=True, eq=False)
class SimilarityTable:
    """One question.

    Attributes:
        labels: [N] `bot`, `z1`, .. (states) or `z1`, .. (thoughts).
        cosine: [N, N] -1..1.
        path: [N, 2] coordinates; the largest coordinate of each axis is positive.
        kept: [2] share of the spread that each axis keeps, 0..1.
    """

    labels: tuple[str, ...]
    cosine: Array
    path: Array
    kept: Array

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, four places."""
        arrays = {name: getattr(self, name) for name in ("cosine", "path", "kept")}
        rounded = {name: np.round(a.astype(np.float64), 4).tolist() for name, a in arrays.items()}
        return {"labels": list(self.labels), **rounded}


def similarity(trace: Trace, what: What = "states") -> SimilarityTable:
    """Map and path of one trace.

    Raises:
        ValueError: the trace has no thoughts, or did not capture what is asked for.
    """
    labels, vectors = _vectors(trace, what)
    path, kept = _plane(vectors)
    return SimilarityTable(labels, _cosine(vectors), path, kept)


@dataclass(frozen=True, eq=False)
class Collapse:
    """Mean cosines over a data set.

    Attributes:
        labels: [N]; `cosine`: [N, N] the mean map.
        odd, even, across: mean cosine between different thoughts z1, z3, ..; z2, z4, ..; one of each.
            NaN where there is no such pair.
        questions: mean cosine of the same thought of two different questions.
        alarms: sentences; empty if all is well.
    """

    labels: tuple[str, ...]
    cosine: Array
    odd: float
    even: float
    across: float
    questions: float
    n: int
    alarms: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        numbers = {name: getattr(self, name) for name in ("odd", "even", "across", "questions")}
        return {
            "labels": list(self.labels),
            "cosine": np.round(self.cosine.astype(np.float64), 4).tolist(),
            **{k: round(v, 4) if np.isfinite(v) else None for k, v in numbers.items()},
            "n": self.n,
            "alarms": list(self.alarms),
        }


def collapse(traces: Sequence[Trace], what: What = "thoughts") -> Collapse:
    """The alarm over traces of many questions with the same K.

    Raises:
        ValueError: no traces, or as `similarity`.
    """
    if not traces:
        raise ValueError("the collapse alarm needs at least one trace, got none")
    labels = _vectors(traces[0], what)[0]
    vectors = np.stack([_vectors(trace, what)[1] for trace in traces])  # [n, N, D]
    cosine = np.mean([_cosine(rows) for rows in vectors], axis=0)
    pair = ~np.eye(len(labels), dtype=bool)
    number = np.array([0 if label == "bot" else int(label[1:]) for label in labels])
    odd, even = number % 2 == 1, (number % 2 == 0) & (number > 0)
    within_odd = _mean(cosine[np.outer(odd, odd) & pair])
    within_even = _mean(cosine[np.outer(even, even) & pair])
    across = _mean(cosine[np.outer(odd, even)])
    other = ~np.eye(len(traces), dtype=bool)
    questions = _mean(np.stack([_cosine(rows)[other] for rows in vectors.swapaxes(0, 1)]))
    # Comparisons with NaN are false: where there is no pair there is no alarm.
    alarms = []
    if min(across, _mean(cosine[pair])) > NEARLY_SAME:
        alarms.append("all thoughts of a question are nearly one vector")
    elif max(within_odd, within_even) > NEARLY_SAME:
        alarms.append("the thoughts alternate between nearly the same vectors")
    if questions > NEARLY_SAME:
        alarms.append("the thoughts are nearly the same for every question")
    return Collapse(
        labels=labels,
        cosine=cosine,
        odd=within_odd,
        even=within_even,
        across=across,
        questions=questions,
        n=len(traces),
        alarms=tuple(alarms),
    )


def _vectors(trace: Trace, what: What) -> tuple[tuple[str, ...], Array]:
    if what not in ("states", "thoughts"):
        raise ValueError(f"what must be 'states' or 'thoughts', got {what!r}")
    steps = [step for step in trace.thoughts if what == "states" or step.kind == "latent"]
    if not any(step.kind == "latent" for step in steps):
        raise ValueError("there are no thoughts to compare: this trace has K = 0 thoughts")
    rows = [
        step.latent if what == "thoughts" else None if step.hidden is None else step.hidden[-1]
        for step in steps
    ]
    found = [row for row in rows if row is not None]
    if len(found) < len(steps):
        asked = "latent" if what == "thoughts" else "hidden"
        raise ValueError(
            f"the trace holds no {what}; decode with Options(capture=Capture({asked}=True))"
        )
    return tuple(step.label for step in steps), np.stack(found)


def _cosine(rows: Array) -> Array:
    """[N, N] cosines of [N, D]; a zero vector is at right angles to all others."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
    return np.clip(units @ units.T, -1, 1)


def _plane(rows: Array) -> tuple[Array, Array]:
    """[N, 2] principal coordinates and the shares [2] of the spread that they keep."""
    left, sizes, _ = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    path = np.zeros((len(rows), 2), dtype=np.float32)
    kept = np.zeros(2, dtype=np.float32)
    spread = float((sizes**2).sum())
    for axis in range(min(2, len(sizes)) if spread > 0 else 0):
        column = left[:, axis] * sizes[axis]
        path[:, axis] = column * np.sign(column[np.abs(column).argmax()])
        kept[axis] = sizes[axis] ** 2 / spread
    return path, kept


def _mean(values: Array) -> float:
    return float(values.mean()) if values.size else float("nan")
