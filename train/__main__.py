"""Everything that is done to a model before it is served, as one command with parts.

    python -m train data --show 20                     look at generated problems
    python -m train fit --preset tiny --output runs/t  train
    python -m train mean A B --output C                one checkpoint from several
    python -m train evaluate --mode student ...        score a checkpoint on questions
    python -m train inspect --what effects ...         study its thoughts
    python -m train benchmark ...                      time teacher and student
    python -m train footprint ...                      time one full look inside
    python -m train export ...                         make a run's checkpoint the served one
    python -m train convert SOURCE OUT                 read an official checkpoint
    python -m train fullsize ...                       time that at the published size
    python -m train card ...                           model card and README table from the scores

A mistake in what was asked is answered with one sentence and exit status 2, not with a traceback.
"""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
from collections.abc import Sequence

# Each has add_arguments(parser) and main(args) -> the text to print. Imported only when called for:
# asking for help must not load torch.
COMMANDS = {
    "data": ("train.show", "look at problems as training and evaluation read them"),
    "overlap": ("train.overlap", "look for evaluation questions in what training draws"),
    "fit": ("train.fit", "train a model"),
    "mean": ("train.mean", "average the weights of checkpoints of one lineage"),
    "evaluate": ("train.evaluate", "score a checkpoint on questions in one mode"),
    "failures": ("train.failures", "sort wrong answers by cause"),
    "inspect": ("train.inspect", "study the thoughts over many questions"),
    "benchmark": ("train.benchmark", "time teacher and student, one question at a time"),
    "footprint": ("train.footprint", "time and size of one full look inside"),
    "export": ("train.export", "write a run or checkpoint for serving, for others, for the hub"),
    "convert": ("train.convert", "turn an official checkpoint into our format"),
    "fullsize": ("train.fullsize", "time and memory of reading the official GPT-2 shape"),
    "card": ("train.card", "write model card and results table from scores"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 2 for a user's mistake, 130 when stopped."""
    argv = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="python -m train", description="Train and measure CODI.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, (module, text) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=f"{text.capitalize()}.")
        if argv and argv[0] == name:
            importlib.import_module(module).add_arguments(command)
    args = parser.parse_args(argv)
    args.argv = argv
    try:
        print(importlib.import_module(COMMANDS[args.command][0]).main(args))
    except (ValueError, OSError, FloatingPointError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; what was finished is kept", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    # A job that is told to end (a time limit, a shutdown) finishes its record like one that is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
