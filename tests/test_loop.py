"""Training: everything moves, a window is a batch, a resumed run is the straight run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from codi.model import CodiModel
from codi.used import CONTROLS
from train.batch import Batch, Row, collate
from train.config import PRESETS, Stage, TrainConfig
from train.fit import new_model, validation
from train.loop import Bfloat16, Trainer, entries
from train.muon import orthogonal
from train.objectives import LOSSES, Objective
from train.stream import Mixture, Pools
from train.synthetic import generate

TINY = replace(
    PRESETS["tiny"],
    width=32,
    layers=2,
    heads=2,
    inner=64,
    vocab_size=1500,
    projection_width=32,
    num_latents=2,
    batch_size=8,
    save_every=10_000,
    validate_every=10_000,
    stages=(
        Stage(examples=64),
        Stage(examples=64, student=(1, 1), distill=(1, 1), supervision=(1.0, 0.0)),
    ),
)


def small_pools(patch: pytest.MonkeyPatch) -> None:
    """Few batches in a pool, few texts for the tokenizer."""
    patch.setattr("train.stream.POOL", 4)
    patch.setattr("train.loop.POOL", 4)
    patch.setattr("train.fit.TOKENIZER_SAMPLE", 50)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    small_pools(monkeypatch)


def trainer(folder: Path, config: TrainConfig = TINY) -> tuple[CodiModel, Trainer]:
    folder.mkdir(exist_ok=True)
    mixture = Mixture(config)
    model = new_model(config, mixture)
    return model, Trainer(Objective(model), Pools(model, mixture), config, folder)


def weights(model: CodiModel) -> dict[str, Tensor]:
    return {name: p.detach().clone() for name, p in model.named_parameters()}


def test_every_parameter_moves_and_the_run_is_repeatable(tmp_path: Path) -> None:
    model, run = trainer(tmp_path / "a")
    before = weights(model)
    run.run()
    after = weights(model)
    assert run.seen == TINY.examples
    for name, old in before.items():
        assert not torch.equal(old, after[name]), f"{name} did not move"
    again, second = trainer(tmp_path / "b")
    second.run()
    assert all(torch.equal(p, after[name]) for name, p in weights(again).items())


@pytest.mark.parametrize("stop", [5, 9, 12], ids=["first stage", "second stage", "at a pool's end"])
def test_a_resumed_run_equals_the_straight_run(tmp_path: Path, stop: int) -> None:
    straight, run = trainer(tmp_path / "straight")
    run.run()

    class Killed(Exception):
        pass

    _, first = trainer(tmp_path / "broken")
    plain = first._window

    def window(batches: list) -> dict[str, float]:
        if first.step == stop:
            first.save()
            raise Killed
        return plain(batches)

    first._window = window  # type: ignore[method-assign]
    with pytest.raises(Killed):
        first.run()
    resumed, second = trainer(tmp_path / "broken")
    second.resume()
    assert second.step == stop
    second.run()
    expected = weights(straight)
    assert all(torch.equal(p, expected[name]) for name, p in weights(resumed).items())
    for name, value in run.average.values.items():
        assert torch.equal(value, second.average.values[name])


def test_a_run_that_chooses_resumes_exactly(tmp_path: Path) -> None:
    """It is saved between pools only, however often it is asked to: the choice needs those weights."""
    config = replace(TINY, draws=2, save_every=0)
    straight, run = trainer(tmp_path / "straight", config)
    run.run()
    _, first = trainer(tmp_path / "broken", config)
    plain = first._window

    def window(batches: list[Batch]) -> dict[str, float]:
        if first.step == 11:
            raise KeyboardInterrupt
        return plain(batches)

    first._window = window  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        first.run()
    resumed, second = trainer(tmp_path / "broken", config)
    second.resume()
    assert second.step == 8
    second.run()
    expected = weights(straight)
    assert all(torch.equal(p, expected[name]) for name, p in weights(resumed).items())


def test_a_pool_keeps_what_the_teacher_finds_hardest(tmp_path: Path) -> None:
    config = replace(TINY, draws=3)
    _, run = trainer(tmp_path, config)
    rows = run.pools[1]
    assert len(rows) == 3 * 32
    losses = torch.cat([run._teacher_loss(collate(run.pools.model, [row])) for row in rows])
    kept = [row for row, loss in zip(rows, losses, strict=True) if loss >= losses.sort()[0][-32]]
    batches = run.pools.batches(1, rows, run._teacher_loss)
    asked = [
        ids[mask.bool()].tolist()
        for b in batches
        for ids, mask in zip(b.question, b.question_mask, strict=True)
    ]
    assert sorted(asked) == sorted(row.question for row in kept)


def test_bfloat16_leaves_weights_and_gradients_in_float32() -> None:
    model = new_model(TINY, Mixture(TINY))
    batch = collate(model, Pools(model, Mixture(TINY))[0][:8])
    grads = []
    for objective in (Objective(model), Bfloat16(Objective(model))):
        model.zero_grad()
        sum(objective(batch, LOSSES).values()).sum().backward()
        assert all(p.dtype == p.grad.dtype == torch.float32 for p in model.parameters())
        grads.append(torch.cat([p.grad.flatten() for p in model.parameters()]))
    assert 0 < (grads[0] - grads[1]).norm() < 0.1 * grads[0].norm()


@pytest.mark.parametrize(("able", "dtype"), [(True, torch.bfloat16), (False, None)])
def test_bfloat16_is_left_alone_where_it_has_no_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, able: bool, dtype: torch.dtype | None
) -> None:
    monkeypatch.setattr("train.loop.has_bfloat16", lambda: able)
    _, run = trainer(tmp_path, replace(TINY, bfloat16=True))
    assert run.bfloat16 is able
    assert isinstance(run.computed, Bfloat16) is able
    assert run.optimizers[0].optimizer.dtype is dtype


class BothShares(Pools):
    """Pools in which one process gets what two would get, a batch of either in turn."""

    def __getitem__(self, pool: int) -> list[Row]:
        rows = []
        for process in (0, 1):
            share = Pools(self.model, self.mixture)
            share.process, share.processes = process, 2
            rows += share[pool]
        return rows

    def batches(self, pool: int, rows: list[Row], loss: Callable[[Batch], Tensor]) -> list[Batch]:
        half = len(rows) // 2
        shares = [
            super(BothShares, self).batches(pool, r, loss) for r in (rows[:half], rows[half:])
        ]
        return [batch for pair in zip(*shares, strict=True) for batch in pair]


def test_two_processes_equal_one_that_accumulates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = Path(__file__).with_name("parallel_training.py")
    launch = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--standalone",
        "--nproc-per-node",
        "2",
    ]
    tests, root = str(together.parent), str(together.parent.parent)
    done = subprocess.run(
        [*launch, str(together), str(tmp_path / "two")],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([root, tests]), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    monkeypatch.setattr("train.loop.POOL", 8)
    config = replace(TINY, accumulate=2)
    mixture = Mixture(config)
    model = new_model(config, mixture)
    begun = weights(model)
    (tmp_path / "one").mkdir()
    run = Trainer(Objective(model), BothShares(model, mixture), config, tmp_path / "one")
    run.run()
    two = load_file(tmp_path / "two" / "state.safetensors")
    for name, expected in weights(model).items():
        # Sums in another order; what is left of the difference grows with every step.
        difference = (two[f"weights/model.{name}"] - expected).norm()
        assert difference < 0.01 * (expected - begun[name]).norm(), name


def test_resume_refuses_other_settings_and_missing_files(tmp_path: Path) -> None:
    _, run = trainer(tmp_path)
    with pytest.raises(FileNotFoundError, match="nothing to resume"):
        run.resume()
    run.save()
    _, other = trainer(tmp_path, replace(TINY, rate=1.0))
    with pytest.raises(ValueError, match="rate"):
        other.resume()
    _, again = trainer(tmp_path)
    again.accelerator = SimpleNamespace(num_processes=2)  # type: ignore[assignment]
    with pytest.raises(ValueError, match="took 8 examples a step, this run takes 16"):
        again.resume()


def test_the_rest_of_a_run_may_be_planned_anew(tmp_path: Path) -> None:
    _, run = trainer(tmp_path)
    run._window([next(run._batches())])
    run.save()
    shorter = replace(TINY, stages=(Stage(examples=24),), mixture={"written": 1.0}, draws=2)
    _, rest = trainer(tmp_path, shorter)
    rest.resume()
    rest.run()
    assert rest.seen == 24
    noted = entries(tmp_path / "log.jsonl")[0]
    plan = {name: shorter.to_dict()[name] for name in ("stages", "mixture", "draws")}
    assert noted == {"seen": 8} | json.loads(json.dumps(plan))


def test_a_line_that_was_cut_short_is_left_out(tmp_path: Path) -> None:
    _, run = trainer(tmp_path)
    run.save()
    (tmp_path / "log.jsonl").write_text('{"seen": 1}\n{"seen": 2, "teach')
    run.resume()
    run._note({"seen": 3})
    assert [entry["seen"] for entry in entries(tmp_path / "log.jsonl")] == [1, 3]


def test_a_kill_while_saving_keeps_the_old_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, run = trainer(tmp_path)
    run.save()
    kept = (tmp_path / "state.safetensors").read_bytes()

    def full_disk(*args: object, **kwargs: object) -> None:
        (tmp_path / "state.partial").write_bytes(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr("train.loop.write_tensors", full_disk)
    with pytest.raises(OSError, match="space"):
        run.save()
    assert (tmp_path / "state.safetensors").read_bytes() == kept


def test_the_average_swaps_in_and_out(tmp_path: Path) -> None:
    model, run = trainer(tmp_path)
    run._window([next(run._batches())])
    before = weights(model)
    run.average.swap(model_objective := run.raw)
    assert any(not torch.equal(p, before[n]) for n, p in weights(model).items())
    run.average.swap(model_objective)
    assert all(torch.equal(p, before[n]) for n, p in weights(model).items())


def test_weights_of_the_stages() -> None:
    assert TINY.weights(0) == {"teacher": 1.0}
    assert TINY.weights(64) == {"teacher": 1, "student": 1, "distill": 1, "supervision": 1}
    assert TINY.weights(96)["supervision"] == 0.5
    assert TINY.weights(10_000)["supervision"] == 0.0
    with pytest.raises(ValueError, match="stage"):
        replace(TINY, stages=())
    with pytest.raises(ValueError, match="mixture"):
        replace(TINY, mixture={"svamp": 1.0})


@pytest.mark.parametrize("shape", [(16, 16), (8, 24), (24, 8)])
def test_muon_makes_steps_orthogonal(shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    singular = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
    assert float(singular.min()) > 0.3
    assert float(singular.max()) < 1.3


def test_the_stream_is_a_pure_function_of_its_index() -> None:
    model = new_model(TINY, Mixture(TINY))
    left, right = Pools(model, Mixture(TINY)), Pools(model, Mixture(TINY))
    right[1]  # what was asked before does not matter
    assert left[3] == right[3]


def test_the_rate_rises_to_its_peak_and_falls_to_zero(tmp_path):
    _, run = trainer(tmp_path)
    scales = []
    for step in range(run.config.examples // run.window + 1):
        run.step = step
        run._set_rates()
        found = {g["lr"] / g["peak"] for o in run.optimizers for g in o.param_groups}
        scales.append(max(found))
        assert max(found) == pytest.approx(min(found))
    top = scales.index(max(scales))
    assert scales == sorted(scales[:top]) + sorted(scales[top:], reverse=True)
    assert scales[0] < 0.01
    assert scales[top] == pytest.approx(1, abs=0.05)
    assert scales[-1] == pytest.approx(0, abs=1e-9)


def test_a_stage_may_show_the_last_step() -> None:
    # Pools hold 32 examples; the second reaches from the first stage into the one that distils.
    both = replace(TINY, stages=(Stage(examples=40, last_step=1.0), TINY.stages[1]))
    mixture = Mixture(both)
    model = new_model(TINY, mixture)
    written = [
        [row.teacher.count(model.prompt.steps("<<")[0]) for row in Pools(model, mixture)[pool]]
        for pool in (0, 1)
    ]
    steps = [sum(len(mixture.example(i).steps) for i in range(k, k + 32)) for k in (0, 32)]
    assert sum(written[0]) == steps[0]
    assert sum(written[1]) == steps[1] - 32, "never where the student is distilled"
    kept = [mixture.view(i, 0.5).steps.count("<<") for i in range(300)]
    assert 100 < sum(n == len(mixture.example(i).steps) for i, n in enumerate(kept)) < 200
    with pytest.raises(ValueError, match="last"):
        replace(TINY.stages[1], last_step=0.5)


def test_processes_share_the_stream_without_overlap() -> None:
    model = new_model(TINY, Mixture(TINY))
    rows = []
    for process in range(2):
        pools = Pools(model, Mixture(TINY))
        pools.process, pools.processes = process, 2
        rows += [tuple(row.question) for row in pools[0]]
    assert len(rows) == 2 * 4 * TINY.batch_size
    assert len(set(rows)) > 0.9 * len(rows)


def test_missing_problems_are_asked_for() -> None:
    with pytest.raises(ValueError, match="--problems"):
        Mixture(replace(TINY, mixture={"resampled": 1.0}))


def test_validation_measures_what_is_trained() -> None:
    model = new_model(TINY, Mixture(TINY))
    examples = [generate(0, i, "heldout", max_steps=1) for i in range(3)]
    assert set(validation(model, examples, thinks=False)) == {"accuracy_teacher"}
    found = validation(model, examples, thinks=True)
    guards = {f"accuracy_student_{name}" for name in CONTROLS}
    assert guards < set(found)
    assert found["alarms"], "thoughts of an untrained model are nearly the same for every question"
