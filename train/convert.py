"""`python -m train convert SOURCE OUT`: from the official layout to ours, and back.

SOURCE is anything that `codi.load` reads: a folder, a weight file, a hub id. The report says what was
found in the file and what had to be assumed. `--to official` writes what the authors' scripts read;
`--to backbone` a plain Hugging Face folder of the language model without its projection.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from safetensors.torch import save_file

import codi
from codi.checkpoint import Assumed, CheckpointError, plan_official
from codi.official import to_official


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `convert`."""
    parser.add_argument("source", help="a folder, a weight file, or a hub id (owner/name)")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--to", choices=("codi", "official", "backbone"), default="codi")
    parser.add_argument("--revision", help="commit, tag or branch of a hub id")
    parser.add_argument("--tokenizer", help="a folder or hub id (default: the authors' choice)")
    parser.add_argument(
        "--trust-bin", action="store_true", help="also read .bin files, restricted to tensors"
    )
    parser.add_argument("--lora-alpha", type=float, default=Assumed.lora_alpha)
    parser.add_argument("--latents", type=int, default=Assumed.num_latents)
    parser.add_argument("--vocab-size", type=int, help="entries of the tokenizer; with --eos-id")
    parser.add_argument("--eos-id", type=int, help="the token that ends an answer")
    parser.add_argument("--heads", type=int, help="attention heads (default: by family and width)")


def main(args: argparse.Namespace) -> str:
    """Run `convert`; returns the report."""
    started = time.perf_counter()
    assumed = Assumed(
        lora_alpha=args.lora_alpha,
        num_latents=args.latents,
        vocab_size=args.vocab_size,
        eos_id=args.eos_id,
        heads=args.heads,
    )
    model = codi.load(
        args.source,
        revision=args.revision,
        tokenizer=args.tokenizer,
        assumed=assumed,
        trust_bin=args.trust_bin,
    )
    if args.to == "codi":
        codi.save(model, args.out)
    elif args.to == "official":
        state = to_official(model)
        args.out.mkdir(parents=True, exist_ok=True)
        save_file(state, args.out / "model.safetensors", metadata={"format": "pt"})
    else:
        model.backbone.save_pretrained(args.out)
        model.prompt.tokenizer.save_pretrained(args.out)
    try:
        report = plan_official(
            args.source, revision=args.revision, assumed=assumed, trust_bin=args.trust_bin
        ).report()
    except CheckpointError:
        report = "source      a checkpoint of ours, nothing assumed"
    size = sum(p.numel() for p in model.parameters())
    return (
        f"{report}\nparameters  {size:,}\n"
        f"wrote {args.out} ({args.to}) in {time.perf_counter() - started:.1f} s"
    )
