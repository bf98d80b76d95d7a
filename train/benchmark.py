"""`python -m train benchmark`: how long does one answer take, spoken and thought?

Every question is answered alone (batch 1, greedy), by teacher and student in turn, the order swapped
from question to question so that a machine that warms up or slows down is fair to both. The first
questions warm up and do not count. What is timed is a plain pass, without capturing anything.

The same is done with nothing but `transformers`: the teacher by its own `generate`, the student by a
loop that spells the recurrence out. Both must write the very same tokens as `codi.decode`; so the loop
is also the shortest honest description of what a student does.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

import codi
from codi.decode import Options, decode
from codi.model import CodiModel
from codi.trace import Mode, Trace
from train.evaluate import add_question_arguments, chosen_questions
from train.manifest import plain, record

SPOKEN_OR_THOUGHT: tuple[Mode, Mode] = ("teacher", "student")
WARM_UP = 3
"""Questions answered before the clock counts."""


@dataclass(frozen=True)
class Times:
    """Seconds over questions: median and quartiles."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        """`12.3 [11.9, 13.0]`, in milliseconds."""
        return f"{1e3 * self.median:.1f} [{1e3 * self.low:.1f}, {1e3 * self.high:.1f}]"


@dataclass(frozen=True)
class Answered:
    """One timed answer: seconds, the ids written and, from `codi`, the Trace."""

    seconds: float
    ids: list[int]
    trace: Trace | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `benchmark`."""
    parser.add_argument(
        "--checkpoint", default=str(codi.checkpoint.BUNDLED), help="folder or hub id"
    )
    add_question_arguments(parser, limit=50)
    parser.add_argument("--latents", type=int, help="thoughts (default: as trained)")
    parser.add_argument("--max-new-tokens", type=int, default=160, help="longest answer, in tokens")
    parser.add_argument("--output", type=Path, required=True, help="where the times go (JSON)")


def main(args: argparse.Namespace) -> str:
    """Run `benchmark`; returns a small table."""
    config = {"questions": args.limit, "warm_up": WARM_UP, "batch_size": 1}
    with record(
        "benchmark", args.output, argv=args.argv, seed=args.seed, config=config
    ) as manifest:
        loaded = chosen_questions(args, spare=WARM_UP)
        questions = [example.question for example in loaded.examples[: args.limit + WARM_UP]]
        if len(questions) < args.limit + WARM_UP:
            raise ValueError(
                f"{loaded.name} has {len(questions)} questions; {args.limit} to time and "
                f"{WARM_UP} to warm up are needed; lower --limit"
            )
        manifest.use_data(loaded, args.limit)
        model = codi.load(args.checkpoint)
        manifest.use_model(args.checkpoint)
        options = Options(num_latents=args.latents, max_new_tokens=args.max_new_tokens)
        manifest.config["num_latents"] = _thoughts(model, options)
        manifest.metrics.update(plain(benchmark(model, questions, options, warm_up=WARM_UP)))
        return _table(manifest.metrics)


def benchmark(
    model: CodiModel, questions: Sequence[str], options: Options, *, warm_up: int = WARM_UP
) -> dict[str, dict[str, Any]]:
    """Times of four ways to answer, by name, and the ratios between them.

    Args:
        questions: the first `warm_up` of them do not count.

    Returns:
        `codi` and `transformers`, each with `teacher` and `student` (seconds: a `Times`) and the
        per-question `ratio` teacher / student; under `codi` also forward passes and phases.
    """
    runs: dict[tuple[str, Mode], list[Answered]] = {
        (source, mode): [] for source in WRITERS for mode in SPOKEN_OR_THOUGHT
    }
    for number, question in enumerate(tqdm(questions, desc="benchmark", unit="question")):
        order = list(runs) if number % 2 else list(reversed(runs))
        found = {way: WRITERS[way[0]](model, question, way[1], options) for way in order}
        for mode in SPOKEN_OR_THOUGHT:
            ours, theirs = found["codi", mode].ids, found["transformers", mode].ids
            assert ours == theirs, (mode, question, ours, theirs)
        if number >= warm_up:
            for way, answered in found.items():
                runs[way].append(answered)
    results: dict[str, dict[str, Any]] = {}
    for source in WRITERS:
        teacher, student = ([r.seconds for r in runs[source, mode]] for mode in SPOKEN_OR_THOUGHT)
        ratio = times([spoken / thought for spoken, thought in zip(teacher, student, strict=True)])
        results[source] = {"teacher": times(teacher), "student": times(student), "ratio": ratio}
    for mode in SPOKEN_OR_THOUGHT:
        traces = [run.trace for run in runs["codi", mode] if run.trace]
        results["codi"][f"{mode}_passes"] = times([trace.forward_passes for trace in traces])
        results["codi"][f"{mode}_phases"] = {
            phase: times([trace.phases[phase] for trace in traces]) for phase in traces[0].phases
        }
    return results


