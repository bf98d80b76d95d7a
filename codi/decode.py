"""From a question to a Trace, one forward pass at a time.

Streaming is the primitive: `stream()` yields a longer Trace after every pass, `decode()` is its last
element, and `decode_many()` runs the same code over a padded batch and gives the same Traces. The clock
runs over the forward pass and the choice of the token only; naming the top-k, copying states for
display and whatever the caller does between two passes stay outside it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from codi.config import check_latents
from codi.model import CodiModel, Output
from codi.rollout import Context, Touch, think
from codi.trace import MODES, Array, Candidate, Capture, Edit, Kind, Mode, Step, Token, Trace


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to decode.

    Attributes:
        num_latents: K; None: as trained.
        max_new_tokens: cut-off for written tokens, eos included.
        temperature: 0 is greedy and ignores the seed.
        seed: with the question, names the random stream of its answer: the same in any batch.
        edits: changes of thoughts, in the order given; the same for every question.
        capture: what to keep of each pass.
        top_k: how many candidates to name at each state.
        paper: for parity studies, treat the padding of a batch as the official code does, so that
            answers depend on their company (docs/fidelity.md); batches keep the order given.
    """

    num_latents: int | None = None
    max_new_tokens: int = 160
    temperature: float = 0.0
    seed: int | None = None
    edits: tuple[Edit, ...] = ()
    capture: Capture = field(default_factory=Capture)
    top_k: int = 5
    paper: bool = False

    def __post_init__(self) -> None:
        if self.num_latents is not None:
            check_latents(self.num_latents)
        for name in ("max_new_tokens", "top_k"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        if not 0 <= self.temperature < float("inf"):
            raise ValueError(f"temperature must be 0 (greedy) or more, got {self.temperature}")


def stream(
    model: CodiModel, question: str, mode: Mode = "student", options: Options | None = None
) -> Iterator[Trace]:
    """Yield the Trace after every forward pass; each is a prefix of the next.

    Modes: `teacher` writes steps and answer; `student` thinks K thoughts and answers; `direct` is
    given the cue at once and must answer from the question alone.

    Raises:
        ValueError: unknown mode, empty question, an edit of a thought beyond K or of another width, more
            tokens than the backbone has positions.
    """
    for traces in _run(model, [question], mode, options or Options(), [()]):
        yield traces[0]


def decode(
    model: CodiModel, question: str, mode: Mode = "student", options: Options | None = None
) -> Trace:
    """The finished Trace of one question: the last element of `stream()`."""
    *_, trace = stream(model, question, mode, options)
    return trace


def decode_many(
    model: CodiModel,
    questions: Sequence[str],
    mode: Mode = "student",
    options: Options | None = None,
    *,
    edits: Sequence[Sequence[Edit]] | None = None,
    batch_size: int = 64,
    progress: bool = False,
) -> list[Trace]:
    """Traces of many questions, in order, equal to those of `decode()`.

    A batch's pass counts for each of its rows with an equal share of its seconds.

    Args:
        edits: changes of thoughts for each question, made after those of `options`.

    Raises:
        ValueError: as `stream()`; `edits` has another length than `questions`; an empty batch.
    """
    if isinstance(questions, str):
        raise ValueError("questions must be a list of texts, got one text; wrap it in a list")
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, got {batch_size}")
    options = options or Options()
    own = [()] * len(questions) if edits is None else [tuple(row) for row in edits]
    if len(own) != len(questions):
        raise ValueError(f"{len(questions)} questions but edits for {len(own)}; give one list each")
    order = list(range(len(questions)))
    if not options.paper:
        # Longest first: similar lengths share a batch, and one too large for memory fails at once.
        order.sort(key=lambda i: -len(questions[i]))
    traces: dict[int, Trace] = {}
    starts = range(0, len(order), batch_size)
    for start in tqdm(starts, desc=mode, unit="batch", disable=not progress):
        rows = order[start : start + batch_size]
        chosen, changes = [questions[i] for i in rows], [own[i] for i in rows]
        *_, finished = _run(model, chosen, mode, options, changes)
        traces.update(zip(rows, finished, strict=True))
    return [traces[i] for i in range(len(questions))]


@torch.inference_mode()
def _run(
    model: CodiModel,
    questions: Sequence[str],
    mode: Mode,
    options: Options,
    own: Sequence[tuple[Edit, ...]],
) -> Iterator[list[Trace]]:
    if mode not in MODES:
        raise ValueError(f"mode must be one of {', '.join(MODES)}, got {mode!r}")
    prompts = _prompts(model, questions, mode)
    num_latents = options.num_latents
    if num_latents is None:
        num_latents = model.config.num_latents
    edits = [(*options.edits, *row) for row in own]
    writer = _Writer(model, questions, prompts, mode, options, edits)
    see: dict[str, Any] = {"hidden": options.capture.hidden, "attention": options.capture.attention}

    thoughts = num_latents + 1 if mode == "student" else 0  # and eot
    longest = max(map(len, prompts)) + thoughts + options.max_new_tokens
    if longest > (positions := model.backbone.config.max_position_embeddings):
        raise ValueError(
            f"question, thoughts and max_new_tokens come to {longest} tokens, but this model has "
            f"{positions} positions; shorten the question or lower max_new_tokens"
        )
    context = Context(model, len(prompts), paper=options.paper)
    rows = [[token.id for token in prompt] for prompt in prompts]
    ids, mask = left_pad(rows, model.config.pad_id, model.device)
    writer.start_clock()
    output = context.read_ids(ids, mask, **see)
    if mode == "student":
        writer.stop_clock()
        yield writer.record("bot", 0, output, context)
        touch = _touch(edits, num_latents)
        writer.start_clock()
        state = output.last[:, -1]
        for k, latent, thought in think(context, state, num_latents, touch=touch, **see):
            writer.stop_clock()
            yield writer.record("latent", k, thought, context, latent)
            writer.start_clock()
        eot = torch.full((len(prompts), 1), model.config.eot_id, device=model.device)
        output = context.read_ids(eot, **see)
        kind: Kind = "eot"
    elif any(edits):
        raise ValueError(f"edits change thoughts, and mode {mode!r} has none; use mode 'student'")
    else:
        kind = "question"
    written = writer.choose(output)
    writer.stop_clock()
    yield writer.record(kind, 0, output, context)
    while not writer.finished:
        writer.start_clock()
        output = context.read_ids(written, writer.open[:, None].long(), **see)
        written = writer.choose(output)
        writer.stop_clock()
        yield writer.record(None, 0, output, context)


def _prompts(model: CodiModel, questions: Sequence[str], mode: Mode) -> list[tuple[Token, ...]]:
    ends = {"teacher": [], "student": [model.config.bot_id], "direct": model.prompt.cue_ids}
    piece = model.prompt.piece
    prompts = []
    for question in questions:
        ids, words = model.prompt.question(question)
        if not ids:
            raise ValueError("the question is empty; give a word problem")
        tokens = [Token(piece(i), i, word) for i, word in zip(ids, words, strict=True)]
        prompts.append((*tokens, *(Token(piece(i), i) for i in ends[mode])))
    return prompts


def left_pad(
    rows: Sequence[Sequence[int]], pad: int, device: torch.device
) -> tuple[Tensor, Tensor]:
    """Ids and mask [B, T] of rows that all end in the last column."""
    width = max(map(len, rows))
    ids = torch.tensor([[pad] * (width - len(row)) + list(row) for row in rows], device=device)
    mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in rows], device=device)
    return ids, mask


