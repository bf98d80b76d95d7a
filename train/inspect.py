"""`python -m train inspect`: studies of the thoughts over a data set, as one JSON with standard errors.

--what used         accuracy with all thoughts, none, zeroed, shuffled between questions, mean
--what effects      every edit of every thought: is the answer kept, how much less probable is it?
--what twin         change one number, transplant the twin's thoughts: whose answer comes out?
--what trace        do the thoughts name the steps' results; does a rebuilt sum predict a right answer?
--what votes        shaken thoughts, n samples: accuracy against n, accuracy against abstention
--what similarity   cosines between thoughts, and the collapse alarm
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

import codi
from codi.branch import ANSWER_TOKENS
from codi.decode import Options, decode_many
from codi.effects import average, edits_of, sweep
from codi.estimate import Estimate
from codi.matching import match_rates
from codi.model import CodiModel
from codi.recovery import trust
from codi.similarity import collapse
from codi.trace import Capture, Trace
from codi.twins import random_twin, twin_experiment, twin_shares
from codi.used import mean_thoughts, thoughts_used
from codi.votes import Shake, abstention_curve, accuracy_by_n, vote_many
from train.data import DRAWN, Example
from train.evaluate import add_question_arguments, chosen_questions
from train.manifest import plain, record
from train.score import grade

Found = tuple[dict[str, Any], str]
"""Metrics, and what to say about them in one line."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `inspect`."""
    parser.add_argument(
        "--checkpoint", default=str(codi.checkpoint.BUNDLED), help="folder or hub id"
    )
    parser.add_argument("--what", choices=STUDIES, required=True)
    add_question_arguments(parser, limit=200)
    parser.add_argument("--latents", type=int, help="thoughts (default: as trained)")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--samples", type=int, default=16, help="votes: samples of each question")
    parser.add_argument("--noise", type=float, default=0.5, help="votes, effects: strength in RMS")
    parser.add_argument("--dropout", type=float, default=0.0, help="votes: of a thought's numbers")
    parser.add_argument("--temperature", type=float, default=0.0, help="votes: of the answer")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--output", type=Path, required=True, help="where the result goes (JSON)")


def main(args: argparse.Namespace) -> str:
    """Run `inspect`; returns the line to print."""
    named = ("what", "batch_size")
    config = {name: getattr(args, name) for name in (*named, *SETTINGS.get(args.what, ()))}
    if args.data in DRAWN:
        config["max_steps"] = args.max_steps
    with record(
        "inspect", args.output, argv=args.argv, seed=args.seed, config=config, device=args.device
    ) as manifest:
        loaded = chosen_questions(args)
        examples = loaded.examples[: args.limit]
        manifest.use_data(loaded, len(examples))
        model = codi.load(args.checkpoint, device=args.device)
        manifest.use_model(args.checkpoint)
        if args.latents is None:
            args.latents = model.config.num_latents
        manifest.config["num_latents"] = args.latents
        metrics, line = STUDIES[args.what](model, examples, args)
        manifest.metrics.update(plain(metrics))
    return f"{args.what} on {' '.join([loaded.name, loaded.split]).strip()}: {line}"


def _used(model: CodiModel, examples: Sequence[Example], args: argparse.Namespace) -> Found:
    found = thoughts_used(
        model,
        [example.question for example in examples],
        [example.answer for example in examples],
        args.batch_size,
        num_latents=args.latents,
        seed=args.seed,
        progress=True,
    )
    line = ", ".join(f"{name} {_percent(each.accuracy)}" for name, each in found.items())
    return {"controls": found}, f"right with thoughts {line}"


def _effects(model: CodiModel, examples: Sequence[Example], args: argparse.Namespace) -> Found:
    traces = _decode(model, examples, args, Capture(latent=True))
    means = mean_thoughts(traces)
    tables = []
    for i, example in enumerate(tqdm(examples, desc="effects", unit="question")):
        donor = traces[(i + 1) % len(traces)].latents
        edits = edits_of(args.latents, mean=means, donor=donor, noise=[args.noise])
        *_, table = sweep(model, example.question, edits, num_latents=args.latents)
        tables.append(table)
    cells = average(tables)
    zero = (f"z{c.latent} {_percent(c.kept)}" for c in cells if c.name == "zero")
    return {"cells": cells}, f"answers kept with one thought erased: {', '.join(zero)}"


