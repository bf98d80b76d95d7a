"""`python -m train evaluate`: ask a checkpoint many questions in one mode, write a score.

--answers A.jsonl   every question with what was written, to study failures
--against A.jsonl   pair this run with the answers of an earlier one: student against teacher
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

import codi
from codi.decode import Options, decode_many
from codi.trace import MODES, Trace
from train.data import DRAWN, KNOWN, Example, Loaded, draw, load
from train.manifest import plain, record
from train.score import Score, compare, grade, score

DRAW = 500
"""Problems drawn from our generator unless --limit says otherwise."""


def add_question_arguments(parser: argparse.ArgumentParser, *, limit: int | None = None) -> None:
    """Options that choose questions, shared by every command that asks some."""
    names = ", ".join([*DRAWN, *KNOWN])
    parser.add_argument("--data", default="heldout", help=f"a .jsonl file or one of {names}")
    parser.add_argument("--split", default="test", help="split of a known set (default: test)")
    parser.add_argument("--limit", type=int, default=limit, help="only so many questions")
    parser.add_argument("--seed", type=int, default=0, help="of drawn questions and of shuffles")
    parser.add_argument("--max-steps", type=int, default=5, help="longest drawn problem")


def chosen_questions(args: argparse.Namespace, *, spare: int = 0) -> Loaded:
    """The questions that `add_question_arguments` described, not yet cut to `--limit`.

    Args:
        spare: how many to draw beyond the limit.
    """
    if args.limit is not None and args.limit < 1:
        raise ValueError(f"--limit must be at least 1, got {args.limit}")
    if args.data in DRAWN:
        return draw(
            args.data, (args.limit or DRAW) + spare, seed=args.seed, max_steps=args.max_steps
        )
    return load(args.data, args.split)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `evaluate`."""
    parser.add_argument(
        "--checkpoint", default=str(codi.checkpoint.BUNDLED), help="folder, file or hub id"
    )
    parser.add_argument("--mode", choices=MODES, required=True)
    add_question_arguments(parser)
    parser.add_argument("--latents", type=int, help="thoughts (default: as trained)")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--max-new-tokens", type=int, default=160, help="longest answer, in tokens")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument(
        "--paper",
        action="store_true",
        help="treat padding as the official code does: answers then depend on their batch",
    )
    parser.add_argument("--output", type=Path, required=True, help="where the score goes (JSON)")
    parser.add_argument("--answers", type=Path, help="also write every answer (JSON lines)")
    parser.add_argument("--against", type=Path, help="answers of an earlier run to compare with")


def main(args: argparse.Namespace) -> str:
    """Run `evaluate`; returns the line to print."""
    config = {
        name: getattr(args, name) for name in ("mode", "batch_size", "max_new_tokens", "paper")
    }
    if args.data in DRAWN:
        config["max_steps"] = args.max_steps
    if args.device == "cuda" and not torch.cuda.is_available():
        raise ValueError("--device cuda: PyTorch sees no GPU here; leave it out")
    with record(
        "evaluate", args.output, argv=args.argv, seed=args.seed, config=config, device=args.device
    ) as manifest:
        loaded = chosen_questions(args)
        examples = loaded.examples[: args.limit]
        reference = _marks_of(args.against, examples) if args.against else None
        manifest.use_data(loaded, len(examples))
        model = codi.load(args.checkpoint, trust_bin=True, device=args.device)
        manifest.use_model(args.checkpoint)
        thoughts = model.config.num_latents if args.latents is None else args.latents
        manifest.config["trained_latents"] = model.config.num_latents
        manifest.config["num_latents"] = thoughts if args.mode == "student" else 0
        options = Options(
            num_latents=thoughts, max_new_tokens=args.max_new_tokens, paper=args.paper
        )
        questions, start = [example.question for example in examples], time.perf_counter()
        traces = decode_many(
            model, questions, args.mode, options, batch_size=args.batch_size, progress=True
        )
        result = score(examples, traces, time.perf_counter() - start)
        manifest.metrics.update(plain(result))
        if reference:
            pairs = zip(examples, traces, strict=True)
            marks = [grade(trace, example.answer)[0] for example, trace in pairs]
            manifest.metrics["paired"] = plain(compare(marks, reference))
        if args.answers:
            write_answers(args.answers, examples, traces)
            manifest.add_file("answers", args.answers)
    return _line(args, loaded, result, manifest.metrics)


def write_answers(path: Path, examples: Sequence[Example], traces: Sequence[Trace]) -> None:
    """One JSON line a question: what was asked, expected, written, and whether it is right."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for example, trace in zip(examples, traces, strict=True):
            strict, flexible = grade(trace, example.answer)
            row = {
                "id": example.id,
                "question": example.question,
                "gold": example.answer,
                "steps": example.steps,
                "text": trace.text,
                "thoughts": [step.top[0].text for step in trace.thoughts if step.top],
                "finished": trace.done,
                "right": strict,
                "right_flexible": flexible,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_answers(path: Path) -> list[dict[str, Any]]:
    """What `write_answers` wrote.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: a line is broken or lacks something; names it.
    """
    if not path.is_file():
        raise FileNotFoundError(
            f"no answers at {path}; write them with python -m train evaluate --answers"
        )
    rows = []
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise ValueError(f"{path}, line {place}: not a JSON object; write the file anew")
        if missing := {"id", "question", "gold", "text", "right"} - set(row):
            raise ValueError(f"{path}, line {place}: lacks {', '.join(sorted(missing))}")
        rows.append(row)
    return rows


def _marks_of(path: Path, examples: Sequence[Example]) -> list[bool]:
    """The marks of an earlier run over the same questions."""
    rows = read_answers(path)
    if [row["question"] for row in rows] != [example.question for example in examples]:
        raise ValueError(f"{path} answers other questions; use the same data, limit and seed")
    return [bool(row["right"]) for row in rows]


def _line(args: argparse.Namespace, loaded: Loaded, result: Score, metrics: dict[str, Any]) -> str:
    one = result.strict
    line = (
        f"{args.mode} on {' '.join([loaded.name, loaded.split]).strip()}: {100 * one.value:.1f} % "
        f"± {100 * one.standard_error:.1f} of {one.n}, {result.forward_passes:.1f} passes and "
        f"{result.tokens:.1f} tokens a question"
    )
    if paired := metrics.get("paired"):
        ratio = "undefined" if paired["ratio"] is None else f"{paired['ratio']:.3f}"
        line += f"; ratio to the reference {ratio}, p = {paired['p']:.2g}"
    return "\n".join(filter(None, [line, loaded.left_out]))
