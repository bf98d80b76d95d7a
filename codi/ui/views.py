"""A race as plain values for the browser: facts only, words come from `text.py` there.

Everything here is a pure function of records. Token texts are passed as they are; the browser writes
them as text, never as HTML.
"""

from __future__ import annotations

import os
import platform
import re
from decimal import Decimal
from typing import Any

import torch

from codi.answers import canonical, same
from codi.model import CodiModel
from codi.trace import Step, Trace
from codi.ui.race import DEADLINE_SECONDS, Race
from codi.ui.text import Message
from codi.ui.tokens import candidates, readable

View = dict[str, Any]

_STEP = re.compile(r"<<(.*?)(?:>>|>?$)", re.DOTALL)


def race_view(race: Race, model: CodiModel) -> View:
    """Both lanes, the status line, the verdict, and where the clock ran."""
    return {
        "question": race.question,
        "stage": race.stage,
        "live": race.live,
        "status": _status(race).to_dict(),
        "silent": _lane(race.silent, race, "silent"),
        "aloud": _lane(race.aloud, race, "aloud"),
        "verdict": [message.to_dict() for message in _verdict(race)],
        "machine": machine_line(model).to_dict(),
        "model": model.model_id,
        "num_latents": model.config.num_latents,
    }


def machine_line(model: CodiModel) -> Message:
    """Where the clock ran."""
    dtype = str(next(model.parameters()).dtype).removeprefix("torch.")
    cores = os.cpu_count() or 1
    machine = f"{cores} × {platform.machine()} CPU, torch {torch.__version__.split('+')[0]}"
    return Message("device", {"machine": machine, "dtype": dtype, "model": model.model_id})


def model_facts(model: CodiModel) -> dict[str, Any]:
    """What the About text says of the model."""
    config = model.backbone.config
    return {
        "model": model.model_id,
        "objective": model.config.objective,
        "supervised": "supervision" in model.config.objective,
        "count": model.config.num_latents,
        "layers": config.num_hidden_layers,
        "heads": config.num_attention_heads,
        "whole_numbers": model.prompt.names_whole_numbers(),
    }


def written_steps(text: str) -> list[str]:
    """The teacher's steps one by one, the last one perhaps unfinished; free text is one step."""
    found = [step.strip() for step in _STEP.findall(text)]
    return found if found else [text] if text else []


def _answer(trace: Trace | None) -> Decimal | None:
    return None if trace is None else trace.answer


def _shown(answer: Decimal | None) -> str | Message:
    return Message("nothing") if answer is None else canonical(answer)


def _ended(race: Race) -> bool:
    """Whether both timed lanes ran to their end."""
    return race.stage in ("inside", "done") or race.inside is not None


def _status(race: Race) -> Message:
    if race.stage == "queued":
        return Message("status_queued", {"ahead": race.ahead})
    if race.stage == "done" and not race.live:
        return Message("status_recorded")
    if race.stage == "timeout":
        return Message("status_timeout", {"seconds": round(DEADLINE_SECONDS)})
    trace = race.silent if race.stage == "silent" else race.aloud
    last = trace.steps[-1].kind if trace and trace.steps else ""
    if race.stage in ("silent", "aloud") and last in ("eot", "answer"):
        return Message(f"status_{race.stage}_answer")
    if race.stage == "aloud":
        steps = written_steps(race.aloud.steps_text) if race.aloud else []
        return Message("status_aloud", {"n": max(1, len(steps))})
    return Message(f"status_{race.stage}")


def _lane(trace: Trace | None, race: Race, name: str) -> View:
    running = race.stage == name
    stopped = race.stage in ("stopped", "timeout")
    if trace is None:
        return {"state": "running" if running else "waiting"}
    over = trace.done or not (running or stopped)
    shown = trace.answer if over or trace.answer_text else None
    view: View = {
        "state": "running" if running else "done" if trace.done else "cut",
        "answer": None if shown is None else canonical(shown),
        "right": None if race.gold is None or not over else same(trace.answer, race.gold),
        "seconds": round(trace.seconds, 4),
        "passes": trace.forward_passes,
        "phases": {name: round(value, 4) for name, value in trace.phases.items()},
    }
    if name == "aloud":
        view["steps"] = written_steps(trace.steps_text)
    else:
        view["thoughts"] = [_headline(step) for step in trace.thoughts if step.kind == "latent"]
    return view


def _headline(step: Step) -> View:
    text, probability = candidates(step.top)[0]
    return {"label": step.label, "text": text if readable(text, probability) else None}


def _verdict(race: Race) -> list[Message]:
    """What the two answers mean together; empty until both are there."""
    if not _ended(race) or race.silent is None or race.aloud is None:
        return []
    silent, aloud, gold = race.silent.answer, race.aloud.answer, race.gold
    said = {"silent": _shown(silent), "aloud": _shown(aloud)}
    values = {k: v.to_dict() if isinstance(v, Message) else v for k, v in said.items()}
    right = (same(silent, gold), same(aloud, gold))
    lines = []
    if gold is None:
        if same(silent, aloud):
            lines.append(Message("agree", {"answer": said["silent"]}))
        elif silent is not None or aloud is not None:
            lines.append(Message("disagree", values))
    elif all(right):
        lines.append(Message("both_right", {"answer": canonical(gold)}))
    elif any(right):
        lines.append(Message("only_silent" if right[0] else "only_aloud", values))
    else:
        lines.append(Message("both_wrong", {**values, "gold": canonical(gold)}))
    for name, trace in (("aloud", race.aloud), ("silent", race.silent)):
        if trace.answer is None:
            lines.append(Message(f"no_number_{name}"))
    if race.silent.done and race.aloud.done:
        lines.append(_comparison(race.silent, race.aloud))
    if race.stage == "done" and not race.inside_agrees:
        inside = {"inside": _shown(_answer(race.inside)), "timed": _shown(silent)}
        plain = {k: v.to_dict() if isinstance(v, Message) else v for k, v in inside.items()}
        lines.append(Message("inside_differs", plain))
    return lines


def _comparison(silent: Trace, aloud: Trace) -> Message:
    ratio = aloud.seconds / max(silent.seconds, 1e-9)
    values = {"silent": silent.forward_passes, "aloud": aloud.forward_passes}
    if round(ratio, 1) == 1:
        return Message("same_time", values)
    if ratio >= 1:
        return Message("faster", {**values, "ratio": round(ratio, 1)})
    return Message("slower", {**values, "ratio": round(1 / ratio, 1)})
