"""`python -m train fit`: build tokenizer and model, train, leave a checkpoint folder.

runs/x/state.safetensors   to resume from
runs/x/log.jsonl           losses and accuracies over the run
runs/x/manifest.json       command, commit, settings, machine, hours
runs/x/checkpoint/         what `python app.py --checkpoint` and `train evaluate` read
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn
from tqdm import tqdm
from transformers import LlamaConfig

import codi
from codi.answers import parse_answer, same
from codi.config import CodiConfig
from codi.decode import Options, decode_many
from codi.model import CodiModel, embedding_of
from codi.prompt import join_steps
from codi.similarity import collapse
from codi.trace import Capture
from codi.used import thoughts_used
from train.batch import IGNORE, tokenise
from train.config import PRESETS, TrainConfig
from train.data import Example, load
from train.deepen import deepen
from train.loop import Trainer, entries, saved_config
from train.manifest import record
from train.numbers import place_numbers
from train.objectives import Objective
from train.resample import usable
from train.stream import Mixture, Pools
from train.synthetic import generate
from train.tokenizer import NUMBERS, SPECIAL, build
from train.views import codi_view

TOKENIZER_SAMPLE = 20_000
"""Examples that the tokenizer is trained on."""
VALIDATION_SEED = 11
"""Every run is validated on the same held-out problems, so that runs compare."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `fit`."""
    parser.add_argument("--preset", choices=sorted(PRESETS), required=True)
    parser.add_argument("--output", type=Path, required=True, help="folder of the run")
    parser.add_argument("--problems", help="annotated problems to resample, e.g. gsm8k_train.jsonl")
    parser.add_argument(
        "--init",
        type=Path,
        help="checkpoint to start from, instead of a new model; the preset may add layers and sets "
        "the number of thoughts",
    )
    parser.add_argument(
        "--seed",
        type=int,
        help="another random run; default: the preset's, or one more than that of the checkpoint to "
        "start from: a run that goes on meets problems that the checkpoint has not seen",
    )
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
    vocabulary = tokenizer.get_vocab()
    pad, eos, bot, eot = (vocabulary[token] for token in SPECIAL)
    settings = CodiConfig(
        pad_id=pad,
        eos_id=eos,
        bot_id=bot,
        eot_id=eot,
        num_latents=config.num_latents,
        projection_width=config.projection_width,
        objective=config.objective,
    )
    torch.manual_seed(config.seed)
    shape = LlamaConfig(
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
    )
    model = CodiModel.from_config(shape, settings, tokenizer)
    embedding = embedding_of(model.backbone)
    # Large enough that AdamW's steps, which do not know the scale, leave the waves standing.
    torch.nn.init.normal_(embedding, std=0.06)
    numbers = [vocabulary[text] for text in NUMBERS]
    place_numbers(embedding, numbers, [float(text) for text in NUMBERS], config.seed)
    return model


def validation(
    model: CodiModel, examples: list[Example], *, thinks: bool
) -> dict[str, float | list[str]]:
    """Accuracy as teacher; if the student is trained already, its accuracy and its guards.

    The guards: accuracy without thoughts, with zeros, with another question's and with mean thoughts
    (`codi.used`), and the cosines between thoughts with their alarms (`codi.similarity`).
    """
    questions = [example.question for example in examples]
    golds = [example.answer for example in examples]
    options = Options(max_new_tokens=80, top_k=1)
    traces = decode_many(model, questions, "teacher", options, batch_size=len(questions))
    right = [
        same(trace.answer, parse_answer(gold)) for trace, gold in zip(traces, golds, strict=True)
    ]
    found: dict[str, float | list[str]] = {"accuracy_teacher": sum(right) / len(right)}
    if not thinks:
        return found
    for name, control in thoughts_used(model, questions, golds, len(questions)).items():
        found[f"accuracy_student_{name}"] = control.accuracy.value
    options = replace(options, capture=Capture(latent=True))
    alike = collapse(decode_many(model, questions, "student", options)).to_dict()
    names = ("odd", "even", "across", "questions")
    return found | {f"cosine_{n}": alike[n] for n in names} | {"alarms": alike["alarms"]}


