"""The training loop: windows of batches, losses of rows, two optimizers, exact resume.

It knows nothing of CODI beyond names of losses: an objective gives a loss for each row, the batches
give counts, and the loop divides over the whole window and all processes. A checkpoint is one
safetensors file (never pickle) with weights, their average, the optimizers and the position in the
stream; written aside and renamed, so that a kill loses the minutes since the last one and never the
last one itself.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator, DistributedDataParallelKwargs
from safetensors import safe_open
from torch import Tensor, nn
from torch.func import functional_call
from torch.optim import AdamW, Optimizer
from torch.utils.data import DataLoader
from tqdm import tqdm

from codi.tensors import write_tensors
from train.batch import Batch
from train.config import TrainConfig
from train.muon import Muon
from train.stream import POOL, Pools

Validate = Callable[[nn.Module, int], dict[str, Any]]
"""(objective with averaged weights, examples seen) -> numbers for the log."""


class Average:
    """Exponential moving average of parameters: steadier than any single step's weights."""

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.decay = decay
        self.values = {name: p.detach().clone() for name, p in module.named_parameters()}

    @torch.no_grad()
    def update(self, module: nn.Module, step: int) -> None:
        """Move towards the current weights; early on faster, so that the start is forgotten."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for name, parameter in module.named_parameters():
            self.values[name].lerp_(parameter.detach(), 1 - decay)

    @torch.no_grad()
    def swap(self, module: nn.Module) -> None:
        """Exchange the module's weights with the average; twice is nothing."""
        for name, parameter in module.named_parameters():
            kept = parameter.detach().clone()
            parameter.copy_(self.values[name])
            self.values[name].copy_(kept)


def has_bfloat16() -> bool:
    """Whether this machine multiplies in bfloat16 by units of its own.

    One without them is about a hundred times slower in bfloat16 than in float32 (docs/log.md). Arm
    processors, not tried here, count as without.
    """
    able = torch.cpu.get_capabilities()
    return torch.cuda.is_available() or any(able.get(unit) for unit in ("avx512_bf16", "amx_bf16"))


class Bfloat16(nn.Module):
    """Computes a module in bfloat16; its parameters and their gradients stay float32.

    Autocast does so for matrix products only and keeps float32 between them: on a CPU slower by an
    eighth, and the gradient no nearer to the one in float32 (both are 2 % off; docs/log.md).
    """

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, *inputs: Any) -> Any:
        """What the module gives for `inputs`."""
        halved = {name: p.bfloat16() for name, p in self.module.named_parameters()}
        return functional_call(self.module, halved, inputs)


