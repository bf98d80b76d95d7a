"""`python -m train fit`: build tokenizer and model, train, leave a checkpoint folder.

    runs/x/state.safetensors   to resume from
    runs/x/log.jsonl           losses and accuracies over the run
    runs/x/checkpoint/         what `python app.py --checkpoint` and `train evaluate` read
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch import nn
from transformers import LlamaConfig

import codi
from codi.answers import parse_answer, same
from codi.config import CodiConfig
from codi.decode import Options, decode_many
from codi.model import CodiModel
from codi.prompt import join_steps
from train.batch import Batch
from train.config import PRESETS, TrainConfig
from train.data import Example, load
from train.loop import Trainer
from train.numbers import place_numbers
from train.objectives import Objective
from train.resample import clean
from train.stream import Mixture, Pools
from train.synthetic import generate
from train.tokenizer import NUMBERS, SPECIAL, build

TOKENIZER_SAMPLE = 20_000
"""Examples that the tokenizer is trained on."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `fit`."""
    parser.add_argument("--preset", choices=sorted(PRESETS), required=True)
    parser.add_argument("--output", type=Path, required=True, help="folder of the run")
    parser.add_argument("--problems", help="annotated problems to resample, e.g. gsm8k_train.jsonl")
    parser.add_argument("--seed", type=int, help="another random run; default: the preset's")
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare batches")
    parser.add_argument("--resume", action="store_true", help="go on where the run stopped")


def new_model(config: TrainConfig, mixture: Mixture) -> CodiModel:
    """Tokenizer from the run's own stream, Llama-shaped model, number tokens placed on waves."""
    texts = (
        text
        for example in (mixture.example(i) for i in range(TOKENIZER_SAMPLE))
        for text in (example.question, f"{join_steps(example.steps)} {CodiConfig.cue}")
    )
    tokenizer = build(texts, config.vocab_size)
    pad, eos, bot, eot = tokenizer.convert_tokens_to_ids(list(SPECIAL))
    torch.manual_seed(config.seed)
    model = CodiModel.from_config(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=config.width,
            intermediate_size=config.inner,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            num_key_value_heads=config.heads,
            max_position_embeddings=1024,
            tie_word_embeddings=True,
            bos_token_id=None,
            eos_token_id=eos,
            pad_token_id=pad,
        ),
        CodiConfig(
            pad_id=pad,
            eos_id=eos,
            bot_id=bot,
            eot_id=eot,
            num_latents=config.num_latents,
            projection_width=config.projection_width,
            objective=config.objective,
        ),
        tokenizer,
    )
    embedding = model.backbone.get_input_embeddings().weight
    ids = tokenizer.convert_tokens_to_ids(NUMBERS)
    place_numbers(embedding.data, ids, [float(text) for text in NUMBERS], config.seed)
    return model


def validation(model: CodiModel, config: TrainConfig, examples: list[Example]) -> dict[str, float]:
    """Accuracy as teacher, as student and as student without thoughts; likeness of the thoughts."""
    questions = [example.question for example in examples]
    found: dict[str, float] = {}
    for name, mode, latents in (
        ("teacher", "teacher", None),
        ("student", "student", None),
        ("student_without_thoughts", "student", 0),
    ):
        options = Options(num_latents=latents, max_new_tokens=80, top_k=1)
        traces = decode_many(model, questions, mode, options, batch_size=len(questions))  # type: ignore[arg-type]
        right = [
            same(trace.answer, parse_answer(example.answer))
            for trace, example in zip(traces, examples, strict=True)
        ]
        found[f"accuracy_{name}"] = sum(right) / len(right)
    return found


def describe(model: CodiModel, example: Example, batch: Batch) -> str:
    """The first row of the first batch, as text and as ids: the cheapest data bug detector."""
    pad = model.config.pad_id
    lines = [f"one example: {example}"]
    for name in ("question", "teacher", "student"):
        ids = [i for i in getattr(batch, name)[0].tolist() if i != pad]
        lines.append(f"{name:>9}: {'|'.join(model.prompt.piece(i) for i in ids)}")
    lines.append(f"  results: {batch.results[0].tolist()}")
    return "\n".join(lines)


def main(args: argparse.Namespace) -> str:
    """Train; returns one line for the terminal."""
    config = PRESETS[args.preset]
    if args.seed is not None:
        config = replace(config, seed=args.seed)
    args.output.mkdir(parents=True, exist_ok=True)
    if (args.output / "state.safetensors").exists() and not args.resume:
        raise ValueError(f"{args.output} holds a run already; add --resume or choose another folder")
    problems = []
    if args.problems:
        rows = [asdict(example) for example in load(args.problems).examples]
        problems = [example for example in map(clean, rows) if example]
    mixture = Mixture(config, problems)
    model = new_model(config, mixture)
    held_out = [
        generate(config.seed, i, "heldout", max_steps=config.max_steps)
        for i in range(config.validation_size)
    ]

    def validate(objective: nn.Module, seen: int) -> dict[str, float]:
        # Called with the averaged weights in place: what is measured is what is saved.
        numbers = validation(model, config, held_out)
        codi.save(model, args.output / "checkpoint", dtype=torch.bfloat16)
        return numbers

    trainer = Trainer(
        Objective(model),
        Pools(model, mixture),
        config,
        args.output,
        validate=validate,
        workers=args.workers,
    )
    if args.resume:
        trainer.resume()
    trainer.run()
    return f"trained on {trainer.seen:,} examples; checkpoint in {args.output / 'checkpoint'}"
