from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from codi.answers import canonical, parse_after_cue, parse_answer, same

numbers = st.decimals(
    min_value=Decimal("-99999999"), max_value=Decimal("99999999"), places=3, allow_nan=False
)


@given(numbers)
def test_a_written_number_is_read_back(value: Decimal) -> None:
    assert parse_answer(f"The answer is: {canonical(value)}") == value
    assert parse_answer(f"so it costs {value:,} dollars.") == value


@given(st.integers(0, 10**9))
def test_money_and_separators(value: int) -> None:
    assert parse_answer(f"She has ${value:,}.") == value
    assert parse_answer(f"-${value}") == -value


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    value = parse_answer(text)
    assert value is None or value.is_finite()
    assert same(value, value) == (value is not None)


@given(numbers, numbers)
def test_equality_is_by_value(left: Decimal, right: Decimal) -> None:
    assert same(left, right) == same(right, left) == (left == right)
    assert (canonical(left) == canonical(right)) == (left == right)


def test_what_is_not_a_number() -> None:
    assert parse_answer("") is None
    assert parse_answer("no number. at all -") is None
    assert parse_answer("16-3-4=9") == 9, "a minus between numbers is an operator"
    assert parse_answer("it is .5") == Decimal("0.5")
    assert parse_answer("is 18.") == 18


def test_strict_reading_needs_the_cue() -> None:
    cue = "The answer is:"
    assert parse_after_cue("<<3*4=12>> The answer is: 12", cue) == 12
    assert parse_after_cue("<<3*4=12>>", cue) is None
    assert parse_after_cue("The answer is: 12 or 13", cue) == 12
    assert parse_answer("The answer is: 12 or 13") == 13