def _twin(model: CodiModel, examples: Sequence[Example], args: argparse.Namespace) -> Found:
    pairs, golds = [], []
    for example in examples:
        try:
            pairs.append((example.question, random_twin(example.question, args.seed)))
        except ValueError:  # no number in digits to change
            continue
        golds.append(example.answer)
    results = twin_experiment(
        model, pairs, num_latents=args.latents, batch_size=args.batch_size, progress=True
    )
    right = [result for result, gold in zip(results, golds, strict=True) if result.answer == gold]
    metrics: dict[str, Any] = {
        "pairs": len(pairs),
        "without_number": len(examples) - len(pairs),
        "shares": twin_shares(results),
        "shares_where_right": twin_shares(right),
        "examples": results[:10],
    }
    shares = metrics["shares"]
    line = ", ".join(f"{name} {_percent(share['follows'])}" for name, share in shares.items())
    return metrics, f"answers that follow the twin's thoughts: {line}"


def _trace(model: CodiModel, examples: Sequence[Example], args: argparse.Namespace) -> Found:
    traces = _decode(model, examples, args, Capture())
    right = [
        (trace, example.steps)
        for trace, example in zip(traces, examples, strict=True)
        if grade(trace, example.answer)[0]
    ]
    golds = [example.answer for example in examples]
    metrics: dict[str, Any] = {
        "step_match_where_right": match_rates([t for t, _ in right], [s for _, s in right]),
        "recovered_top_1": trust(traces, golds, 1),
        "recovered_top_5": trust(traces, golds, 5),
    }
    mark = metrics["recovered_top_1"]
    return metrics, (
        f"{_percent(mark.coverage)} verified; right among these {_percent(mark.precision)}, "
        f"among the others {_percent(mark.rest)}"
    )


def _votes(model: CodiModel, examples: Sequence[Example], args: argparse.Namespace) -> Found:
    if args.samples < 1:
        raise ValueError(f"--samples must be at least 1, got {args.samples}")
    shake = Shake(args.noise, args.dropout, args.temperature, args.seed)
    questions = [example.question for example in examples]
    golds = [example.answer for example in examples]
    traces = _decode(model, examples, args, Capture())
    together = max(1, args.batch_size // args.samples)
    votes = []
    for start in tqdm(range(0, len(questions), together), desc="votes", unit="batch"):
        batch = questions[start : start + together]
        votes += vote_many(model, batch, args.samples, shake, num_latents=args.latents)
    marks = [grade(trace, gold)[0] for trace, gold in zip(traces, golds, strict=True)]
    sizes = sorted({*(2**i for i in range(9) if 2**i < args.samples), args.samples})
    metrics: dict[str, Any] = {
        "plain": Estimate.share(marks),
        "by_n": accuracy_by_n(votes, golds, sizes),
        "abstention": abstention_curve(votes, golds),
    }
    last = metrics["by_n"][-1].values
    return metrics, (
        f"one plain answer {_percent(metrics['plain'])}, vote of {args.samples} "
        f"{_percent(last['vote'])}, most probable of them {_percent(last['best'])}"
    )


def _similarity(model: CodiModel, examples: Sequence[Example], args: argparse.Namespace) -> Found:
    traces = _decode(model, examples, args, Capture(latent=True, hidden=True))
    metrics: dict[str, Any] = {what: collapse(traces, what) for what in ("thoughts", "states")}
    found = metrics["thoughts"]
    return metrics, (
        f"cosine odd {found.odd:.2f}, even {found.even:.2f}, across {found.across:.2f}, between "
        f"questions {found.questions:.2f}; {'; '.join(found.alarms) or 'no alarm'}"
    )


STUDIES: dict[str, Callable[[CodiModel, Sequence[Example], argparse.Namespace], Found]] = {
    "used": _used,
    "effects": _effects,
    "twin": _twin,
    "trace": _trace,
    "votes": _votes,
    "similarity": _similarity,
}
SETTINGS = {"votes": ("samples", "noise", "dropout", "temperature"), "effects": ("noise",)}
"""Options that belong to one study only."""


def _decode(
    model: CodiModel, examples: Sequence[Example], args: argparse.Namespace, capture: Capture
) -> list[Trace]:
    questions = [example.question for example in examples]
    options = Options(
        num_latents=args.latents, max_new_tokens=ANSWER_TOKENS, capture=capture, top_k=5
    )
    return decode_many(
        model, questions, "student", options, batch_size=args.batch_size, progress=True
    )


def _percent(share: Estimate) -> str:
    return f"{100 * share.value:.1f} % ± {100 * share.standard_error:.1f}"
