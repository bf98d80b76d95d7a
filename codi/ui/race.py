"""One model, many visitors: runs in line, each lane measured alone.

A race decodes a question as student (Silent), then as teacher (Aloud), both plainly: that is what is
timed. A third, instrumented pass of the student follows, untimed, for everything that is shown of the
inside. Experiments take their turn in the same line. Everything is a generator that yields after every
forward pass or small group of passes, so that stopping and closing the page free the model at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeVar

import torch

from codi.decode import Options, decode, stream
from codi.model import CodiModel
from codi.trace import Capture, Mode, Trace
from codi.ui.inspection import Inspection, inspect

T = TypeVar("T")
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
        found: what that pass shows; None before its end.
        ahead: runs that come first, while queued.
        gold: the right answer where it is known.
        live: False for the run recorded when the program started.
    """

    question: str
    stage: Stage = "queued"
    silent: Trace | None = None
    aloud: Trace | None = None
    inside: Trace | None = None
    found: Inspection | None = None
    ahead: int = 0
    gold: Decimal | None = None
    live: bool = True

    @property
    def inside_agrees(self) -> bool:
        """Whether the instrumented pass gave the timed answer."""
        timed, inside = self.silent, self.inside
        return timed is None or inside is None or timed.answer == inside.answer


@dataclass(frozen=True)
class Pause:
    """Instead of a result: the turn waits behind `ahead` others, or has ended early."""

    stage: Literal["queued", "stopped", "timeout"]
    ahead: int = 0


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

    def turn(self, work: Iterator[T], session: str = "") -> Generator[T | Pause, None, None]:
        """Yield what `work` yields, once the model is free (before that, `Pause`s).

        `work` is first asked when its turn has come. Between two of its results the session's Stop and
        the deadline are looked at; a new turn of a session ends its old one.

        Raises:
            Full: no place in line.
        """
        ticket = self._line.join()
        self.stop(session)
        stop = self._stops[session] = threading.Event()
        try:
            while ahead := self._line.ahead(ticket):
                if stop.is_set():
                    yield Pause("stopped")
                    return
                yield Pause("queued", ahead)
                time.sleep(0.1)
            deadline, late = time.monotonic() + DEADLINE_SECONDS, False
            for value in work:
                if late:  # and there is more: what ends just after the deadline is not too slow
                    yield Pause("timeout")
                    return
                yield value
                if stop.is_set():
                    yield Pause("stopped")
                    return
                late = time.monotonic() > deadline
        finally:
            self._line.leave(ticket)
            if self._stops.get(session) is stop:
                del self._stops[session]

    def race(
        self,
        question: str,
        *,
        session: str = "",
        gold: Decimal | None = None,
        num_latents: int | None = None,
        look_inside: bool = True,
    ) -> Generator[Race, None, None]:
        """Yield the race after every forward pass (and while waiting, a few times a second).

        Raises:
            Full: no place in line.
        """
        race = Race(question, gold=gold)
        work = self._race(race, num_latents, look_inside)
        with closing(self.turn(work, session)) as turn:
            for state in turn:
                if isinstance(state, Pause):
                    race = replace(race, stage=state.stage, ahead=state.ahead)
                else:
                    race = state
                yield race

    def _race(self, race: Race, num_latents: int | None, look_inside: bool) -> Iterator[Race]:
        model = self.model
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
                capture=capture,
            )
            for trace in stream(model, race.question, mode, options):
                race = _with(race, stage, trace)
                yield race
        if race.inside is not None:
            race = replace(race, found=inspect(model, race.inside, race.gold))
        yield replace(race, stage="done")


def _with(race: Race, stage: Stage, trace: Trace) -> Race:
    if stage == "silent":
        return replace(race, silent=trace)
    return replace(race, aloud=trace) if stage == "aloud" else replace(race, inside=trace)
