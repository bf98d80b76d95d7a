"""What happens on a click or an API call: check, wait in line, run, report.

Handlers are plain generators of `Update`s and know no component; `layout.py` says which part of the
page shows which field. Nothing that reaches the model comes from anywhere but the arguments, and those
are checked here again, whatever the browser promised.
"""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

from codi.model import CodiModel
from codi.ui import experiments
from codi.ui.check import Refused, check_options, checked
from codi.ui.inside import attention_view, lens_view, thoughts_view
from codi.ui.limits import (
    EXPERIMENTS_A_MINUTE,
    PER_ADDRESS,
    RUNS_A_MINUTE,
    SWITCHES_A_MINUTE,
    RateLimit,
)
from codi.ui.models import Models
from codi.ui.race import Full, Pause, Race, Runner
from codi.ui.text import Message
from codi.ui.views import View, machine_line, model_facts, race_view

log = logging.getLogger("codi.page")

EXAMPLES = Path(__file__).resolve().parents[2] / "assets" / "examples.json"
UPDATES_A_SECOND = 20
BUSY = Message("busy", {"seconds": 20})
TRAIN_COMMAND = "python -m train fit --preset tiny --output runs/tiny"


@dataclass(frozen=True)
class Update:
    """New values of parts of the page; None leaves a part as it is."""

    notice: View | None = None
    race: View | None = None
    thoughts: View | None = None
    attention: View | None = None
    lens: View | None = None
    experiment: View | None = None
    effects: View | None = None
    votes: View | None = None
    about: View | None = None


