"""`python -m train mean A B ... --output C`: one checkpoint from several of one lineage.

Two runs that go on from the same weights end in the same valley, on different sides of it. The mean of
their weights lies nearer to its floor, and often answers better than either, at the cost of none (Izmailov
et al. 2018, arXiv 1803.05407; Wortsman et al. 2022, arXiv 2203.05482). Of unrelated checkpoints the mean is
noise, which nothing here can tell: measure it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

import codi
from codi.model import CodiModel
from train.fit import record_of, seed_of
from train.manifest import record, sha256_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `mean`."""
    parser.add_argument(
        "checkpoints", type=Path, nargs="+", help="two or more folders in our format"
    )
    parser.add_argument("--output", type=Path, required=True, help="the folder to write")


def mean(models: Sequence[CodiModel]) -> CodiModel:
    """The first of `models`, its weights replaced by the mean of all.

    Raises:
        ValueError: they differ in shape, number of thoughts or vocabulary.
    """
    first, *others = models
    shapes = {name: p.shape for name, p in first.named_parameters()}
    vocabulary = first.prompt.tokenizer.get_vocab()
    for number, other in enumerate(others, 2):
        for what, same in (
            ("shape", {name: p.shape for name, p in other.named_parameters()} == shapes),
            ("number of thoughts", other.config.num_latents == first.config.num_latents),
            ("vocabulary", other.prompt.tokenizer.get_vocab() == vocabulary),
        ):
            if not same:
                raise ValueError(
                    f"checkpoint {number} has another {what} than the first; only those of one "
                    "lineage have a mean"
                )
    states = [dict(model.named_parameters()) for model in models]
    with torch.no_grad():
        for name, parameter in first.named_parameters():
            parameter.copy_(torch.stack([state[name] for state in states]).mean(0))
    return first


def main(args: argparse.Namespace) -> str:
    """Run `mean`; returns one line for the terminal.

    The weights are stored in bfloat16, as those of a run are. The record holds those of all the runs, and
    the highest of their seeds, so that a run that goes on from here meets new problems.

    Raises:
        FileNotFoundError, CheckpointError: as `codi.load`.
        ValueError: as `mean`; or only one is given.
    """
    if len(args.checkpoints) < 2:
        raise ValueError(f"a mean is of two checkpoints or more, got {len(args.checkpoints)}")
    # All is read before anything is written: the output may be one of them.
    model = mean([codi.load(folder) for folder in args.checkpoints])
    parts = [
        {"sha256": sha256_of(folder / "model.safetensors"), "record": record_of(folder)}
        for folder in args.checkpoints
    ]
    seeds = [seed for folder in args.checkpoints if (seed := seed_of(folder)) is not None]
    with record(
        "mean", args.output / "manifest.json", argv=args.argv, seed=max(seeds, default=None)
    ) as manifest:
        manifest.config["checkpoints"] = parts
        codi.save(model, args.output, dtype=torch.bfloat16)
    return f"wrote the mean of {len(args.checkpoints)} checkpoints to {args.output}"
