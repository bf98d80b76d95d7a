"""A deeper model says, bit by bit, what the shallower one said; and its new layers learn."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from conftest import make

import codi
from codi.decode import Options, decode_many
from codi.rollout import Context
from train import __main__ as cli
from train.batch import collate, tokenise
from train.config import PRESETS, Stage
from train.deepen import deepen
from train.objectives import LOSSES, Objective
from train.synthetic import generate
from train.views import codi_view

QUESTIONS = ["Tom has 3 bags of 4 apples. How many apples does he have?", "What is her change?"]


@pytest.mark.parametrize("layers", [3, 4, 5])
def test_new_layers_change_nothing(layers: int) -> None:
    model = make("llama")
    deeper = deepen(model, layers).eval()
    for mode in ("teacher", "student"):
        before, after = (
            decode_many(m, QUESTIONS, mode, Options(max_new_tokens=12)) for m in (model, deeper)
        )
        assert [trace.text for trace in before] == [trace.text for trace in after]
    ids = torch.tensor([[5, 6, 7, 8], [9, 5, 5, 6]])
    states = [Context(m, 2).read_ids(ids, hidden=True) for m in (model, deeper)]
    assert torch.equal(states[0].last, states[1].last)
    assert len(states[1].hidden or ()) == layers + 1


def test_new_layers_learn() -> None:
    model = deepen(make("llama"), 4)
    rows = [tokenise(model, codi_view(generate(11, i))) for i in range(4)]
    sum(Objective(model)(collate(model, rows), LOSSES).values()).sum().backward()
    still = [
        name
        for name, p in model.named_parameters()
        if name.endswith(("o_proj.weight", "down_proj.weight")) and not p.grad.abs().sum() > 0
    ]
    assert not still


def test_a_run_goes_on_deeper_and_with_more_thoughts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(examples=4, student=(1, 1), distill=(1, 1))
    preset = replace(PRESETS["tiny"], layers=3, num_latents=5, batch_size=4, stages=(stage,))
    monkeypatch.setitem(PRESETS, "tiny", replace(preset, validation_size=2))
    monkeypatch.setattr("train.stream.POOL", 1)
    monkeypatch.setattr("train.loop.POOL", 1)
    begin = codi.save(make("llama"), tmp_path / "begin")
    words = f"fit --preset tiny --init {begin} --output {tmp_path / 'run'}"
    assert cli.main(words.split()) == 0
    found = codi.load(tmp_path / "run" / "checkpoint")
    assert found.backbone.config.num_hidden_layers == 3
    assert found.config.num_latents == 5
    # And once more, from that run's checkpoint: on problems that it has not seen.
    words = f"fit --preset tiny --init {tmp_path / 'run' / 'checkpoint'} --output {tmp_path / 'on'}"
    assert cli.main(words.split()) == 0
    seeds = [
        json.loads((tmp_path / n / "manifest.json").read_text())["seed"] for n in ("run", "on")
    ]
    assert seeds == [preset.seed, preset.seed + 1]
    # Resumed, it stays the run that it was and began where it began; a mistake leaves its record alone.
    words = f"fit --preset tiny --output {tmp_path / 'on'} --resume"
    before = (tmp_path / "on" / "manifest.json").read_text()
    assert cli.main([*words.split(), "--seed", "77"]) == 2
    assert (tmp_path / "on" / "manifest.json").read_text() == before
    assert cli.main(words.split()) == 0
    after = json.loads((tmp_path / "on" / "manifest.json").read_text())
    assert after["seed"] == preset.seed + 1
    assert after["model"] == json.loads(before)["model"]
    assert after["metrics"]["curve"][: len(json.loads(before)["metrics"]["curve"])]
    # What failed is not exported.
    failed = after | {"status": "failed", "error": "OSError: disk"}
    (tmp_path / "on" / "manifest.json").write_text(json.dumps(failed))
    words = f"export --run {tmp_path / 'on'} --output {tmp_path / 'out'}"
    assert cli.main(words.split()) == 2
    assert not (tmp_path / "out").exists()


def test_a_deep_model_stays_and_another_shape_is_refused() -> None:
    model = make("llama")
    assert deepen(model, 1) is model
    with pytest.raises(ValueError, match="gpt2"):
        deepen(make("gpt2"), 3)
