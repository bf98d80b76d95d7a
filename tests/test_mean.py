"""The mean of checkpoints: exact, of equals only, and a place to go on from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from conftest import make

import codi
from train import __main__ as cli
from train.card import runs_behind
from train.mean import mean


def test_the_mean_of_a_model_and_itself_is_that_model() -> None:
    before = {name: p.clone() for name, p in make("llama").named_parameters()}
    after = dict(mean([make("llama"), make("llama")]).named_parameters())
    assert all(torch.equal(after[name], value) for name, value in before.items())


def test_every_weight_lies_in_the_middle(tmp_path: Path) -> None:
    folders = []
    for number in range(2):
        model = make("llama")
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.add_(number)
        folders.append(codi.save(model, tmp_path / str(number)))
        (folders[-1] / "manifest.json").write_text(
            json.dumps({"kind": "train", "seed": 3 + number})
        )
    assert cli.main(["mean", *map(str, folders), "--output", str(tmp_path / "mean")]) == 0
    low, middle = (dict(codi.load(f).named_parameters()) for f in (folders[0], tmp_path / "mean"))
    # Stored in bfloat16: eight bits of a number.
    assert all(torch.allclose(middle[n], value + 0.5, rtol=2**-8) for n, value in low.items())
    record = json.loads((tmp_path / "mean" / "manifest.json").read_text())
    assert record["seed"] == 4
    assert [run["seed"] for run in runs_behind(record)] == [3, 4]


def test_the_output_may_be_one_of_the_parts(tmp_path: Path) -> None:
    folders = [codi.save(make("llama", seed=seed), tmp_path / str(seed)) for seed in range(2)]
    for seed, folder in enumerate(folders):
        (folder / "manifest.json").write_text(json.dumps({"kind": "train", "seed": seed}))
    assert cli.main(["mean", *map(str, folders), "--output", str(folders[0])]) == 0
    record = json.loads((folders[0] / "manifest.json").read_text())
    assert [run["seed"] for run in runs_behind(record)] == [0, 1]


def test_strangers_have_no_mean() -> None:
    with pytest.raises(ValueError, match=r"checkpoint 2 has another shape .* lineage"):
        mean([make("llama"), make("gpt2")])