def describe(model: CodiModel, example: Example) -> str:
    """One example as the model reads it: the cheapest data bug detector."""
    row = tokenise(model, codi_view(example))
    lines = [f"one example: {example}"]
    for name in ("question", "teacher", "student"):
        ids = getattr(row, name)
        lines.append(f"{name:>9}: {'|'.join(model.prompt.piece(i) for i in ids)}")
    named = ["-" if i == IGNORE else model.prompt.piece(i) for i in row.results]
    return "\n".join([*lines, f"  results: {' '.join(named)}"])


def record_of(checkpoint: Path) -> dict[str, Any] | None:
    """The record of what made a checkpoint; None if nothing is known of it.

    An exported checkpoint holds it, one that is still in its run's folder has it beside itself.
    """
    for folder in (checkpoint, checkpoint.parent):
        manifest = folder / "manifest.json"
        if manifest.is_file():
            record: dict[str, Any] = json.loads(manifest.read_text())
            return record
    return None


def seed_of(checkpoint: Path) -> int | None:
    """The seed of the run that made a checkpoint; None if it is not known."""
    return (record_of(checkpoint) or {}).get("seed")


def _seed(args: argparse.Namespace, default: int) -> int:
    if args.seed is not None:
        return int(args.seed)
    if args.resume:
        return int(saved_config(args.output)["seed"])
    before = seed_of(args.init) if args.init else None
    return default if before is None else before + 1


def main(args: argparse.Namespace) -> str:
    """Train; returns one line for the terminal."""
    config = PRESETS[args.preset]
    config = replace(config, seed=_seed(args, config.seed))
    if (args.output / "state.safetensors").exists() and not args.resume:
        raise ValueError(
            f"{args.output} holds a run already; add --resume or choose another folder"
        )
    args.output.mkdir(parents=True, exist_ok=True)
    loaded = load(args.problems) if args.problems else None
    if loaded is not None and loaded.left_out:
        tqdm.write(loaded.left_out)
    problems, dropped = usable(map(asdict, loaded.examples if loaded else ()))
    mixture = Mixture(config, problems)
    # What is refused is refused here: a record that an earlier part left is not yet written over.
    trainer, model = _prepare(args, config, mixture)
    before = record_of(args.output / "checkpoint") if args.resume else None
    with record(
        "train",
        args.output / "manifest.json",
        argv=args.argv,
        seed=config.seed,
        config=config.to_dict(),
        device=trainer.accelerator.device.type,
    ) as manifest:
        if before:
            manifest.model = before["model"]
        elif args.init:
            manifest.use_model(args.init)
        if loaded is not None:
            manifest.use_data(loaded)
        try:
            trainer.run()
            trainer.close()
        finally:
            manifest.metrics = {
                "examples": trainer.seen,
                "train_seconds": round(trainer.seconds),
                "processes": trainer.accelerator.num_processes,
                "computed_in": "bfloat16" if trainer.bfloat16 else "float32",
                "parameters": sum(p.numel() for p in model.parameters()),
                "dropped": dropped | mixture.dropped,
                "curve": entries(args.output / "log.jsonl"),
            }
    return f"trained on {trainer.seen:,} examples; checkpoint in {args.output / 'checkpoint'}"


def _prepare(
    args: argparse.Namespace, config: TrainConfig, mixture: Mixture
) -> tuple[Trainer, CodiModel]:
    """A new run, or the one in `args.output` as it was left."""
    folder = args.output / "checkpoint"
    if args.resume:
        # The tokenizer is the run's own: built anew, it would follow every change of the generator.
        model = codi.load(folder)
        model.config = replace(model.config, objective=config.objective)  # perhaps planned anew
    elif args.init:
        model = deepen(codi.load(args.init), config.layers)
        model.config = replace(
            model.config, objective=config.objective, num_latents=config.num_latents
        )
    else:
        model = new_model(config, mixture)
    held_out = [
        generate(VALIDATION_SEED, i, "heldout", max_steps=config.max_steps)
        for i in range(config.validation_size)
    ]

    def validate(objective: nn.Module, seen: int) -> dict[str, float | list[str]]:
        # Called with the averaged weights in place: what is measured is what is saved.
        found = validation(model, held_out, thinks="student" in config.weights(seen))
        codi.save(model, folder, dtype=torch.bfloat16)
        return found

    pools = Pools(model, mixture)
    trainer = Trainer(
        Objective(model), pools, config, args.output, validate=validate, workers=args.workers
    )
    if args.resume:
        trainer.resume()
    elif trainer.accelerator.is_main_process:
        codi.save(model, folder)
        tqdm.write(describe(model, mixture.example(0)))
    return trainer, model
