"""`python -m train overlap`: is any evaluation question, or a telling piece of one, in the training stream?

Reads the evaluation sets, draws from every source of training problems as training draws, and looks for
common pieces (`train.guard` says what counts). `--write` renews the guard that the stream drops by;
without it the guard of the repository is put to the test against the files themselves.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from train.config import PRESETS
from train.data import Example, load
from train.guard import CONTENT, Guard, N
from train.manifest import plain, record
from train.resample import usable
from train.stream import Mixture

SETS = ("svamp", "multiarith", "gsm8k_test", "gsm_hard")
TRAINING = "gsm8k_train"
SHARES = {"synthetic": 0.4, "written": 0.4, "drills": 0.05, "resampled": 0.1, "original": 0.05}
"""All that a recipe may draw from."""


@dataclass
class Finding:
    """What one source has in common with the evaluation sets.

    Attributes:
        problems: how many were drawn into the stream.
        refused: how many were drawn but dropped, and another one drawn instead.
        met: how many in the stream share a telling 8-gram with an evaluation question; 0 is the aim.
        examples: up to five of them: (8-gram, id).
    """

    problems: int = 0
    refused: int = 0
    met: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)


def protected(folder: Path) -> Guard:
    """The guard of the evaluation sets in a folder.

    Raises:
        FileNotFoundError: one of the files is missing.
    """
    sets = (load(folder / f"{name}.jsonl").examples for name in SETS)
    return Guard.of(example.question for examples in sets for example in examples)


def search(guard: Guard, mixture: Mixture, count: int) -> dict[str, Finding]:
    """Look through the first `count` problems of a stream, by source."""
    found = {source: Finding() for source in mixture.config.mixture}
    for index in range(count):
        example = mixture.example(index)
        finding = found[mixture.source(index)]
        finding.problems += 1
        if met := guard.met(example.question):
            finding.met += 1
            finding.examples = [*finding.examples, (met[0], example.id)][:5]
    for source, refused in mixture.refused.items():
        found[source].refused = refused
    return found


def stream(problems: Sequence[Example], guard: Guard | None = None) -> Mixture:
    """All sources together, as a training run would draw them."""
    config = replace(PRESETS["base"], mixture=SHARES)
    return Mixture(config, problems, guard)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `overlap`."""
    parser.add_argument("--folder", type=Path, help="holds the sets as .jsonl (default: CODI_DATA)")
    parser.add_argument("--count", type=int, default=300_000, help="problems of the stream")
    parser.add_argument("--write", action="store_true", help="renew the guard first")
    parser.add_argument("--output", type=Path, required=True, help="where the finding goes (JSON)")


def main(args: argparse.Namespace) -> str:
    """Run `overlap`; returns a line for every source."""
    folder = args.folder or Path(os.environ.get("CODI_DATA", ""))
    if args.count < 1:
        raise ValueError(f"--count must be at least 1, got {args.count}")
    rule = {"words": N, "content_words": CONTENT, "count": args.count, "shares": SHARES}
    with record("overlap", args.output, argv=args.argv, config=rule) as manifest:
        guard = protected(folder)
        if args.write:
            guard.save()
        training = load(folder / f"{TRAINING}.jsonl")
        manifest.use_data(training)
        problems, dropped = usable(map(vars, training.examples))
        mixture = stream(problems)
        found = search(guard, mixture, args.count)
        manifest.metrics = {
            "protected": len(guard.digests),
            "unknown_to_the_guard": len(guard.digests - Guard.load().digests),
            "problems": dropped | mixture.dropped,
            "stream": plain(found),
        }
    lines = [
        f"{source}: {each.met} of {each.problems:,} problems share a telling 8-gram with an evaluation "
        f"question; {each.refused} were refused"
        for source, each in found.items()
    ]
    return "\n".join(lines)
