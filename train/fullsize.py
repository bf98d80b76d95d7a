"""`python -m train fullsize`: the official GPT-2 checkpoint at its real size, read on this machine.

The file has the published one's names, shapes, types and size (124M parameters, LoRA of rank 128, the
embedding stored twice: method.md 6.2) and random weights, so that nothing is downloaded and nothing
sensible is answered. A process of its own converts it and answers one question; that is what
`python app.py --checkpoint zen-E/CODI-gpt2` does before the first visitor comes. Beside the clock stands
the processor's time, which other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from transformers import GPT2Config, PreTrainedTokenizerFast

import codi
from codi.bases import BASES
from codi.config import CodiConfig
from codi.model import CodiModel
from codi.official import LORA_RANK, to_official
from codi.tensors import write_tensors
from train.card import fill_between
from train.manifest import ROOT, portable, record
from train.tokenizer import build

QUESTION = "Tom has 3 bags of 4 apples. He eats 2. How many apples are left?"
BASE = BASES["gpt2"]
TENSORS, BYTES = 251, 406_311_936
"""Of the published file."""
PEAK_LIMIT = 1.6e9
"""Bytes of memory that reading and answering may take."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `fullsize`."""
    parser.add_argument("--output", type=Path, required=True, help="where the times go (JSON)")
    parser.add_argument("--readme", type=Path, help="also write the table between its markers")


def main(args: argparse.Namespace) -> str:
    """Run `fullsize`; returns a small table.

    Raises:
        ValueError: the peak of memory is above the limit.
    """
    with (
        record("fullsize", args.output, argv=args.argv, seed=0) as manifest,
        tempfile.TemporaryDirectory() as scratch,
    ):
        folder = Path(scratch)
        state = write_checkpoint(folder, GPT2Config(vocab_size=BASE.vocab_size + 3))
        size = sum(tensor.nbytes for tensor in state.values())
        assert (len(state), size) == (TENSORS, BYTES), (len(state), size)
        del state
        words = [sys.executable, "-m", "train.fullsize", str(folder), str(time.time())]
        run = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        found = {"tensors": TENSORS, "bytes": BYTES, **json.loads(run.stdout)}
        manifest.metrics = found
        if found["peak_bytes"] > PEAK_LIMIT:
            raise ValueError(f"peak of memory {found['peak_bytes']:,} is above {PEAK_LIMIT:,.0f}")
    text = table(found, args.output, manifest.env)
    if args.readme:
        filled = fill_between(args.readme, text, "fullsize")
        args.readme.write_text(filled, encoding="utf-8")
    return text


def write_checkpoint(
    folder: Path, backbone: GPT2Config, rank: int = LORA_RANK
) -> dict[str, torch.Tensor]:
    """Random weights in the official layout, and a tokenizer with as many entries as GPT-2's."""
    torch.manual_seed(0)
    tokenizer = _tokenizer()
    v = BASE.vocab_size
    config = CodiConfig(
        pad_id=v, bot_id=v + 1, eot_id=v + 2, eos_id=BASE.eos_id, projection_width=backbone.n_embd
    )
    state = to_official(CodiModel.from_config(backbone, config, tokenizer), rank=rank)
    for name, tensor in state.items():
        if "lora_" in name:
            tensor.normal_(std=0.02)
        elif not name.startswith("prj."):
            state[name] = tensor.bfloat16()
    write_tensors(state, folder / "model.safetensors")
    tokenizer.save_pretrained(folder)
    return state


def measure(folder: Path, launched: float) -> dict[str, Any]:
    """Seconds and bytes of this process: read the checkpoint, answer one question.

    Args:
        launched: when the process was started, by `time.time()`.
    """
    clock, processor = time.perf_counter(), time.process_time()
    model = codi.load(folder)
    found = {
        "convert_seconds": time.perf_counter() - clock,
        "convert_cpu_seconds": time.process_time() - processor,
        "startup_seconds": time.time() - launched,
        "startup_cpu_seconds": time.process_time(),
    }
    clock, processor = time.perf_counter(), time.process_time()
    trace = codi.decode(model, QUESTION, options=codi.Options(max_new_tokens=8))
    return found | {
        "answer_seconds": time.perf_counter() - clock,
        "answer_cpu_seconds": time.process_time() - processor,
        "answer_passes": trace.forward_passes,
        "parameters": sum(p.numel() for p in model.parameters()),
        "peak_bytes": _peak(),
    }


def table(found: dict[str, Any], path: Path, env: dict[str, Any]) -> str:
    """The measurement as Markdown."""
    rows = [
        ("start to ready, imports and conversion included", "startup"),
        ("of this, the conversion", "convert"),
        (f"one answer of {found['answer_passes']} passes", "answer"),
    ]
    lines = ["| | seconds | processor seconds |", "| --- | ---: | ---: |"]
    lines += [
        f"| {title} | {found[f'{key}_seconds']:.1f} | {found[f'{key}_cpu_seconds']:.1f} |"
        for title, key in rows
    ]
    return "\n".join(
        [
            *lines,
            "",
            f"File of {found['bytes'] / 1e6:.0f} MB, {found['tensors']} tensors; peak of memory "
            f"[{found['peak_bytes'] / 1e9:.2f} GB]({portable(path)}); {env['cpu']}, {env['cores']} cores, "
            f"load of the machine at the start {env['load']}.",
        ]
    )


def _tokenizer() -> PreTrainedTokenizerFast:
    """As many entries as GPT-2's; the ones that the question does not need are fillers."""
    small = build([QUESTION, CodiConfig.cue], 1400)
    values = json.loads(small.backend_tokenizer.to_str())
    vocabulary = values["model"]["vocab"]
    vocabulary |= {f"<filler {i}>": i for i in range(len(small), BASE.vocab_size)}
    backend = type(small.backend_tokenizer).from_str(json.dumps(values))
    return PreTrainedTokenizerFast(tokenizer_object=backend)


def _peak() -> int:
    """Most bytes that this process ever had in memory (Linux).

    Not `getrusage`: a new process inherits its parent's peak there.
    """
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return 1024 * int(line.split()[1])


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), float(sys.argv[2]))))  # noqa: T201
