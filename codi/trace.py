"""The record of one answer: what the page, the evaluation and the interpretability tools all read.

A `Trace` is a list of `Step`s, one per forward pass. It is frozen, holds numpy only (no graph, no
device memory, nothing of the model), and grows: `stream()` yields a longer Trace after every pass, and
each one is a prefix of the next.

How to count. The first state belongs to the bot marker; it is labelled `bot` everywhere. Thoughts are
z1..zK. Official probing prints the same K+1 rows with bot as row 0.

    pass    reads                   state it leaves   writes
    bot     question + bot          bot               z1 (a vector: nothing is written)
    latent  z1                      z1                z2
    ...
    latent  zK                      zK                (projected, unused)
    eot     eot                     eot               first answer token
    answer  answer token            ...               next answer token, until eos
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from codi.answers import canonical, parse_answer

Mode = Literal["teacher", "student", "direct"]
Kind = Literal["question", "bot", "latent", "eot", "cot", "answer"]
Op = Literal["zero", "mean", "noise", "scale", "swap", "repeat"]
Array = NDArray[np.float32]

MODES: tuple[Mode, ...] = ("teacher", "student", "direct")
OPS: tuple[Op, ...] = ("zero", "mean", "noise", "scale", "swap", "repeat")


@dataclass(frozen=True)
class Edit:
    """A change of one thought before it is read, as data: shown, stored, replayed.

    Attributes:
        latent: which thought, 1..K.
        op: `zero` (the zero vector), `mean` and `swap` (put `source` in its place: the mean thought of
            many questions, or the same thought of another one), `noise` (add Gaussian noise of
            `strength` times the vector's own root mean square), `scale` (multiply by `strength`),
            `repeat` (put the previous thought, z(k-1), in its place; z1 has none and stays).
        strength: for `noise` and `scale`.
        seed: for `noise`.
        source: [D] values for `mean` and `swap`.

    Raises:
        ValueError: an impossible combination, in one sentence.
    """

    latent: int
    op: Op
    strength: float = 1.0
    seed: int = 0
    source: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if self.latent < 1:
            raise ValueError(f"an edit's latent counts from 1 (z1), got {self.latent}")
        if self.op not in OPS:
            raise ValueError(f"an edit's op must be one of {', '.join(OPS)}, got {self.op!r}")
        if (self.source is not None) != (self.op in ("mean", "swap")):
            raise ValueError(f"op {self.op!r} needs a source vector exactly if it is mean or swap")
        if not np.isfinite(self.strength):
            raise ValueError(f"an edit's strength must be finite, got {self.strength}")


@dataclass(frozen=True)
class Capture:
    """What to keep of every pass; keeping nothing is what is timed."""

    latent: bool = False
    hidden: bool = False
    attention: bool = False

    @classmethod
    def everything(cls) -> Capture:
        """Keep the thoughts, every layer's state and all attention."""
        return cls(latent=True, hidden=True, attention=True)


@dataclass(frozen=True)
class Candidate:
    """One entry of a state's top-k: a token, its text and its probability (0..1)."""

    text: str
    id: int
    probability: float


@dataclass(frozen=True)
class Token:
    """One token of the prompt as the model read it.

    `word` is the index of the white-space separated word of the question that it belongs to; -1 for
    markers and anything else that stands in no word.
    """

    text: str
    id: int
    word: int = -1


@dataclass(frozen=True, eq=False)
class Step:
    """One forward pass.

    Attributes:
        kind: what the pass read last (see the module's table). A pass is `answer` from the first word
            of the cue on, `cot` while it is inside the written steps.
        index: counts from 0 within its kind, except thoughts, which count 1..K.
        position: absolute position of the last token read, padding not counted.
        token, text: what was written after this pass; None and "" where nothing is (thoughts).
        top: most probable next tokens at this state, through the output embedding.
        logprob: log-probability (nats) of `token`; None where nothing was written.
        seconds: wall-clock time of the pass (reading included, decoding of text excluded).
        latent: [D] the vector that was read, thoughts only.
        hidden: [L+1, D] state at `position` after every layer; row 0 is the input, row L is already
            behind the final norm.
        attention: [L, H, S] what `position` reads at each earlier position (S = position + 1).
    """

    kind: Kind
    index: int
    position: int
    token: int | None
    text: str
    top: tuple[Candidate, ...]
    logprob: float | None
    seconds: float
    latent: Array | None = None
    hidden: Array | None = None
    attention: Array | None = None

    @property
    def label(self) -> str:
        """Row name in every plot: `bot`, `z1`.., `eot`, or the text that the pass wrote."""
        if self.kind == "latent":
            return f"z{self.index}"
        return self.kind if self.kind in ("bot", "eot", "question") else self.text


@dataclass(frozen=True, eq=False)
class Trace:
    """One question answered in one mode, up to the last finished pass."""

    question: str
    mode: Mode
    prompt: tuple[Token, ...]
    steps: tuple[Step, ...] = ()
    text: str = ""
    """Everything written so far, special tokens removed."""
    model_id: str = ""
    seed: int | None = None
    """None: greedy."""
    edits: tuple[Edit, ...] = ()
    cue: str = "The answer is:"
    done: bool = False
    """Whether the model ended by itself (eos); False while streaming or when cut off."""

    @property
    def thoughts(self) -> tuple[Step, ...]:
        """The state at bot and those at z1..zK: the rows of the thought cards."""
        return tuple(step for step in self.steps if step.kind in ("bot", "latent"))

    @property
    def latents(self) -> Array:
        """[K, D] vectors that were read as thoughts; empty unless captured."""
        kept = [step.latent for step in self.steps if step.latent is not None]
        return np.stack(kept) if kept else np.zeros((0, 0), dtype=np.float32)

    @property
    def steps_text(self) -> str:
        """What was written before the cue: the teacher's steps."""
        return self.text.partition(self.cue)[0].strip()

    @property
    def answer_text(self) -> str:
        """What was written after the cue; empty if the cue never came."""
        return self.text.rpartition(self.cue)[2].strip() if self.cue in self.text else ""

    @property
    def answer(self) -> Decimal | None:
        """The answer as a number: after the cue, else the last number anywhere."""
        return parse_answer(self.answer_text or self.text)

    @property
    def forward_passes(self) -> int:
        """Model steps; the reading of the question is one."""
        return len(self.steps)

    @property
    def seconds(self) -> float:
        """Wall-clock seconds of all passes together."""
        return sum(step.seconds for step in self.steps)

    @property
    def phases(self) -> dict[str, float]:
        """Seconds spent reading, thinking (thoughts or written steps) and answering."""
        spent = {"reading": 0.0, "thinking": 0.0, "answering": 0.0}
        phase = {"question": "reading", "bot": "reading", "latent": "thinking", "cot": "thinking"}
        for step in self.steps:
            spent[phase.get(step.kind, "answering")] += step.seconds
        return spent

    def grown(self, step: Step, *, text: str, done: bool) -> Trace:
        """This trace with one more pass."""
        return replace(self, steps=(*self.steps, step), text=text, done=done)

    def to_dict(self, *, arrays: bool = False) -> dict[str, Any]:
        """Plain values for JSON; captured arrays as base64 if asked for."""
        answer = self.answer
        return {
            "question": self.question,
            "mode": self.mode,
            "model_id": self.model_id,
            "seed": self.seed,
            "done": self.done,
            "cue": self.cue,
            "text": self.text,
            "steps_text": self.steps_text,
            "answer": None if answer is None else canonical(answer),
            "seconds": self.seconds,
            "phases": self.phases,
            "forward_passes": self.forward_passes,
            "prompt": [vars(token).copy() for token in self.prompt],
            "edits": [_edit_to_dict(edit) for edit in self.edits],
            "steps": [_step_to_dict(step, arrays) for step in self.steps],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Trace:
        """The inverse of `to_dict`; derived fields are recomputed, not trusted."""
        return cls(
            question=values["question"],
            mode=values["mode"],
            prompt=tuple(Token(**token) for token in values["prompt"]),
            steps=tuple(_step_from_dict(step) for step in values["steps"]),
            text=values["text"],
            model_id=values["model_id"],
            seed=values["seed"],
            edits=tuple(_edit_from_dict(edit) for edit in values["edits"]),
            cue=values["cue"],
            done=values["done"],
        )


def _edit_to_dict(edit: Edit) -> dict[str, Any]:
    values = vars(edit).copy()
    values["source"] = None if edit.source is None else list(edit.source)
    return values


def _edit_from_dict(values: dict[str, Any]) -> Edit:
    source = values["source"]
    return Edit(**{**values, "source": None if source is None else tuple(source)})


_ARRAYS = ("latent", "hidden", "attention")


def _step_to_dict(step: Step, arrays: bool) -> dict[str, Any]:
    values = vars(step).copy()
    values["label"] = step.label
    values["top"] = [vars(candidate).copy() for candidate in step.top]
    for name in _ARRAYS:
        array = values.pop(name)
        if arrays and array is not None:
            values[name] = {
                "shape": list(array.shape),
                "float32": base64.b64encode(array.astype("<f4").tobytes()).decode("ascii"),
            }
    return values


def _step_from_dict(values: dict[str, Any]) -> Step:
    plain = {key: value for key, value in values.items() if key not in (*_ARRAYS, "label")}
    plain["top"] = tuple(Candidate(**candidate) for candidate in values["top"])
    for name in _ARRAYS:
        if name in values:
            raw = np.frombuffer(base64.b64decode(values[name]["float32"]), dtype="<f4")
            plain[name] = raw.reshape(values[name]["shape"]).astype(np.float32)
    return Step(**plain)
