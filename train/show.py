"""`python -m train data`: print problems the way training and evaluation read them.

The cheapest bug detector for data is a human who reads twenty rows of it.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

from codi.prompt import join_steps
from train.data import DRAWN, KNOWN, Example, Loaded, load
from train.data import draw as drawn_set
from train.resample import Dropped, cleaned, draw, original, template_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `data`."""
    names = ", ".join([*DRAWN, *KNOWN])
    parser.add_argument("--data", help=f"a .jsonl file or one of {names}; default: drawn problems")
    parser.add_argument(
        "--split", default="train", help="train, or heldout / test (default: train)"
    )
    parser.add_argument("--show", type=int, default=10, help="how many problems")
    parser.add_argument("--seed", type=int, default=0, help="of drawn problems")
    parser.add_argument(
        "--resample", action="store_true", help="each problem of a file beside one with new numbers"
    )
    parser.add_argument("--max-steps", type=int, default=5, help="longest drawn problem")


def main(args: argparse.Namespace) -> str:
    """Returns the problems, and what was left out of a file and why."""
    loaded = _loaded(args)
    if args.resample:
        return _resampled(loaded, args)
    lines = []
    for number, example in enumerate(loaded.examples[: args.show], 1):
        lines += [f"{number}. {example.question}", f"   {_solved(example)}", ""]
    lines.append(f"{loaded.name} {loaded.split}".strip() + f": {len(loaded.examples)} problems")
    lines += [f"line {line}: left out, {reason}" for line, reason in loaded.problems]
    return "\n".join(lines)


def _solved(example: Example) -> str:
    return f"{join_steps(example.steps)}  The answer is: {example.answer}"


def _resampled(loaded: Loaded, args: argparse.Namespace) -> str:
    """Problems beside their draws, evenly over the file; how many survive, and why the others do not."""
    templates, lost = [], defaultdict(list)
    for line, reason in loaded.problems:
        lost[reason].append(line)
    for example in loaded.examples:
        try:
            templates.append(template_of(cleaned(vars(example))))
        except Dropped as error:
            lost[str(error)].append(int(example.id.rpartition("/")[2]))
    lines = []
    for template in templates[:: max(len(templates) // args.show, 1)][: args.show]:
        old, new = original(template), draw(template, args.seed, 0)
        lines += [f"{old.id}: {old.question}", f"   {_solved(old)}"]
        lines += [f"   {new.question}", f"   {_solved(new)}", ""]
    rows = len(loaded.examples) + len(loaded.problems)
    lines.append(f"{loaded.name}: {len(templates)} of {rows} problems can be drawn anew")
    for reason, found in sorted(lost.items(), key=lambda item: -len(item[1])):
        some = ", ".join(map(str, found[:10])) + (", ..." if len(found) > 10 else "")
        lines.append(f"{len(found)} left out, {reason}: line {some}")
    return "\n".join(lines)


def _loaded(args: argparse.Namespace) -> Loaded:
    if args.show < 1:
        raise ValueError(f"--show must be at least 1, got {args.show}")
    drawn = {split: name for name, split in DRAWN.items()}
    name = args.data or drawn.get(args.split)
    if args.resample and (name is None or name in DRAWN):
        raise ValueError("--resample needs annotated problems: name a file or a set with --data")
    if name is None:
        raise ValueError(f"drawn problems have the splits {', '.join(drawn)}, not {args.split!r}")
    if name in DRAWN:
        return drawn_set(name, args.show, seed=args.seed, max_steps=args.max_steps)
    return load(name, args.split)
