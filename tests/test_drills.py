from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from train.drills import drill


@given(st.integers(0, 9), st.integers(0, 10**6), st.integers(1, 5))
def test_drills_are_right_and_repeatable(seed: int, index: int, max_steps: int) -> None:
    example = drill(seed, index, max_steps)
    assert example == drill(seed, index, max_steps)
    assert 1 <= len(example.steps) <= max_steps
    for step in example.steps:
        left, result = step.split("=")
        assert eval(left) == int(result) >= 0
    assert example.steps[-1].split("=")[1] == example.answer
    assert "{" not in example.question


def test_drills_speak_of_halves_and_percent() -> None:
    questions = " ".join(drill(0, i, 3).question.lower() for i in range(2000))
    for words in ("half of", "twice", "a quarter of", "percent of", "% of", "plus", "divided by"):
        assert words in questions, words
