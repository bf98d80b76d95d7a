"""Causes of wrong answers, on made-up records of each kind."""

from __future__ import annotations

import json

import pytest

from train import __main__ as cli
from train.failures import CAUSES, cause, explained

QUESTION = "Jo had 14 figs, 30 nuts and gave 5 figs away. How many figs are left?"
TWO = "Jo packs 6 bags of 8 figs and eats 5. How many are left?"


def row(answer: str, gold: str, steps: list[str], question: str = QUESTION, **more) -> dict:
    text = f"The answer is: {answer}" if answer else "The answer is:"
    return {"id": answer, "question": question, "gold": gold, "steps": steps, "text": text, "right": False} | more  # fmt: skip


@pytest.mark.parametrize("steps", [["14-5=9"], []])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", "unreadable"),
        ("19", "wrong operation"),
        ("70", "wrong operation"),
        ("25", "wrong operands"),
        ("44", "wrong operands"),
        ("30", "too few steps"),
        ("8", "arithmetic slip"),
        ("90", "arithmetic slip"),
        ("39", "too many steps"),
        ("977", "not explained"),
    ],
)
def test_one_step(answer, expected, steps):
    assert cause(row(answer, "9", steps), None)[0] == expected


@pytest.mark.parametrize("steps", [["6*8=48", "48-5=43"], ["6*8-5=43"]])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("53", "wrong operation"),
        ("9", "wrong operation"),
        ("48", "too few steps"),
        ("13", "too few steps"),
        ("42", "arithmetic slip"),
        ("33", "arithmetic slip"),
        ("999", "not explained"),
    ],
)
def test_two_steps(answer, expected, steps):
    assert cause(row(answer, "43", steps, TWO), None)[0] == expected


@pytest.mark.parametrize(
    ("written", "answer", "expected"),
    [
        ("<<6*8=48>>", "43", "arithmetic slip"),
        ("<<6*8=46>>", "41", "arithmetic slip"),
        ("<<6+8=14>>", "9", "wrong operation"),
        ("<<6*5=30>>", "22", "wrong operands"),
        ("<<6*8=48>> <<48-5=43>>", "35", "too many steps"),
        ("", "35", "not explained"),
    ],
)
def test_the_teacher_decides_what_the_number_leaves_open(written, answer, expected):
    student = row("999", "43", ["6*8=48", "48-5=43"], TWO)
    teacher = {"text": f"{written} The answer is: {answer}".strip()}
    assert cause(student, teacher)[0] == expected


def test_an_answer_without_an_end_is_unreadable():
    assert cause(row("9", "8", ["14-5=8"], finished=False), None)[0] == "unreadable"


def test_hopeless_questions_are_not_explained():
    assert explained(977, 3, [], []) is None


def test_the_command_sorts_a_file(tmp_path, capsys):
    rows = [row(a, "9", ["14-5=9"]) for a in ("19", "25", "8", "977", "")]
    rows.append(row("9", "9", ["14-5=9"]) | {"right": True})
    answers, output = tmp_path / "answers.jsonl", tmp_path / "study.json"
    answers.write_text("\n".join(map(json.dumps, rows)) + "\n")
    words = ["failures", "--answers", str(answers), "--output", str(output)]
    assert cli.main(words) == 0
    assert "5 of 5 wrong answers among 6" in capsys.readouterr().out
    found = json.loads(output.read_text())["metrics"]
    assert set(found["causes"]) == set(CAUSES)
    assert sum(each["value"] for each in found["causes"].values()) == pytest.approx(1)
    assert found["causes"]["wrong operation"]["value"] == 0.2
    assert cli.main([*words, "--teacher", str(answers), "--limit", "3"]) == 0
    assert json.loads(output.read_text())["metrics"]["studied"] == 3
    answers.write_text(json.dumps(rows[-1]) + "\n")
    assert cli.main(words) == 2
    good = json.dumps(rows[0])
    for bad, said in (
        ("{}", "line 2: lacks"),
        ('{"id": 1, "ques', "line 2: not a JSON object"),
        (json.dumps(rows[0] | {"gold": "B"}), "'B' is no number"),
    ):
        answers.write_text(f"{good}\n{bad}\n")
        assert cli.main(words) == 2
        assert said in capsys.readouterr().err
