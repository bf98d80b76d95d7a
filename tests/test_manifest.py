"""Every run leaves a record, however it ends, and the record leaks no folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from train.data import Example, Loaded
from train.manifest import ROOT, command, environment, plain, portable, record, write


def test_running_first_then_success(tmp_path):
    path = tmp_path / "deep" / "score.json"
    with record("evaluate", path, argv=["evaluate", "--limit", "3"], seed=1) as manifest:
        assert json.loads(path.read_text())["status"] == "running"
        manifest.metrics["accuracy"] = np.float32(0.5)
        manifest.use_data(Loaded("x.jsonl", "", (Example("?", (), "1"),), "ab", ((2, "not JSON"),)))
    found = json.loads(path.read_text())
    assert found["status"] == "success"
    assert found["command"] == "python -m train evaluate --limit 3"
    assert found["metrics"] == {"accuracy": 0.5}
    assert found["data"]["dropped"] == {"not JSON": 1}
    assert found["seconds"] >= 0
    assert set(found) >= {"schema", "kind", "git", "config", "model", "env", "files", "created_at"}
    assert [file.name for file in path.parent.iterdir()] == ["score.json"]  # no leftovers


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ValueError(f"bad: {ROOT}/train/x.json, 1/2"), "failed"),
        (KeyboardInterrupt(), "cancelled"),
        (SystemExit("2"), "failed"),
    ],
)
def test_a_run_that_stops_says_so(tmp_path, error, status):
    path = tmp_path / "score.json"
    with pytest.raises(type(error)), record("train", path, argv=[]):
        raise error
    found = json.loads(path.read_text())
    assert found["status"] == status
    said = {"ValueError": "ValueError: bad: train/x.json, 1/2", "SystemExit": "SystemExit: 2"}
    assert found["error"] == said.get(type(error).__name__)


def test_of_several_processes_the_first_one_writes(tmp_path, monkeypatch):
    for rank in ("1", "0"):
        monkeypatch.setenv("RANK", rank)
        path = tmp_path / f"{rank}.json"
        with record("train", path, argv=[]):
            pass
    assert [file.name for file in tmp_path.iterdir()] == ["0.json"]


def test_a_failed_write_keeps_the_old_file(tmp_path):
    path = tmp_path / "score.json"
    write(path, {"a": 1})
    with pytest.raises(TypeError):
        write(path, {"a": object()})
    assert json.loads(path.read_text()) == {"a": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_paths_are_portable(tmp_path):
    assert portable(ROOT / "assets" / "checkpoint") == "assets/checkpoint"
    assert portable(tmp_path / "data.jsonl") == "data.jsonl"
    data = tmp_path / "data.jsonl"
    line = command(
        ["evaluate", f"--data={data}", "--output", str(tmp_path / "s.json"), "--limit", "3"]
    )
    assert line == "python -m train evaluate --data=data.jsonl --output s.json --limit 3"
    assert command(["evaluate", "--checkpoint", "zen-E/CODI-gpt2"]).endswith("zen-E/CODI-gpt2")
    assert (
        command(["x", "../shared/some.jsonl", "~/a/b.json"])
        == "python -m train x some.jsonl b.json"
    )


def test_a_record_names_no_folder_of_this_machine(tmp_path):
    path = tmp_path / "score.json"
    with record("train", path, argv=["fit", "--output", str(tmp_path / "run")]) as manifest:
        manifest.use_model(tmp_path / "checkpoint")
        manifest.add_file("answers", tmp_path / "answers.jsonl")
        manifest.config["output"] = tmp_path / "run"
    text = path.read_text()
    assert str(tmp_path) not in text
    assert str(Path.home()) + "/" not in text


@given(st.dictionaries(st.integers(), st.lists(st.none() | st.floats() | st.integers())))
def test_anything_plain_is_strict_json(value):
    assert json.loads(json.dumps(plain(value), allow_nan=False)) == plain(value)


def test_the_environment_is_named():
    found = environment()
    assert all(
        found[key] for key in ("python", "os", "cpu", "cores", "threads", "torch", "transformers")
    )
    assert found["device"] == "cpu"