class Handlers:
    """The page's behaviour on the model that is served, or on none with the reason why.

    Attributes:
        models: what is served, and what else can be.
    """

    def __init__(self, models: Models) -> None:
        self.models = models
        self.limit = RateLimit()
        self.examples: list[dict[str, Any]] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
        self.gold = {e["question"]: Decimal(e["answer"]) for e in self.examples}
        self._recorded = Update()

    @property
    def runner(self) -> Runner | None:
        """Of the model in memory, if there is one."""
        return self.models.runner

    def choose(self, name: object, session: str = "", address: str = "") -> Iterator[Update]:
        """Serve another of the operator's models, to everybody; a failure leaves a sentence."""

        def run() -> Iterator[Update]:
            wanted = self.models.check(name)
            if self.runner is not None and wanted == self.models.chosen:
                return
            self._count("switch", SWITCHES_A_MINUTE, session, address)
            yield Update(notice=_notice(Message("model_loading", {"model": wanted})))
            self.stop(session)
            self.models.switch(wanted, self.record)
            yield replace(self.first, notice={})

        return _guarded("choose", name, run(), lambda notice: Update(notice=notice))

    @property
    def first(self) -> Update:
        """What a new visitor sees: the recorded race, or why there is none."""
        if self.runner is not None:
            return self._recorded
        empty: dict[str, View] = {part: {} for part in ("race", "thoughts", "attention", "lens")}
        return Update(notice=_notice(self.models.trouble), **empty)

    def record(self, runner: Runner) -> None:
        """Run the first example on a model that nobody else can ask yet."""
        question = self.examples[0]["question"]
        runner.warm_up(question)
        *_, race = runner.race(question, session="start", gold=self.gold[question])
        view = _shown(replace(race, live=False), runner.model)
        self._recorded = replace(view, about=model_facts(runner.model))

    def race(self, question: object, session: str = "", address: str = "") -> Iterator[Update]:
        """Run both lanes; every refusal and every failure becomes a notice, the rest stays."""

        def run() -> Iterator[Update]:
            runner = self._admit()
            text = checked(question, runner.count_tokens)
            self._count("run", RUNS_A_MINUTE, session, address)
            yield Update(notice={})
            last, stage = 0.0, ""
            with closing(runner.race(text, session=session, gold=self.gold.get(text))) as states:
                for race in states:
                    if race.stage != stage or time.monotonic() - last > 1 / UPDATES_A_SECOND:
                        yield _shown(race, runner.model)
                        last, stage = time.monotonic(), race.stage

        return _guarded("race", question, run(), lambda notice: Update(notice=notice))

    def ask(
        self, part: str, asked: Mapping[str, Any], session: str = "", address: str = ""
    ) -> Iterator[Update]:
        """Answer the form of a part (`experiment`, `effects`, `votes`); every refusal and every
        failure becomes a notice in that part.
        """

        def run() -> Iterator[Update]:
            runner = self._admit()
            if asked.get("model") != (model := runner.model.model_id):
                raise Refused(Message("model_changed", {"model": model}))
            work = experiments.prepare(part, asked, runner.model, self.gold)
            self._count("experiment", EXPERIMENTS_A_MINUTE, session, address)
            with closing(runner.turn(work, session)) as turn:
                for state in turn:
                    if isinstance(state, Pause):
                        state = {"state": state.stage, "ahead": state.ahead}
                    yield Update(**{part: {**state, "model": model}})

        return _guarded(
            part, asked.get("question"), run(), lambda notice: Update(**{part: {"notice": notice}})
        )

    def stop(self, session: str) -> None:
        """Stop what the session runs."""
        self.models.stop(session)

    def solve(
        self,
        question: object,
        num_latents: object = None,
        seed: object = 0,
        *,
        session: str = "",
        address: str = "",
    ) -> dict[str, Any]:
        """Both answers with steps, thoughts and timing as plain values.

        Raises:
            Refused: with the sentence that says why and what to do.
        """
        runner = self._admit()
        text = checked(question, runner.count_tokens)
        if problem := check_options(num_latents, seed):
            raise Refused(problem)
        self._count("run", RUNS_A_MINUTE, session, address)
        latents = num_latents if isinstance(num_latents, int) else None
        try:
            *_, race = runner.race(
                text,
                session=session,
                num_latents=latents,
                look_inside=False,
            )
        except Full:
            raise Refused(BUSY) from None
        if race.stage != "done" or race.silent is None or race.aloud is None:
            raise Refused(Message("stopped"))
        return {
            "schema": 1,
            "question": text,
            "model": runner.model.model_id,
            "num_latents": len(race.silent.thoughts) - 1,
            "decoding": "greedy",
            "seed": seed,
            "machine": machine_line(runner.model).values,
            "student": race.silent.to_dict(),
            "teacher": race.aloud.to_dict(),
        }

    def _admit(self) -> Runner:
        if self.runner is None:
            raise Refused(self.models.trouble)
        return self.runner

    def _count(self, kind: str, most: int, session: str, address: str) -> None:
        """Count a run of this kind, or refuse it."""
        limits = {f"{kind} of session {session}": most}
        if address:
            limits[f"{kind} of address {address}"] = most * PER_ADDRESS
        if wait := self.limit.wait(limits):
            raise Refused(Message("rate_limit", {"seconds": ceil(wait)}))


def _guarded(
    name: str, question: object, run: Iterator[Update], refuse: Callable[[View], Update]
) -> Iterator[Update]:
    """`run`, with every refusal and failure as a notice, and one line in the log."""
    started, outcome = time.monotonic(), "closed"
    try:
        yield from run
        outcome = "ended"
    except Refused as refusal:
        outcome = refusal.message.key
        yield refuse(_notice(refusal.message))
    except Full:
        outcome = "busy"
        yield refuse(_notice(BUSY))
    except Exception:
        outcome = uuid.uuid4().hex[:6].upper()
        log.exception("%s failed, code %s", name, outcome)
        yield refuse(_notice(Message("unexpected", {"code": outcome})))
    finally:
        size = len(question) if isinstance(question, str) else 0
        log.info("%s %s characters=%d %.1fs", name, outcome, size, time.monotonic() - started)


def _shown(race: Race, model: CodiModel) -> Update:
    return Update(
        race=race_view(race, model),
        thoughts=thoughts_view(race, model),
        attention=attention_view(race),
        lens=lens_view(race),
    )


def _notice(message: Message) -> View:
    notice = message.to_dict()
    if message.key == "no_model":
        notice["more"] = Message("no_model_help", {"command": TRAIN_COMMAND}).to_dict()
    return notice
