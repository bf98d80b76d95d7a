"""`python -m train data`: print problems the way training and evaluation read them.

The cheapest bug detector for data is a human who reads twenty rows of it.
"""

from __future__ import annotations

import argparse

from codi.prompt import join_steps
from train.data import DRAWN, KNOWN, Loaded, draw, load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `data`."""
    names = ", ".join([*DRAWN, *KNOWN])
    parser.add_argument("--data", help=f"a .jsonl file or one of {names}; default: drawn problems")
    parser.add_argument(
        "--split", default="train", help="train, or heldout / test (default: train)"
    )
    parser.add_argument("--show", type=int, default=10, help="how many problems")
    parser.add_argument("--seed", type=int, default=0, help="of drawn problems")
    parser.add_argument("--max-steps", type=int, default=5, help="longest drawn problem")


def main(args: argparse.Namespace) -> str:
    """Returns the problems, and what was left out of a file and why."""
    loaded = _loaded(args)
    lines = []
    for number, example in enumerate(loaded.examples[: args.show], 1):
        lines += [f"{number}. {example.question}"]
        lines += [f"   {join_steps(example.steps)}  The answer is: {example.answer}", ""]
    lines.append(f"{loaded.name} {loaded.split}".strip() + f": {len(loaded.examples)} problems")
    lines += [f"line {line}: left out, {reason}" for line, reason in loaded.problems]
    return "\n".join(lines)


def _loaded(args: argparse.Namespace) -> Loaded:
    if args.show < 1:
        raise ValueError(f"--show must be at least 1, got {args.show}")
    drawn = {split: name for name, split in DRAWN.items()}
    name = args.data or drawn.get(args.split)
    if name is None:
        raise ValueError(f"drawn problems have the splits {', '.join(drawn)}, not {args.split!r}")
    if name in DRAWN:
        return draw(name, args.show, seed=args.seed, max_steps=args.max_steps)
    return load(name, args.split)