def _touch(edits: Sequence[Sequence[Edit]], num_latents: int) -> Touch | None:
    """Each row's edits as the one function that the recurrence calls before reading a thought."""
    named = {edit.latent for row in edits for edit in row}
    if not named:
        return None
    if max(named) > num_latents:
        raise ValueError(f"an edit names thought z{max(named)} but only {num_latents} are thought")

    def touch(k: int, latent: Tensor, previous: Tensor | None) -> Tensor:
        return torch.stack([edited(k, row, latent, previous) for row in range(len(edits))])

    def edited(k: int, row: int, latent: Tensor, previous: Tensor | None) -> Tensor:
        vector, before = latent[row], None if previous is None else previous[row]
        for edit in edits[row]:
            if edit.latent == k:
                vector = apply(edit, vector, before)
        return vector

    return touch


def apply(edit: Edit, latent: Tensor, previous: Tensor | None) -> Tensor:
    """What is read instead of the thought `latent` [D]; `previous` [D] is the thought before it."""
    if edit.op == "zero":
        return torch.zeros_like(latent)
    if edit.op == "scale":
        return latent * edit.strength
    if edit.op == "repeat":
        return latent if previous is None else previous
    if edit.op == "noise":
        generator = torch.Generator().manual_seed(edit.seed)
        noise = torch.randn(latent.shape[-1], generator=generator).to(latent)
        root_mean_square = latent.pow(2).mean(-1, keepdim=True).sqrt()
        return latent + edit.strength * root_mean_square * noise
    source = torch.tensor(edit.source, dtype=latent.dtype, device=latent.device)
    if source.shape[-1] != latent.shape[-1]:
        raise ValueError(
            f"the edit's source vector is {source.shape[-1]} wide but this model's thoughts are "
            f"{latent.shape[-1]} wide; take it from a trace of the same model"
        )
    return source.expand_as(latent)


