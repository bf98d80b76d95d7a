"""`python -m train export`: from a run, or any checkpoint, to a folder for others.

    --run R                            make the run's checkpoint the served one
    --checkpoint C --output F          a copy in our format
    ... --to official                  what the authors' scripts read
    ... --to backbone                  a plain Hugging Face model, without projection and thoughts
    ... --push owner/name              upload the folder as well, with a model card

Of a run, the weights are those that its last validation measured (averaged, bfloat16), and its manifest,
with losses and accuracies over time, goes with them.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch

import codi
from codi.checkpoint import BUNDLED, push
from codi.official import to_official
from codi.tensors import write_tensors

LIMIT = 64 * 2**20
"""Bytes that the bundled checkpoint may take."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `export`."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--run", type=Path, help="output folder of `fit`")
    source.add_argument("--checkpoint", help="a folder or hub id")
    parser.add_argument(
        "--output", type=Path, help="folder to write (default: of a run, the served checkpoint)"
    )
    parser.add_argument("--to", choices=("codi", "official", "backbone"), default="codi")
    parser.add_argument("--push", metavar="OWNER/NAME", help="also upload it to the hub")


def main(args: argparse.Namespace) -> str:
    """Copy through a strict load; returns one line for the terminal.

    Raises:
        FileNotFoundError: the run has no checkpoint or no manifest.
        ValueError: the options do not go together, the model has no place in the layout, the run
            failed, or the checkpoint is damaged or too large to bundle.
        OSError: the hub cannot be reached.
    """
    if args.output is None and (args.run is None or args.to != "codi"):
        raise ValueError("--output is needed: only a run in our format becomes the served one")
    if args.push and args.to != "codi":
        raise ValueError(f"--push uploads our format, not {args.to!r}")
    folder = args.output or BUNDLED
    manifest = (args.run or Path(args.checkpoint)) / "manifest.json"
    if args.run:
        _check_run(manifest)
    model = codi.load(args.run / "checkpoint" if args.run else args.checkpoint)
    weights = 2 * sum(parameter.numel() for parameter in model.parameters())
    if folder == BUNDLED and weights > LIMIT:
        raise ValueError(
            f"the weights take {weights / 2**20:.1f} MiB; at most {LIMIT // 2**20} may be bundled; "
            "give --output to write them elsewhere"
        )
    if args.to == "codi":
        codi.save(model, folder, dtype=torch.bfloat16 if args.run else None)
        if manifest.is_file():
            shutil.copy(manifest, folder / "manifest.json")
    elif args.to == "official":
        state = to_official(model)
        folder.mkdir(parents=True, exist_ok=True)
        write_tensors(state, folder / "model.safetensors")
        model.prompt.tokenizer.save_pretrained(folder)
    else:
        model.backbone.save_pretrained(folder)
        model.prompt.tokenizer.save_pretrained(folder)
    size = sum(path.stat().st_size for path in folder.iterdir())
    wrote = f"wrote {folder} ({size / 2**20:.1f} MiB)"
    return f"{wrote}\nuploaded to {push(folder, args.push)}" if args.push else wrote


def _check_run(manifest: Path) -> None:
    """Only a run whose record stands is exported."""
    if not manifest.is_file():
        raise FileNotFoundError(
            f"{manifest} is missing; is {manifest.parent} the output folder of a run?"
        )
    record = json.loads(manifest.read_text())
    if record["status"] == "failed":
        raise ValueError(
            f"{manifest} says that the run failed ({record['error']}); go on with --resume first"
        )
