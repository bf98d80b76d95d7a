"""The command line: records, one-sentence errors, and a README that only records can change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import make

import codi
from train import __main__ as cli
from train.card import training_run
from train.manifest import write
from train.studies import TABLES


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return codi.save(make("llama", num_latents=2), tmp_path_factory.mktemp("cli") / "checkpoint")


def evaluate(checkpoint: Path, output: Path, *more: str, mode: str = "student") -> int:
    words = f"evaluate --checkpoint {checkpoint} --mode {mode} --output {output} --limit 4"
    return cli.main([*words.split(), "--max-new-tokens", "4", *more])


@pytest.mark.parametrize("command", ["", *cli.COMMANDS])
def test_help_is_there(command, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main([*([command] if command else []), "--help"])
    assert stop.value.code == 0
    assert f"python -m train {command}".strip() in capsys.readouterr().out


def test_data_shows_problems(capsys):
    assert cli.main(["data", "--show", "3", "--split", "heldout", "--seed", "5"]) == 0
    out = capsys.readouterr().out
    assert out.count("The answer is:") == 3
    assert "synthetic heldout" in out


MISTAKES = [
    ("data --show 0", "at least 1"),
    ("data --split validation", "train"),
    ("data --data nowhere.jsonl", "nowhere.jsonl"),
    ("evaluate --mode teacher --checkpoint nowhere --output {tmp}/s.json", "nowhere"),
    ("evaluate --mode student --limit 0 --output {tmp}/s.json", "--limit"),
    ("evaluate --mode student --limit 1 --batch-size 0 --output {tmp}/s.json", "batch_size"),
    ("failures --answers {tmp}/a.jsonl --limit -1 --output {tmp}/s.json", "--limit"),
    ("inspect --what votes --samples 0 --limit 1 --output {tmp}/s.json", "--samples"),
    ("mean {tmp}/a --output {tmp}/b", "two checkpoints"),
    ("fit --preset tiny --output {tmp}/run --resume", "nothing to resume"),
    ("evaluate --mode student --data svamp --split train --output {tmp}/s.json", "split"),
    (
        "evaluate --mode student --limit 2 --against {tmp}/none.jsonl --output {tmp}/s.json",
        "--answers",
    ),
    ("evaluate --mode student --output {tmp}", "directory"),
    ("benchmark --limit 0 --output {tmp}/b.json", "--limit"),
    ("card --checkpoint {tmp} --scores {tmp}/none.json", "model.safetensors"),
]


@pytest.mark.parametrize(("words", "said"), MISTAKES)
def test_a_mistake_is_one_sentence(words, said, tmp_path, capsys):
    assert cli.main(words.format(tmp=tmp_path).split()) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith("error: ")
    assert said in error
    assert "\n" not in error


def test_stopping_says_so(monkeypatch, capsys):
    def stop(args: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("train.show.main", stop)
    assert cli.main(["data"]) == 130
    assert "stopped" in capsys.readouterr().err


def test_a_failed_evaluation_leaves_a_record(tmp_path):
    assert evaluate(tmp_path / "nowhere", tmp_path / "s.json") == 2
    found = json.loads((tmp_path / "s.json").read_text())
    assert found["status"] == "failed"
    assert "nowhere" in found["error"]
    assert str(tmp_path) not in json.dumps(found)


def test_from_questions_to_readme(checkpoint, tmp_path, capsys):
    score, paired = tmp_path / "score.json", tmp_path / "paired.json"
    answers, times = tmp_path / "answers.jsonl", tmp_path / "times.json"
    assert evaluate(checkpoint, score, "--answers", str(answers)) == 0
    assert evaluate(checkpoint, paired, "--against", str(answers), mode="teacher") == 0
    words = f"benchmark --checkpoint {checkpoint} --limit 1 --max-new-tokens 2 --output {times}"
    assert cli.main(words.split()) == 0
    padded = tmp_path / "padded.json"
    assert evaluate(checkpoint, padded, "--paper") == 0
    out = capsys.readouterr().out
    assert "student on synthetic heldout" in out
    assert "forward passes" in out

    rows = [json.loads(line) for line in answers.read_text().splitlines()]
    assert len(rows) == 4
    assert set(rows[0]) >= {"id", "question", "gold", "text", "right"}
    found = json.loads(score.read_text())
    assert found["status"] == "success"
    assert found["config"]["num_latents"] == 2
    assert found["data"]["rows"] == 4
    assert found["files"] == {"answers": "answers.jsonl"}
    assert "paired" in json.loads(paired.read_text())["metrics"]

    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- results -->\nold\n<!-- /results -->\nafter\n")
    failed, other = tmp_path / "failed.json", tmp_path / "other.json"
    write(failed, found | {"status": "failed"})
    write(other, found | {"model": {"sha256": "0"}})
    words = f"card --checkpoint {checkpoint} --readme {readme} --scores {score} {paired} {times} {padded}"
    assert cli.main([*words.split(), str(failed), str(other)]) == 0
    out = capsys.readouterr().out
    assert "failed.json: its status is failed" in out
    assert "other.json: it measured other weights" in out
    text = readme.read_text()
    assert text.startswith("before\n<!-- results -->\n|")
    assert text.endswith("<!-- /results -->\nafter\n")
    assert "(score.json)" in text
    assert json.loads(padded.read_text())["config"]["paper"]
    assert "padded.json" not in text, "answers that depend on their batch are no result"
    assert "old" not in text.split("results -->")[1]
    card = (checkpoint / "README.md").read_text()
    assert "{{" not in card
    assert "2 latent thoughts" in card
    assert cli.main(words.split()) == 0
    assert readme.read_text() == text  # twice is once
    assert codi.load(checkpoint).config.num_latents == 2  # a card does not disturb the checkpoint

    cost = tmp_path / "cost.json"
    ask = f"footprint --checkpoint {checkpoint} --tokens 30 --repeat 1 --output {cost}"
    assert cli.main(ask.split()) == 0
    assert 0 < json.loads(cost.read_text())["metrics"]["bytes"] < 400_000

    studies = []
    for what in TABLES:
        studies.append(str(tmp_path / f"{what}.json"))
        ask = f"inspect --checkpoint {checkpoint} --what {what} --limit 3 --max-steps 1 --samples 2"
        assert cli.main([*ask.split(), "--output", studies[-1]]) == 0
    assert cli.main([*words.split(), *studies]) == 0
    for study in studies:
        assert f"({Path(study).name})" in readme.read_text()

    readme.write_text("no markers")
    assert cli.main(words.split()) == 2
    assert "once each" in capsys.readouterr().err
    assert readme.read_text() == "no markers"


def test_answers_of_other_questions_are_not_compared(checkpoint, tmp_path, capsys):
    answers = tmp_path / "answers.jsonl"
    assert evaluate(checkpoint, tmp_path / "a.json", "--answers", str(answers)) == 0
    assert evaluate(checkpoint, tmp_path / "b.json", "--seed", "1", "--against", str(answers)) == 2
    assert "other questions" in capsys.readouterr().err


def test_the_card_says_when_the_mixture_was_planned_anew():
    mixture = {"written": 0.75, "drills": 0.25}
    record = {
        "config": {"mixture": mixture},
        "env": {"device": "cpu", "cpu": "any", "cores": 2},
        "git": None,
        "seed": 1,
        "seconds": 3600,
    }
    straight = training_run(record | {"metrics": {"curve": [{"seen": 8}]}})
    anew = training_run(record | {"metrics": {"curve": [{"seen": 8, "mixture": mixture}]}})
    assert "with new numbers, 25 % drills;" in straight
    assert "25 % drills (at its end);" in anew
