"""Data in, Examples out: broken rows are counted and named, the rest is used."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from train.data import KNOWN, Example, draw, load

GOOD = {"question": "2 bags of 3?", "steps": ["2*3=6"], "answer": "6"}


def write(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_file_is_read_row_by_row(tmp_path):
    path = write(tmp_path / "set.jsonl", GOOD, {"question": " Five? ", "answer": 5})
    loaded = load(path)
    assert loaded.examples == (
        Example("2 bags of 3?", ("2*3=6",), "6", "set/1"),
        Example("Five?", (), "5", "set/2"),
    )
    assert loaded.name == "set.jsonl"
    assert not loaded.dropped
    assert loaded.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


BROKEN = {
    "{": "not JSON",
    "[" * 100_000: "not JSON",
    "[1]": "not a JSON object",
    '{"answer": "1"}': "without a question",
    '{"question": "  ", "answer": "1"}': "without a question",
    '{"question": 7, "answer": "1"}': "without a question",
    '{"question": "?"}': "without an answer",
    '{"question": "?", "answer": null}': "without an answer",
    '{"question": "?", "answer": "about 3 or 4"}': "with an answer that is no number",
    '{"question": "?", "answer": NaN}': "with an answer that is no number",
    '{"question": "?", "answer": "1e999999"}': "with an answer that is no number",
    '{"question": "?", "answer": true}': "with an answer that is no number",
    '{"question": "?", "answer": "1", "steps": "1=1"}': "with steps that are no list of texts",
    '{"question": "?", "answer": "1", "steps": [1]}': "with steps that are no list of texts",
}


def test_broken_rows_are_counted_and_named_and_the_rest_is_used(tmp_path):
    path = write(tmp_path / "broken.jsonl", GOOD, *BROKEN, "", GOOD)
    path.write_bytes(path.read_bytes() + b'{"question": "\xff\xfe", "answer": "1"}\n')
    loaded = load(path)
    assert [example.id for example in loaded.examples] == ["broken/1", f"broken/{len(BROKEN) + 3}"]
    assert loaded.problems[:-1] == tuple(enumerate(BROKEN.values(), 2))
    assert loaded.problems[-1] == (len(BROKEN) + 4, "not JSON")
    assert sum(loaded.dropped.values()) == len(BROKEN) + 1


@pytest.mark.parametrize("content", ["", "\n\n", "{\n{\n"])
def test_nothing_usable_is_an_error_with_reasons(tmp_path, content):
    path = tmp_path / "empty.jsonl"
    path.write_text(content)
    with pytest.raises(
        ValueError, match=r"empty.jsonl has no usable row \((2 not JSON|it is empty)"
    ):
        load(path)


def test_a_missing_file_says_what_there_is(tmp_path):
    write(tmp_path / "here.jsonl", GOOD)
    with pytest.raises(FileNotFoundError, match=r"here\.jsonl.*gsm8k-aug"):
        load(tmp_path / "there.jsonl")
    with pytest.raises(FileNotFoundError, match="known sets"):
        load("gsm9k")
    with pytest.raises(FileNotFoundError, match=r"no \.jsonl file|has "):
        load(tmp_path)


@pytest.mark.parametrize(
    ("equation", "step"),
    [
        ("( 8.0 + 3.0 )", ("8+3=11",)),
        ("(8-3)*(2+1)", ("(8-3)*(2+1)=11",)),
        ("", ()),
        ("x = 5", ()),
        (None, ()),
        (7, ()),
    ],
)
def test_an_equation_is_a_step_where_there_are_no_others(tmp_path, equation, step):
    row = {"question": "?", "answer": "11", "equation": equation}
    path = write(tmp_path / "set.jsonl", row, row | {"steps": ["1+10=11"]})
    first, second = load(path).examples
    assert first.steps == step
    assert second.steps == ("1+10=11",)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_every_spelling_of_a_number_is_one_answer(value):
    fake = load_rows(
        [{"question": "?", "answer": f"{value:,}"}, {"question": "?", "answer": str(value)}]
    )
    assert fake[0].answer == fake[1].answer


def load_rows(rows: list[dict], name: str = "gsm8k", split: str = "test") -> tuple[Example, ...]:
    """The rows as if they came from the hub."""
    seen = {}

    def load_dataset(repo, config=None, split=None):
        seen.update(repo=repo, config=config, split=split)
        return rows

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CODI_DATA", raising=False)
        patch.setitem(sys.modules, "datasets", SimpleNamespace(load_dataset=load_dataset))
        loaded = load(name, split)
    assert seen["repo"] == KNOWN[name].repo
    assert seen["split"] == KNOWN[name].splits[split]
    return loaded.examples


OFFICIAL = [
    (
        "gsm8k",
        "test",
        {
            "question": "Clips?",
            "answer": "She sold 48/2 = <<48/2=24>>24.\nAll: <<48+24=72>>72.\n#### 72",
        },
        Example("Clips?", ("48/2=24", "48+24=72"), "72", "gsm8k_test/1"),
    ),
    (
        "gsm8k",
        "train",
        {"question": "Money?", "answer": "It is $<<1,000*2=2,000>>2,000\n#### 2,000"},
        Example("Money?", ("1000*2=2000",), "2000", "gsm8k_train/1"),
    ),
    (
        "gsm8k-aug",
        "train",
        {"question": "Pay?", "cot": "<<600*30/100=180>> <<180+60=240>>", "answer": "240"},
        Example("Pay?", ("600*30/100=180", "180+60=240"), "240", "gsm8k-aug_train/1"),
    ),
    (
        "gsm8k-aug-nl",
        "train",
        {"question": "Pay?", "cot": "30% is 0.3 * 600 = 180. So 180 are left.", "answer": "180"},
        Example(
            "Pay?", ("30% is 0.3 * 600 = 180.", "So 180 are left."), "180", "gsm8k-aug-nl_train/1"
        ),
    ),
    (
        "svamp",
        "test",
        {"Body": "a", "Question": "b", "question_concat": "a b", "Equation": "x", "Answer": "2.0"},
        Example("a b", (), "2", "svamp_test/1"),
    ),
    (
        "svamp",
        "test",
        {"question_concat": "c d", "Equation": "( ( 8.0 - 3.5 ) * 2.0 )", "Answer": "9.0"},
        Example("c d", ("(8-3.5)*2=9",), "9", "svamp_test/1"),
    ),
    (
        "multiarith",
        "test",
        {"question": " Halloween?", "final_ans": "39"},
        Example("Halloween?", (), "39", "multiarith_test/1"),
    ),
    (
        "gsm-hard",
        "test",
        {"instruction": "Ducks?", "response": "-9867630.0"},
        Example("Ducks?", (), "-9867630", "gsm-hard_test/1"),
    ),
    (
        "commonsense",
        "test",
        {"question": "Where? A: x B: y", "cot": "It is x.", "answer": "A"},
        Example("Where? A: x B: y", ("It is x.",), "A", "commonsense_test/1"),
    ),
]


@pytest.mark.parametrize(("name", "split", "row", "expected"), OFFICIAL)
def test_official_columns(name, split, row, expected):
    assert load_rows([row], name, split) == (expected,)


def test_evaluation_sets_cannot_be_loaded_for_training():
    for name in ("svamp", "multiarith", "gsm-hard"):
        with pytest.raises(ValueError, match="it has test"):
            load(name, "train")


def test_a_local_folder_comes_before_the_hub(tmp_path, monkeypatch):
    write(tmp_path / "gsm8k_test.jsonl", GOOD)
    write(tmp_path / "gsm_hard.jsonl", GOOD)
    write(tmp_path / "gsm8k_aug.jsonl", GOOD)
    monkeypatch.setenv("CODI_DATA", str(tmp_path))
    monkeypatch.setitem(sys.modules, "datasets", None)
    found = load("gsm8k", "test")
    assert (found.name, found.split, found.examples[0].id) == ("gsm8k", "test", "gsm8k_test/1")
    assert load("gsm-hard", "test").name == "gsm-hard"
    with pytest.raises(FileNotFoundError, match=r"gsm8k_aug_train\.jsonl"):
        load("gsm8k-aug", "train")  # a file that does not say its split is not guessed at


def test_drawing_is_repeatable_and_named():
    first, again, other = draw("heldout", 5), draw("heldout", 5), draw("heldout", 5, seed=1)
    assert first == again
    assert first.sha256 != other.sha256
    assert all(len(e.steps) == 1 for e in draw("synthetic-train", 5, max_steps=1).examples)
    with pytest.raises(ValueError, match="at least 1"):
        draw("heldout", 0)
