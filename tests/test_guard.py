"""No evaluation question, nor a telling piece of one, gets into the training stream."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from train.config import PRESETS
from train.data import Example
from train.guard import Guard, pieces, words_of
from train.overlap import SETS, protected, search, stream
from train.stream import Mixture
from train.synthetic import generate

QUESTION = (
    "Lena sorted 14 lime green buttons into tins for a village bazaar. How many did she sort?"
)
HOLDERS = (os.environ.get("CODI_DATA", ""), Path(__file__).parents[2] / "shared" / "data")
FOLDER = next((Path(f) for f in HOLDERS if f and (Path(f) / f"{SETS[0]}.jsonl").is_file()), None)


def test_other_numbers_and_names_are_the_same_question():
    other = QUESTION.replace("Lena", "Marco").replace("14", "ninety").upper()
    assert words_of(other) == words_of(QUESTION)
    assert Guard.of([QUESTION]).met(other)


def test_what_anybody_writes_is_stock():
    stock = "Tom has 5 apples now. How many more did he have than she has in all?"
    assert not list(pieces(words_of(stock)))
    assert Guard.of([stock]).met(stock) == []
    assert list(pieces(words_of("Sort lime green buttons?"))) == ["sort lime green buttons"]


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_guard_meets_its_own_questions_wherever_they_stand(seed, index):
    question = generate(seed, index).question
    guard = Guard.of([question])
    assert guard.met(f"By the way. {question} Thanks!") == guard.met(question)
    assert bool(guard.met(question)) == bool(list(pieces(words_of(question))))


def test_a_guard_survives_its_file(tmp_path):
    guard = Guard.of([QUESTION])
    guard.save(tmp_path / "guard.bin")
    assert Guard.load(tmp_path / "guard.bin").digests == guard.digests
    with pytest.raises(FileNotFoundError, match="overlap --write"):
        Guard.load(tmp_path / "none.bin")


def test_the_stream_draws_again_what_the_guard_refuses():
    config = PRESETS["tiny"]
    free = Mixture(config, guard=Guard([]))
    first = [free.example(i) for i in range(50)]
    guard = Guard.of(example.question for example in first[::2])
    guarded = Mixture(config, guard=guard)
    again = [guarded.example(i) for i in range(50)]
    assert not any(guard.met(example.question) for example in again)
    assert (
        guarded.refused["synthetic"] >= sum(a != b for a, b in zip(first, again, strict=True)) > 0
    )
    assert search(guard, guarded, 50)["synthetic"].met == 0
    assert search(guard, free, 50)["synthetic"].met > 0


def test_training_on_an_evaluation_file_fails_with_a_sentence():
    rows = [Example(QUESTION, ("14*1=14",), "14", "test/1")]
    with pytest.raises(ValueError, match="asks for resampled problems but there are none"):
        stream(rows, Guard.of([QUESTION]))


@pytest.mark.skipif(FOLDER is None, reason="the evaluation sets are not here")
def test_no_evaluation_question_is_in_the_stream():
    guard = protected(FOLDER)
    assert guard.digests == Guard.load().digests, "renew it: python -m train overlap --write"
    mixture = Mixture(PRESETS["tiny"])
    assert not any(guard.met(mixture.example(i).question) for i in range(1000))
