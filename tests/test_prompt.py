from __future__ import annotations

import pytest
from conftest import TEXTS, make
from hypothesis import given
from hypothesis import strategies as st

from codi.model import CodiModel
from codi.prompt import join_steps
from train.tokenizer import JOINER, SPECIAL, build

TOKENIZER = build(TEXTS, 1600)


def pieces(text: str) -> list[str]:
    return [TOKENIZER.decode([i]) for i in TOKENIZER(text)["input_ids"]]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters=JOINER)))
def test_any_text_survives_but_for_white_space(text: str) -> None:
    # The tokenizer's idea of white space is Unicode's; str.split() adds four separators below 0x20.
    text = "".join(" " if c in "\x1c\x1d\x1e\x1f" else c for c in text)
    assert TOKENIZER.decode(TOKENIZER(text)["input_ids"]) == " ".join(text.split())


@given(st.integers(0, 999))
def test_whole_numbers_are_one_token_in_one_form(value: int) -> None:
    alone = TOKENIZER(str(value))["input_ids"]
    assert len(alone) == 1
    for text in (f"has {value} eggs", f"<<{value}+1", f"${value}", f"The answer is: {value}"):
        assert alone[0] in TOKENIZER(text)["input_ids"]


@given(st.integers(0, 10**15))
def test_larger_numbers_split_in_threes_from_the_right(value: int) -> None:
    assert pieces(str(value)) == f"{value:,}".split(",")


@pytest.mark.parametrize(
    "text", ["$2.50", "3.05", "1,234", "x9", "9x", "3:30", "$ 5", "20%", "B 2"]
)
def test_numbers_in_all_dresses_round_trip(text: str) -> None:
    assert TOKENIZER.decode(TOKENIZER(text)["input_ids"]) == text


def test_no_text_reaches_a_marker() -> None:
    markers = set(TOKENIZER.convert_tokens_to_ids(list(SPECIAL)))
    assert len(markers) == 4
    assert not markers & set(TOKENIZER(" ".join(SPECIAL))["input_ids"])


def test_vocabulary_is_bounded() -> None:
    assert len(build(TEXTS * 50, 1500)) <= 1500


def test_cue_is_the_token_before_the_number(tiny: CodiModel) -> None:
    for answer in ("7", "26", "100", "321", "1234", "2.50"):
        ids, cue = tiny.prompt.answer(answer)
        assert tiny.prompt.piece(ids[cue]) == ":"
        assert ids[: cue + 1] == tiny.prompt.cue_ids
        assert tiny.prompt.text(ids) == f"The answer is: {answer}"
        assert ids[-1] == tiny.config.eos_id


def test_parts_apart_equal_the_whole(tiny: CodiModel) -> None:
    prompt = tiny.prompt
    question, steps = "Tom has 3 bags.", join_steps(["3*4=12", "12+1=13"])
    parts = [*prompt.question(question)[0], *prompt.steps(steps), *prompt.answer("13")[0]]
    whole = TOKENIZER(f"{question} {steps} The answer is: 13")["input_ids"]
    assert parts == [*whole, tiny.config.eos_id]


def test_tokens_know_their_word(tiny: CodiModel) -> None:
    question = "  Tom's   5 apples cost $1,250 now?"
    ids, words = tiny.prompt.question(question)
    for word, text in enumerate(question.split()):
        own = [i for i, w in zip(ids, words, strict=True) if w == word]
        assert tiny.prompt.text(own) == text
    assert words == sorted(words)


def test_this_tokenizer_names_whole_numbers() -> None:
    assert make().prompt.names_whole_numbers()


def test_empty_question_has_no_ids(tiny: CodiModel) -> None:
    assert tiny.prompt.question(" \n ") == ([], [])
    assert tiny.prompt.steps("") == []