def next_logprobs(model: CodiModel, states: Tensor) -> Tensor:
    """States behind the final norm [..., D] to log-probabilities [..., V]; markers are never written."""
    logits = model.unembed(states).float()
    config = model.config
    logits[..., [config.pad_id, config.bot_id, config.eot_id]] = -torch.inf
    return torch.log_softmax(logits, dim=-1)


def pick(logprobs: Tensor, temperature: float, generators: Sequence[torch.Generator]) -> Tensor:
    """The next token [B, 1] of each row of `logprobs` [B, V]: the best, or drawn from its own stream."""
    if not temperature:
        return logprobs.argmax(dim=-1, keepdim=True)
    heat = torch.softmax(logprobs / temperature, dim=-1).cpu()
    picks = [torch.multinomial(p, 1, generator=g) for p, g in zip(heat, generators, strict=True)]
    return torch.stack(picks).to(logprobs.device)


def random_stream(*names: object) -> torch.Generator:
    """A random stream named by seed, question and the like, so that a batch's company changes nothing."""
    digest = hashlib.sha256("/".join(map(str, names)).encode()).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest[:7], "big"))


class _Writer:
    """Chooses tokens and keeps the growing Traces of a batch."""

    def __init__(
        self,
        model: CodiModel,
        questions: Sequence[str],
        prompts: Sequence[tuple[Token, ...]],
        mode: Mode,
        options: Options,
        edits: Sequence[tuple[Edit, ...]],
    ) -> None:
        self.model = model
        self.options = options
        self.mode = mode
        self.open = torch.ones(len(prompts), dtype=torch.bool, device=model.device)
        self.written: list[list[int]] = [[] for _ in prompts]
        self.logprob: Tensor | None = None
        # In direct mode the program writes the cue; it belongs to the answer's text all the same.
        self.given = model.prompt.cue_ids if mode == "direct" else []
        self.in_answer = [mode != "teacher"] * len(prompts)
        self.counts: list[dict[str, int]] = [{} for _ in prompts]
        config = model.config
        self.generators = [random_stream(options.seed, q) for q in questions]
        self.seconds = 0.0
        self.clock = 0.0
        self.traces = [
            Trace(
                question=question,
                mode=mode,
                prompt=prompt,
                model_id=model.model_id,
                seed=options.seed if options.temperature else None,
                edits=changes,
                cue=config.cue,
            )
            for question, prompt, changes in zip(questions, prompts, edits, strict=True)
        ]

    @property
    def finished(self) -> bool:
        return not bool(self.open.any())

    def start_clock(self) -> None:
        self.clock = time.perf_counter()

    def stop_clock(self) -> None:
        if self.model.device.type == "cuda":
            torch.cuda.synchronize()
        self.seconds = (time.perf_counter() - self.clock) / len(self.traces)

    def choose(self, output: Output) -> Tensor:
        """Next tokens [B, 1]; closes the rows that end."""
        logprobs = next_logprobs(self.model, output.last[:, -1])
        tokens = pick(logprobs, self.options.temperature, self.generators)
        self.logprob = logprobs.gather(1, tokens)[:, 0]
        self.was_open = self.open.clone()
        self.tokens = tokens
        longest = max(map(len, self.written)) + 1 >= self.options.max_new_tokens
        ended = tokens[:, 0] == self.model.config.eos_id
        self.open = torch.zeros_like(self.open) if longest else self.open & ~ended
        return tokens

    def record(
        self,
        kind: Kind | None,
        index: int,
        output: Output,
        context: Context,
        latent: Tensor | None = None,
    ) -> list[Trace]:
        """The traces with this pass appended to every row that took part in it."""
        writes = kind not in ("bot", "latent")
        top = self._top(output)
        config = self.model.config
        for row, trace in enumerate(self.traces):
            if writes and not self.was_open[row]:
                continue
            token, text, logprob, row_kind, row_index = None, "", None, kind, index
            if row_kind is None:
                row_kind = self._kind(row)
                row_index = self.counts[row].get(row_kind, 0)
                self.counts[row][row_kind] = row_index + 1
            if writes and self.logprob is not None:
                token = int(self.tokens[row, 0])
                logprob = float(self.logprob[row])
                self.written[row].append(token)
                text = "" if token == config.eos_id else self.model.prompt.piece(token)
            step = Step(
                kind=row_kind,
                index=row_index,
                position=int(context.position[row]) - 1,
                token=token,
                text=text,
                top=top[row],
                logprob=logprob,
                seconds=self.seconds,
                **self._captured(row, output, context, latent),
            )
            whole = self.model.prompt.text([*self.given, *self.written[row]])
            self.traces[row] = trace.grown(step, text=whole, done=token == config.eos_id)
        return list(self.traces)

    def _kind(self, row: int) -> Kind:
        """Whether the token being read belongs to the steps or to the answer, cue included."""
        cue, written = self.model.prompt.cue_ids, self.written[row]
        if self.in_answer[row]:
            return "answer"
        if written[-len(cue) :] == cue:
            self.in_answer[row] = True
            return "answer"
        begun = any(written[-n:] == cue[:n] for n in range(1, len(cue)))
        return "answer" if begun else "cot"

    def _top(self, output: Output) -> list[tuple[Candidate, ...]]:
        logits = self.model.unembed(output.last[:, -1]).float()
        best = torch.softmax(logits, dim=-1).topk(min(self.options.top_k, logits.shape[-1]))
        piece = self.model.prompt.piece
        return [
            tuple(Candidate(piece(i), i, p) for i, p in zip(ids, probabilities, strict=True))
            for ids, probabilities in zip(best.indices.tolist(), best.values.tolist(), strict=True)
        ]

    def _captured(
        self, row: int, output: Output, context: Context, latent: Tensor | None
    ) -> dict[str, Array | None]:
        kept: dict[str, Array | None] = {}
        if latent is not None and self.options.capture.latent:
            kept["latent"] = _numpy(latent[row])
        if output.hidden is not None:
            kept["hidden"] = _numpy(torch.stack([h[row, -1] for h in output.hidden]))
        if output.attention is not None:
            real = context.mask[row].bool()
            kept["attention"] = _numpy(
                torch.stack([a[row, :, -1] for a in output.attention])[..., real]
            )
        return kept


def _numpy(values: Tensor) -> Array:
    return values.float().cpu().numpy().astype(np.float32)
