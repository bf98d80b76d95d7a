"""`python -m train footprint`: what one full look inside costs, beside the plain answer.

A page that shows the inside reads the question a second time, keeps every state and all attention, and
sends what it found to the browser. Both are measured on one long question: plain answers and inspections
in turn, medians over repetitions; and the payload in bytes.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import codi
from codi.decode import Options, decode
from codi.model import CodiModel
from codi.trace import Capture
from codi.ui import inside
from codi.ui.inspection import inspect
from codi.ui.race import NEW_TOKENS, Race
from train.benchmark import WARM_UP, times
from train.manifest import plain, record

STORY = "Tom has 3 apples and 4 pears."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `footprint`."""
    parser.add_argument(
        "--checkpoint", default=str(codi.checkpoint.BUNDLED), help="folder or hub id"
    )
    parser.add_argument("--tokens", type=int, default=160, help="length of the question")
    parser.add_argument("--repeat", type=int, default=20, help="how often each is measured")
    parser.add_argument("--output", type=Path, required=True, help="where the result goes (JSON)")


def main(args: argparse.Namespace) -> str:
    """Run `footprint`; returns one line."""
    if args.tokens < 1 or args.repeat < 1:
        raise ValueError(
            f"--tokens and --repeat must be at least 1, got {args.tokens}, {args.repeat}"
        )
    config = {"tokens": args.tokens, "repeat": args.repeat, "warm_up": WARM_UP}
    with record("footprint", args.output, argv=args.argv, config=config) as manifest:
        model = codi.load(args.checkpoint)
        manifest.use_model(args.checkpoint)
        manifest.metrics.update(plain(cost(model, long_question(model, args.tokens), args.repeat)))
        found = manifest.metrics
    return (
        f"plain answer {1e3 * found['plain']['median']:.0f} ms, inspection "
        f"{1e3 * found['inspection']['median']:.0f} ms, {found['bytes'] / 1000:.0f} kB"
    )


def long_question(model: CodiModel, tokens: int) -> str:
    """As many words of a story told again and again as make at least this many tokens."""
    words = (STORY + " ").split(" ")[:-1] * tokens
    count = 1
    while len(model.prompt.question(" ".join(words[:count]))[0]) < tokens:
        count += 1
    return " ".join(words[:count])


def cost(model: CodiModel, question: str, repeat: int) -> dict[str, Any]:
    """Seconds of plain answers and of inspections (a `Times` each), and bytes of what is sent."""
    options = Options(max_new_tokens=NEW_TOKENS["student"])
    everything = Options(max_new_tokens=NEW_TOKENS["student"], capture=Capture.everything())
    answered, inspected, size = [], [], 0
    for number in range(WARM_UP + repeat):
        start = time.perf_counter()
        silent = decode(model, question, "student", options)
        middle = time.perf_counter()
        trace = decode(model, question, "student", everything)
        race = Race(question, "done", silent, silent, trace, inspect(model, trace))
        views = [inside.thoughts_view(race, model), inside.attention_view(race)]
        size = len(json.dumps([*views, inside.lens_view(race)]))
        end = time.perf_counter()
        if number >= WARM_UP:
            answered.append(middle - start)
            inspected.append(end - middle)
    return {"plain": times(answered), "inspection": times(inspected), "bytes": size}
