"""`python -m train export`: make a run's checkpoint the served one.

The weights are those that the run's last validation measured (averaged, bfloat16). The run's manifest,
with its losses and accuracies over time, goes with them.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch

import codi
from codi.checkpoint import BUNDLED

LIMIT = 64 * 2**20
"""Bytes that the bundled checkpoint may take."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `export`."""
    parser.add_argument("--run", type=Path, required=True, help="output folder of `fit`")
    parser.add_argument("--output", type=Path, default=BUNDLED, help="checkpoint folder to write")


def main(args: argparse.Namespace) -> str:
    """Copy through a strict load; returns one line for the terminal.

    Raises:
        FileNotFoundError: the run has no checkpoint or no manifest.
        ValueError: the checkpoint is damaged or too large to bundle.
    """
    manifest = args.run / "manifest.json"
    if not manifest.is_file():
        raise FileNotFoundError(f"{manifest} is missing; is {args.run} the output folder of a run?")
    model = codi.load(args.run / "checkpoint")
    folder = codi.save(model, args.output, dtype=torch.bfloat16)
    shutil.copy(manifest, folder / "manifest.json")
    size = sum(path.stat().st_size for path in folder.iterdir())
    if size > LIMIT:
        raise ValueError(
            f"{folder} takes {size / 2**20:.1f} MiB; at most {LIMIT // 2**20} may be bundled"
        )
    return f"wrote {folder} ({size / 2**20:.1f} MiB)"
