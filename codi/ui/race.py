"""One model, many visitors: runs in line, each lane measured alone.

A race decodes a question as student (Silent), then as teacher (Aloud), both plainly: that is what is
timed. A third, instrumented pass of the student follows, untimed, for words and attention. Everything
is a generator that yields after every forward pass, so that stopping and closing the page free the
model at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import torch

from codi.decode import Options, decode, stream
from codi.model import CodiModel
from codi.trace import Capture, Mode, Trace

Stage = Literal["queued", "silent", "aloud", "inside", "done", "stopped", "timeout"]

DEADLINE_SECONDS = 30.0
MAX_IN_LINE = 6
NEW_TOKENS: dict[Mode, int] = {"teacher": 160, "student": 32, "direct": 32}
_SHORT = Options(max_new_tokens=4)


@dataclass(frozen=True, eq=False)
class Race:
    """How far a race has come; grows like a Trace.

    Attributes:
        silent, aloud: the timed answers of student and teacher.
        inside: the student's answer once more, with everything captured.
        ahead: runs that come first, while queued.
        gold: the right answer where it is known.
        live: False for the run recorded when the program started.
    """

    question: str
    stage: Stage = "queued"
    silent: Trace | None = None
    aloud: Trace | None = None
    inside: Trace | None = None
    ahead: int = 0
    gold: Decimal | None = None
    live: bool = True

    @property
    def inside_agrees(self) -> bool:
        """Whether the instrumented pass gave the timed answer."""
        timed, inside = self.silent, self.inside
        return timed is None or inside is None or timed.answer == inside.answer


class Full(Exception):
    """Too many runs are waiting."""


class Line:
    """A fair lock: whoever is first in line has the model."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[object] = []

    def join(self) -> object:
        """Take a place; raises `Full` if there is none."""
        ticket = object()
        with self._lock:
            if len(self._waiting) >= MAX_IN_LINE:
                raise Full
            self._waiting.append(ticket)
        return ticket

    def ahead(self, ticket: object) -> int:
        """How many come first; 0 means that the model is yours."""
        with self._lock:
            return self._waiting.index(ticket)

    def leave(self, ticket: object) -> None:
        """Give the place, or the model, to the next one."""
        with self._lock:
            self._waiting.remove(ticket)


class Runner:
    """Runs races on one model, one at a time."""

    def __init__(self, model: CodiModel) -> None:
        self.model = model
        self._line = Line()
        self._stops: dict[str, threading.Event] = {}

    def count_tokens(self, question: str) -> int:
        """Tokens of the question as the model reads it."""
        return len(self.model.prompt.question(question)[0])

    def warm_up(self, question: str) -> None:
        """Touch all code once, and keep the number of threads that is fastest on this machine.

        A small model on a busy machine is several times faster on one thread than on all.
        """
        seconds: dict[int, float] = {}
        for threads in {torch.get_num_threads(), 1}:
            torch.set_num_threads(threads)
            runs = [decode(self.model, question, "student", _SHORT).seconds for _ in range(2)]
            seconds[threads] = min(runs)
        torch.set_num_threads(min(seconds, key=lambda threads: seconds[threads]))

    def stop(self, session: str) -> None:
        """Stop the session's run within one forward pass."""
        if event := self._stops.get(session):
            event.set()

    def race(
        self,
        question: str,
        *,
        session: str = "",
        gold: Decimal | None = None,
        num_latents: int | None = None,
        seed: int = 0,
        look_inside: bool = True,
    ) -> Generator[Race, None, None]:
        """Yield the race after every forward pass (and while waiting, a few times a second).

        Raises:
            Full: no place in line.
        """
        race = Race(question, gold=gold)
        ticket = self._line.join()
        self.stop(session)  # a new run replaces the session's old one
        stop = self._stops[session] = threading.Event()
        try:
            while ahead := self._line.ahead(ticket):
                if stop.is_set():
                    yield replace(race, stage="stopped")
                    return
                yield replace(race, ahead=ahead)
                time.sleep(0.1)
            deadline = time.monotonic() + DEADLINE_SECONDS
            stages: list[tuple[Stage, Mode, Capture]] = [
                ("silent", "student", Capture()),
                ("aloud", "teacher", Capture()),
                ("inside", "student", Capture.everything()),
            ]
            for stage, mode, capture in stages if look_inside else stages[:2]:
                race = replace(race, stage=stage)
                yield race
                options = Options(
                    num_latents=num_latents if mode == "student" else None,
                    max_new_tokens=NEW_TOKENS[mode],
                    seed=seed,
                    capture=capture,
                )
                for trace in stream(self.model, question, mode, options):
                    race = _with(race, stage, trace)
                    if stop.is_set() or time.monotonic() > deadline:
                        yield replace(race, stage="stopped" if stop.is_set() else "timeout")
                        return
                    yield race
            yield replace(race, stage="done")
        finally:
            self._line.leave(ticket)
            if self._stops.get(session) is stop:
                del self._stops[session]


def _with(race: Race, stage: Stage, trace: Trace) -> Race:
    if stage == "silent":
        return replace(race, silent=trace)
    return replace(race, aloud=trace) if stage == "aloud" else replace(race, inside=trace)