class Trainer:
    """Holds one run's state; `run()` takes it to the end.

    Args:
        objective: `forward(batch, wanted) -> {loss: [B]}`.
        pools: rows and batches by pool number.
        config: the run.
        output: folder for `state.safetensors` and `log.jsonl`.
        validate: called every `config.validate_every` seconds and at the end.
        workers: background processes that prepare batches; 0 prepares them in line.
    """

    def __init__(
        self,
        objective: nn.Module,
        pools: Pools,
        config: TrainConfig,
        output: Path,
        *,
        validate: Validate | None = None,
        workers: int = 0,
    ) -> None:
        self.accelerator = Accelerator(
            cpu=not torch.cuda.is_available(),
            # A stage that has no student leaves the projection without gradients.
            kwargs_handlers=[DistributedDataParallelKwargs(find_unused_parameters=True)],
        )
        pools.process = self.accelerator.process_index
        pools.processes = self.accelerator.num_processes
        self.config = config
        self.output = output
        self.validate = validate
        self.pools = pools
        self.workers = workers
        self.raw = objective
        self.bfloat16 = config.bfloat16 and has_bfloat16()
        self.computed = Bfloat16(objective) if self.bfloat16 else objective
        optimizers = _optimizers(objective, config, torch.bfloat16 if self.bfloat16 else None)
        self.objective, *self.optimizers = self.accelerator.prepare(self.computed, *optimizers)
        self.average = Average(objective, config.average)
        self.step = 0
        self.seconds = 0.0
        """Spent training so far, all parts of a resumed run together."""

    @property
    def seen(self) -> int:
        """Examples so far, all processes together."""
        return self.step * self.window

    @property
    def window(self) -> int:
        """Examples in one optimizer step."""
        return self.config.batch_size * self.config.accumulate * self.accelerator.num_processes

    def run(self) -> None:
        """Train to the end of the last stage."""
        config, total = self.config, self.config.examples
        bar = tqdm(
            total=total,
            initial=self.seen,
            unit="ex",
            smoothing=0.02,
            mininterval=5,
            disable=not self.accelerator.is_main_process,
        )
        saved = validated = time.monotonic()
        totals: dict[str, list[float]] = {}
        batches = self._batches()
        while self.seen < total:
            begun = time.monotonic()
            losses = self._window([next(batches) for _ in range(config.accumulate)])
            self.seconds += time.monotonic() - begun
            for name, value in losses.items():
                totals.setdefault(name, []).append(value)
            bar.update(self.window)
            bar.set_postfix({k: f"{_tail(v):.3f}" for k, v in totals.items()}, refresh=False)
            now = time.monotonic()
            last = self.seen >= total
            if last or now - validated >= config.validate_every:
                if self.accelerator.is_main_process:
                    rate = bar.format_dict["rate"] or 0.0
                    self._log({k: _tail(v, len(v)) for k, v in totals.items()}, rate)
                totals.clear()
                validated = time.monotonic()
            # What a pool trains on is chosen by the weights at its start: only between two pools can a
            # run that chooses be taken up exactly.
            whole = config.draws == 1 or self.step * config.accumulate % POOL == 0
            if last or (whole and now - saved >= config.save_every):
                self.save()
                saved = time.monotonic()
        bar.close()

    def _batches(self) -> Iterator[Batch]:
        done = self.step * self.config.accumulate
        loader = DataLoader(
            self.pools,
            batch_size=None,
            sampler=range(done // POOL, len(self.pools)),
            num_workers=self.workers,
            prefetch_factor=2 if self.workers else None,
        )
        skip = done % POOL
        for pool, rows in enumerate(loader, done // POOL):
            for batch in self.pools.batches(pool, rows, self._teacher_loss)[skip:]:
                yield batch.to(self.accelerator.device)
            skip = 0

    @torch.no_grad()
    def _teacher_loss(self, batch: Batch) -> Tensor:
        """[B] by which a pool chooses its rows."""
        self.computed.eval()
        return self.computed(batch.to(self.accelerator.device), ("teacher",))["teacher"]

    def _window(self, batches: list[Batch]) -> dict[str, float]:
        """One optimizer step; mean losses of the window."""
        config = self.config
        torch.manual_seed(config.seed * 1_000_003 + self.step)  # dropout, if any, resumes exactly
        weights = config.weights(self.seen)
        counts = self._over_processes(
            {name: sum(batch.counts()[name] for batch in batches) for name in weights}
        )
        self._set_rates()
        self.objective.train()
        means = dict.fromkeys(weights, 0.0)
        for batch in batches:
            losses = self.objective(batch, tuple(weights))
            parts = {name: rows.sum() / max(1.0, counts[name]) for name, rows in losses.items()}
            loss = torch.stack([weights[name] * part for name, part in parts.items()]).sum()
            # Data parallelism averages gradients; the sum over processes is wanted.
            self.accelerator.backward(loss * self.accelerator.num_processes)
            for name, part in parts.items():
                means[name] += float(part.detach())
        norm = self.accelerator.clip_grad_norm_(self.objective.parameters(), config.clip)
        if not math.isfinite(float(norm)):
            raise FloatingPointError(
                f"the gradient is {float(norm)} after {self.seen} examples; resume from the last "
                "checkpoint with a lower learning rate"
            )
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad()
        self.step += 1
        self.average.update(self.raw, self.step)
        return self._over_processes(means)

    def _over_processes(self, values: dict[str, Any]) -> dict[str, float]:
        if self.accelerator.num_processes == 1 or not values:
            return {name: float(value) for name, value in values.items()}
        flat = torch.tensor(
            list(values.values()), dtype=torch.float64, device=self.accelerator.device
        )
        return dict(zip(values, self.accelerator.reduce(flat, "sum").tolist(), strict=True))

    def _set_rates(self) -> None:
        """Linear warm-up, then a cosine to zero."""
        progress, warmup = self.seen / self.config.examples, self.config.warmup
        if progress < warmup:
            scale = (progress + 1e-6) / warmup
        else:
            along = (progress - warmup) / (1 - warmup)
            scale = 0.5 * (1 + math.cos(math.pi * along))
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * scale

    def _log(self, losses: dict[str, float], rate: float) -> None:
        entry: dict[str, Any] = {"seen": self.seen, **losses, "rate": round(rate, 2)}
        if self.validate is not None:
            self.average.swap(self.raw)
            self.raw.eval()
            entry |= self.validate(self.raw, self.seen)
            self.average.swap(self.raw)
        self._note(entry)

    def _note(self, entry: dict[str, Any]) -> None:
        with (self.output / "log.jsonl").open("a") as log:
            log.write(json.dumps(entry) + "\n")
        tqdm.write(json.dumps(entry))

    def save(self) -> None:
        """Write `state.safetensors` in the output folder, atomically."""
        if not self.accelerator.is_main_process:
            return
        tensors = {f"weights/{n}": p.detach() for n, p in self.raw.named_parameters()}
        tensors |= {f"average/{name}": value for name, value in self.average.values.items()}
        for number, optimizer in enumerate(self.optimizers):
            for index, state in _state(optimizer):
                tensors |= {f"optimizer/{number}/{index}/{key}": v for key, v in state.items()}
        meta = {
            "step": str(self.step),
            "window": str(self.window),
            "seconds": str(self.seconds),
            "config": json.dumps(self.config.to_dict()),
        }
        path = self.output / "state.safetensors"
        aside = path.with_suffix(".partial")
        write_tensors({n: t.contiguous().cpu().clone() for n, t in tensors.items()}, aside, meta)
        os.replace(aside, path)

    def close(self) -> None:
        """Leave the other processes, all at once, after a run that ended well.

        A process that still exchanges something while Python shuts down is aborted now and then, and
        what holds the group open (the wrapped objective) goes first.
        """
        self.accelerator.wait_for_everyone()
        self.objective = self.computed
        self.accelerator.free_memory()
        self.accelerator.end_training()

    def resume(self) -> None:
        """Take up the run where `state.safetensors` left it.

        What is still ahead may be planned anew: other `stages`, another `mixture` and other `draws`
        are taken over, and the log says so. With the same ones, the resumed run equals the straight run.

        Raises:
            FileNotFoundError: there is none.
            ValueError: it belongs to a run with another config.
        """
        path = self.output / "state.safetensors"
        saved, ours = saved_config(self.output), json.loads(json.dumps(self.config.to_dict()))
        with safe_open(path, framework="pt") as file:
            meta = file.metadata()
            plans = ("stages", "mixture", "draws")
            replanned = [name for name in plans if saved.pop(name) != ours.pop(name)]
            if differing := [key for key in ours if saved.get(key) != ours[key]]:
                raise ValueError(
                    f"{path} was made with {differing[0]}={saved.get(differing[0])!r}, this run has "
                    f"{ours[differing[0]]!r}; resume with the same settings or start a new output folder"
                )
            if int(meta["window"]) != self.window:
                raise ValueError(
                    f"{path} took {meta['window']} examples a step, this run takes {self.window}; "
                    "resume with as many processes as before"
                )
            with torch.no_grad():
                for name, parameter in self.raw.named_parameters():
                    parameter.copy_(file.get_tensor(f"weights/{name}"))
                    self.average.values[name].copy_(file.get_tensor(f"average/{name}"))
            for number, optimizer in enumerate(self.optimizers):
                found: dict[int, dict[str, Tensor]] = {}
                for key in file.keys():  # noqa: SIM118 - safe_open is not iterable
                    kind, *rest = key.split("/", 3)
                    if kind == "optimizer" and rest[0] == str(number):
                        found.setdefault(int(rest[1]), {})[rest[2]] = file.get_tensor(key)
                parameters = [p for group in optimizer.param_groups for p in group["params"]]
                for index, state in found.items():
                    place = parameters[index].device
                    optimizer.state[parameters[index]] = {k: v.to(place) for k, v in state.items()}
        self.step, self.seconds = int(meta["step"]), float(meta["seconds"])
        if not self.accelerator.is_main_process:
            return
        log = self.output / "log.jsonl"
        aside = log.with_suffix(".partial")
        aside.write_text("".join(json.dumps(entry) + "\n" for entry in entries(log)))
        os.replace(aside, log)
        if replanned:
            self._note({"seen": self.seen} | {n: self.config.to_dict()[n] for n in replanned})


def saved_config(output: Path) -> dict[str, Any]:
    """The settings of the run in a folder, as its `state.safetensors` has them.

    Raises:
        FileNotFoundError: there is no run.
    """
    path = output / "state.safetensors"
    if not path.is_file():
        raise FileNotFoundError(f"nothing to resume: {path} does not exist")
    with safe_open(path, framework="pt") as file:
        config: dict[str, Any] = json.loads(file.metadata()["config"])
    return config


def entries(log: Path) -> list[dict[str, Any]]:
    """What a `log.jsonl` holds; a line that a kill or a full disk cut short is left out."""
    found = []
    for line in log.read_text().splitlines() if log.exists() else ():
        with suppress(ValueError):
            found.append(json.loads(line))
    return found


def _optimizers(
    module: nn.Module, config: TrainConfig, dtype: torch.dtype | None
) -> list[Optimizer]:
    """Muon for the matrices inside the layers, AdamW for embeddings, norms and biases.

    Muon learns from about half the examples that AdamW alone needs here (docs/log.md).
    """
    matrices: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, parameter in module.named_parameters():
        inside = parameter.ndim == 2 and "embed" not in name and "lm_head" not in name
        (matrices if inside else others).append(parameter)
    muon = Muon(
        [{"params": matrices, "peak": config.matrix_rate}],
        lr=config.matrix_rate,
        weight_decay=config.weight_decay,
        dtype=dtype,
    )
    adam = AdamW(
        [{"params": others, "peak": config.rate}],
        lr=config.rate,
        betas=(0.9, 0.98),
        weight_decay=config.weight_decay * 0.1,
    )
    return [muon, adam]


def _state(optimizer: Optimizer) -> Iterator[tuple[int, dict[str, Tensor]]]:
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    for index, parameter in enumerate(parameters):
        if parameter in optimizer.state:
            yield index, optimizer.state[parameter]


def _tail(values: list[float], length: int = 50) -> float:
    kept = values[-length:]
    return sum(kept) / len(kept)