def times(values: Sequence[float]) -> Times:
    """Median and quartiles of the values, whatever their unit."""
    low, median, high = np.percentile(values, [25, 50, 75])
    return Times(float(median), float(low), float(high))


def teacher_generate(model: CodiModel, question: str, options: Options) -> list[int]:
    """Ids written by the backbone's own `generate`."""
    ids = torch.tensor([model.prompt.question(question)[0]], device=model.device)
    config = model.config
    backbone: Any = model.backbone  # `generate` comes with the concrete class
    written = backbone.generate(
        ids,
        attention_mask=torch.ones_like(ids),
        do_sample=False,
        max_new_tokens=options.max_new_tokens,
        eos_token_id=config.eos_id,
        pad_token_id=config.pad_id,
        suppress_tokens=[config.pad_id, config.bot_id, config.eot_id],
    )
    return written[0, ids.shape[1] :].tolist()


@torch.inference_mode()
def student_loop(model: CodiModel, question: str, options: Options) -> list[int]:
    """Ids written by the recurrence spelled out: no batch, no padding, no record."""
    config, backbone = model.config, model.backbone
    embed = backbone.get_input_embeddings()

    def token(i: int) -> torch.Tensor:
        return embed(torch.tensor([[i]], device=model.device))

    ids = torch.tensor([[*model.prompt.question(question)[0], config.bot_id]], device=model.device)
    out = backbone(inputs_embeds=embed(ids), use_cache=True, output_hidden_states=True)
    for _ in range(_thoughts(model, options)):
        thought = model.projection(out.hidden_states[-1][:, -1:])
        out = backbone(inputs_embeds=thought, cache=out.cache, output_hidden_states=True)
    written: list[int] = []
    following = config.eot_id
    while following != config.eos_id and len(written) < options.max_new_tokens:
        out = backbone(inputs_embeds=token(following), cache=out.cache)
        out.logits[..., [config.pad_id, config.bot_id, config.eot_id]] = -torch.inf
        following = int(out.logits[0, -1].argmax())
        written.append(following)
    return written


def _with_codi(model: CodiModel, question: str, mode: Mode, options: Options) -> Answered:
    trace = decode(model, question, mode, options)
    ids = [step.token for step in trace.steps if step.token is not None]
    return Answered(trace.seconds, ids, trace)


def _with_transformers(model: CodiModel, question: str, mode: Mode, options: Options) -> Answered:
    write = teacher_generate if mode == "teacher" else student_loop
    start = time.perf_counter()
    ids = write(model, question, options)
    return Answered(time.perf_counter() - start, ids)


WRITERS = {"codi": _with_codi, "transformers": _with_transformers}


def _thoughts(model: CodiModel, options: Options) -> int:
    return model.config.num_latents if options.num_latents is None else options.num_latents


def _table(metrics: dict[str, Any]) -> str:
    lines = [f"{'milliseconds an answer':24}{'teacher':>24}{'student':>24}{'ratio':>20}"]
    for source in ("codi", "transformers"):
        row = {name: Times(**metrics[source][name]) for name in ("teacher", "student", "ratio")}
        ratio = f"{row['ratio'].median:.2f} [{row['ratio'].low:.2f}, {row['ratio'].high:.2f}]"
        lines.append(f"{source:24}{row['teacher']!s:>24}{row['student']!s:>24}{ratio:>20}")
    passes = [metrics["codi"][f"{mode}_passes"]["median"] for mode in ("teacher", "student")]
    lines.append(f"{'forward passes':24}{passes[0]:>24.0f}{passes[1]:>24.0f}")
    return "\n".join([*lines, "median [quartiles] over questions, batch 1, greedy"])
