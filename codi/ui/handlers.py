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
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

from codi.model import CodiModel
from codi.ui.check import check, check_options
from codi.ui.limits import RUNS_A_MINUTE, RUNS_A_MINUTE_PER_ADDRESS, RateLimit
from codi.ui.race import Full, Race, Runner
from codi.ui.text import Message
from codi.ui.views import View, attention_view, machine_line, race_view, thoughts_view

log = logging.getLogger("codi.page")

EXAMPLES = Path(__file__).resolve().parents[2] / "assets" / "examples.json"
UPDATES_A_SECOND = 20
TRAIN_COMMAND = "python -m train fit --preset tiny --output runs/tiny"


@dataclass(frozen=True)
class Update:
    """New values of parts of the page; None leaves a part as it is."""

    notice: View | None = None
    race: View | None = None
    thoughts: View | None = None
    attention: View | None = None


class Refused(Exception):
    """A run that will not happen, with the sentence that says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.say())
        self.message = message


class Handlers:
    """The page's behaviour on one model, or on none with the reason why.

    Args:
        model: None if it could not be loaded.
        trouble: the sentence of the loading error.
    """

    def __init__(self, model: CodiModel | None, trouble: str = "") -> None:
        self.runner = None if model is None else Runner(model)
        self.trouble = trouble
        self.limit = RateLimit()
        self.examples: list[dict[str, Any]] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
        self.gold = {e["question"]: Decimal(e["answer"]) for e in self.examples}

    def first_view(self) -> Update:
        """The first example, run once when the program starts."""
        if self.runner is None:
            return Update(notice=_notice(self._no_model()))
        question = self.examples[0]["question"]
        self.runner.warm_up(question)
        *_, race = self.runner.race(question, session="start", gold=self.gold[question])
        return self._shown(replace(race, live=False))

    def race(self, question: object, session: str = "", address: str = "") -> Iterator[Update]:
        """Run both lanes; every refusal and every failure becomes a notice, the rest stays."""
        started, outcome = time.monotonic(), "closed"
        try:
            runner = self._admit(question, None, 0, session, address)
            text = " ".join(str(question).split())
            yield Update(notice={})
            last, stage = 0.0, ""
            with closing(runner.race(text, session=session, gold=self.gold.get(text))) as run:
                for race in run:
                    if race.stage != stage or time.monotonic() - last > 1 / UPDATES_A_SECOND:
                        yield self._shown(race)
                        last, stage = time.monotonic(), race.stage
            outcome = stage
        except Refused as refusal:
            outcome = refusal.message.key
            yield Update(notice=_notice(refusal.message))
        except Full:
            outcome = "busy"
            yield Update(notice=_notice(Message("busy", {"seconds": 20})))
        except Exception:
            outcome = uuid.uuid4().hex[:6].upper()
            log.exception("run failed, code %s", outcome)
            yield Update(notice=_notice(Message("unexpected", {"code": outcome})))
        finally:
            size = len(question) if isinstance(question, str) else 0
            log.info("race %s characters=%d %.1fs", outcome, size, time.monotonic() - started)

    def stop(self, session: str) -> None:
        """Stop what the session runs."""
        if self.runner is not None:
            self.runner.stop(session)

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
        runner = self._admit(question, num_latents, seed, session, address)
        text = " ".join(str(question).split())
        latents = num_latents if isinstance(num_latents, int) else None
        try:
            *_, race = runner.race(
                text,
                session=session,
                num_latents=latents,
                seed=seed if isinstance(seed, int) else 0,
                look_inside=False,
            )
        except Full:
            raise Refused(Message("busy", {"seconds": 20})) from None
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

    def _admit(
        self, question: object, num_latents: object, seed: object, session: str, address: str
    ) -> Runner:
        """The runner, if this run may happen."""
        if self.runner is None:
            raise Refused(self._no_model())
        problem = check(question, self.runner.count_tokens) or check_options(num_latents, seed)
        if problem:
            raise Refused(problem)
        limits = {f"session {session}": RUNS_A_MINUTE}
        if address:
            limits[f"address {address}"] = RUNS_A_MINUTE_PER_ADDRESS
        if wait := self.limit.wait(limits):
            raise Refused(Message("rate_limit", {"count": RUNS_A_MINUTE, "seconds": ceil(wait)}))
        return self.runner

    def _no_model(self) -> Message:
        return Message("no_model", {"reason": self.trouble})

    def _shown(self, race: Race) -> Update:
        assert self.runner is not None
        return Update(
            race=race_view(race, self.runner.model),
            thoughts=thoughts_view(race),
            attention=attention_view(race) or {},
        )


def _notice(message: Message) -> View:
    notice = message.to_dict()
    if message.key == "no_model":
        notice["more"] = Message("no_model_help", {"command": TRAIN_COMMAND}).to_dict()
    return notice
