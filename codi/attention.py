"""What each thought, and each token of the answer, reads: attention in words instead of positions.

A state reads every earlier position with weights that sum to one. Positions are hard to look at, so they
are gathered into columns: the first token (it collects attention that has nowhere to go and is called
the *sink*), one column per word of the question, one per earlier state (bot, z1..zK), and what was
written since. Pieces of one word are summed. Nothing is left out, so rows still sum to one; hiding the
sink afterwards is a matter of display.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from codi.trace import Array, Step, Trace

ColumnKind = Literal["sink", "word", "state", "written"]


@dataclass(frozen=True)
class Column:
    """What is read: its label, its kind, and for words their index in the question (else -1)."""

    label: str
    kind: ColumnKind
    word: int = -1


@dataclass(frozen=True, eq=False)
class AttentionMap:
    """Who reads what.

    Attributes:
        weights: [L, H, rows, columns]; every row sums to one over all columns, the sink (column 0)
            included; zero where a row cannot see.
        rows: labels: `bot`, `z1`.., then the tokens of the answer.
        columns: first token, words, states, written tokens, in reading order.
    """

    weights: Array
    rows: tuple[str, ...]
    columns: tuple[Column, ...]

    def at(self, layer: int | None = None, head: int | None = None) -> Array:
        """[rows, columns] of one layer and head, counted from 0; None is the mean over all."""
        chosen = self.weights
        if layer is not None:
            chosen = chosen[layer : layer + 1]
        if head is not None:
            chosen = chosen[:, head : head + 1]
        return chosen.mean(axis=(0, 1), dtype=np.float32)

    def mean(self) -> Array:
        """[rows, columns], the mean over all layers and heads."""
        return self.at()


def attention_map(trace: Trace) -> AttentionMap:
    """Gather the attention kept in `trace` into words and states.

    Raises:
        ValueError: the trace was decoded without keeping attention.
    """
    if not trace.steps or any(step.attention is None for step in trace.steps):
        raise ValueError(
            "this trace holds no attention; decode it with Options(capture=Capture(attention=True))"
        )
    answers = _answer_steps(trace)
    shown = [*trace.thoughts, *answers]
    if not shown:
        raise ValueError("this trace has no thought and no answer yet, so there is nothing to show")
    columns, column_of = _columns(trace)
    seen = max(step.position for step in shown)  # what only later passes read has no column
    columns, column_of = columns[: column_of[seen] + 1], column_of[: seen + 1]
    gather = np.eye(len(columns), dtype=np.float32)[column_of]
    weights = [
        step.attention @ gather[: step.attention.shape[-1]]
        for step in shown
        if step.attention is not None
    ]
    return AttentionMap(
        weights=np.stack(weights, axis=2).astype(np.float32),
        rows=tuple(step.label.strip() or "␣" for step in shown),
        columns=tuple(columns),
    )


def _squash(text: str) -> str:
    return "".join(text.split())


def _parts(trace: Trace) -> list[str]:
    """For every pass, what it wrote: "" (nothing, or the end mark), `text`, `cue` or `answer`."""
    cue = _squash(trace.cue)
    pieces = [_squash(step.text) for step in trace.steps]
    if trace.mode == "direct":  # the program wrote the cue
        return ["answer" if step.text else "" for step in trace.steps]
    start = "".join(pieces).rfind(cue)
    end, at, parts = start + len(cue), 0, []
    for step, piece in zip(trace.steps, pieces, strict=True):
        begin, at = at, at + len(piece)
        if not step.text:
            parts.append("")
        elif start < 0 or at <= start:
            parts.append("text")
        else:
            # A space of its own after the cue is its last token (method.md 1.4).
            parts.append("cue" if begin < end or at == end else "answer")
    return parts


def _answer_steps(trace: Trace) -> list[Step]:
    """The passes that wrote the answer: everything behind the cue but the end mark."""
    parts = _parts(trace)
    return [step for step, part in zip(trace.steps, parts, strict=True) if part == "answer"]


def _columns(trace: Trace) -> tuple[list[Column], list[int]]:
    """All columns, and for each absolute position the index of its column."""
    words = trace.question.split()
    columns: list[Column] = []
    column_of: list[int] = []

    def put(column: Column, *, merge: bool = False) -> None:
        """The next position is read in this column; `merge` joins it with an equal last one."""
        if not (merge and columns and columns[-1] == column):
            columns.append(column)
        column_of.append(len(columns) - 1)

    for position, token in enumerate(trace.prompt):
        if position == 0:
            put(Column(token.text.strip(), "sink", token.word))
        elif token.word >= 0:
            put(Column(words[token.word], "word", token.word), merge=True)
        elif trace.mode == "student":
            put(Column("bot", "state"))
        else:
            put(Column(trace.cue, "written"), merge=True)
    wrote = zip(_parts(trace), trace.steps, strict=True)
    part, before = next(wrote)  # the first pass read the prompt
    for next_part, step in wrote:
        if step.kind == "latent":
            put(Column(step.label, "state"))
        elif step.kind == "eot":
            put(Column("eot", "written"))
        elif part == "cue":
            put(Column(trace.cue, "written"), merge=True)
        else:
            put(Column(before.text.strip() or "␣", "written"))
        part, before = next_part, step
    return columns, column_of
