"""`python -m train convert SOURCE OUT`: from the official layout to our format.

SOURCE is a folder, a weight file or a hub id (`owner/name`, or `owner/name@revision`). The report says
what was found in the file and what had to be assumed, each of which an option overrules. To name a
`.bin` file here is to ask for it to be opened, by PyTorch's restricted reader.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import codi
from codi.checkpoint import Assumed, plan_official


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `convert`."""
    parser.add_argument("source", help="a folder, a weight file, or a hub id (owner/name@revision)")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--tokenizer", help="a folder or hub id (default: the authors' choice)")
    parser.add_argument("--lora-alpha", type=float, default=Assumed.lora_alpha)
    parser.add_argument("--latents", type=int, default=Assumed.num_latents)
    parser.add_argument("--vocab-size", type=int, help="entries of the tokenizer; with --eos-id")
    parser.add_argument("--eos-id", type=int, help="the token that ends an answer")
    parser.add_argument("--heads", type=int, help="attention heads (default: by family and width)")
    parser.add_argument(
        "--tied",
        action=argparse.BooleanOptionalAction,
        help="whether output and input embedding are one (default: by family and width)",
    )


def main(args: argparse.Namespace) -> str:
    """Run `convert`; returns the report.

    Raises:
        FileNotFoundError, CheckpointError: as `codi.load`; also if SOURCE is in our format already.
    """
    started = time.perf_counter()
    assumed = Assumed(
        lora_alpha=args.lora_alpha,
        num_latents=args.latents,
        vocab_size=args.vocab_size,
        eos_id=args.eos_id,
        heads=args.heads,
        tied=args.tied,
    )
    report = plan_official(args.source, assumed=assumed, trust_bin=True).report()
    model = codi.load(args.source, tokenizer=args.tokenizer, assumed=assumed, trust_bin=True)
    codi.save(model, args.out)
    size = sum(p.numel() for p in model.parameters())
    seconds = time.perf_counter() - started
    return f"{report}\nparameters  {size:,}\nwrote {args.out} in {seconds:.1f} s"
