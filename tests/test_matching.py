"""Step match, recovered trace, twins: numbers in, verdicts out; no model needed for most of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from conftest import make
from hypothesis import given
from hypothesis import strategies as st

from codi import Capture, CodiModel, Options, Trace, decode
from codi.matching import match_rates, match_steps, named_numbers, split_steps
from codi.prompt import join_steps
from codi.recovery import question_numbers, rebuild, recover, trust
from codi.trace import Candidate, Step
from codi.twins import (
    Outcome,
    TwinResult,
    random_twin,
    thought_sets,
    twin,
    twin_experiment,
    twin_shares,
)
from codi.used import transplant


def named(
    tops: Sequence[Sequence[str]], *, question: str = "Add 16 and 3.", answer: str = "26"
) -> Trace:
    """A trace whose states name the given tokens."""
    steps = [
        Step(
            kind="latent" if k else "bot",
            index=k,
            position=k,
            token=None,
            text="",
            top=tuple(Candidate(text, 0, 0.1) for text in top),
            logprob=None,
            seconds=0.0,
        )
        for k, top in enumerate(tops)
    ]
    return Trace(question, "student", (), tuple(steps), text=f"The answer is: {answer}")


# ---- step match


def test_only_whole_numbers_count_once_each() -> None:
    trace = named([[" 13", "13", "x", "1.5", "²", "-4", "007"], []])
    assert named_numbers(trace, top_k=7) == ((13, 7), ())
    assert named_numbers(trace, top_k=1) == ((13,), ())


def test_match_is_exact_and_names_state_and_rank() -> None:
    trace = named([["13", "130"], ["+", "x"], ["3", " 13"]])
    [first, second] = match_steps(trace, ["16-3=13", "13*2=26"])
    assert first.found == ((0, 1), (2, 2))
    assert second.found == ()
    [decimal] = match_steps(trace, ["6.5*2=13.0"])
    assert decimal.found == ((0, 1), (2, 2))


def test_match_rates_by_number_of_results() -> None:
    steps = [["16-3=13", "13*2=26"], ["4+4=8", "8-1=7"], ["1+1=2", "2+5=7", "7*2=14"], ["1+1=2"]]
    traces = [named([["13"], ["8"]]), named([["5"], ["8"]]), named([["2"], ["7"]]), named([[], []])]
    one, two = match_rates(traces, steps)
    assert (one.values, two.values) == (1, 2)
    assert one.hit.value == 1
    assert one.by_state == ((0.5, 0.5),)
    assert one.chance.value == 0.5  # the first names 8, the second does not name 13
    assert two.by_state == ((1.0, 0.0), (0.0, 1.0))
    assert two.chance.n == 0
    json.dumps([one.to_dict(), two.to_dict()])


@given(st.lists(st.from_regex(r"[0-9]{1,3}[+*/-][0-9]{1,3}=[0-9]{1,3}", fullmatch=True)))
def test_written_steps_split_into_themselves(steps: list[str]) -> None:
    assert split_steps(join_steps(steps)) == tuple(steps)


# ---- recovered trace


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Numbers of a question, and the results of a chain of calculations over them."""
    numbers = draw(st.lists(st.integers(2, 60), min_size=2, max_size=5, unique=True))
    value, results = numbers[0], []
    for number in numbers[1:]:
        op = draw(st.sampled_from("+*-"))
        value = {"+": value + number, "*": value * number, "-": abs(value - number)}[op]
        results.append(value)
    return numbers, results


@given(chains())
def test_a_chain_with_all_results_named_is_verified(chain: tuple[list[int], list[int]]) -> None:
    numbers, results = chain
    known = [Fraction(number) for number in numbers]
    found = rebuild(known, [[result] for result in results[:-1]], Decimal(results[-1]))
    assert found.verified
    available = set(known)
    for equation in found.equations:
        left, right = equation.left, equation.right
        assert {left, right} <= available
        value = {"+": left + right, "-": left - right, "*": left * right}.get(equation.op)
        assert equation.result == (left / right if value is None else value)
        available.add(equation.result)
    assert found.equations[-1].result == results[-1]
    assert found.equations[-1].state is None
    assert found.thoughts_needed == len(found.equations) - 1


def test_the_story_of_the_eggs() -> None:
    question = "Janet has 16 eggs, eats three and sells the rest for $2 each. How much?"
    found = recover(named([["13", "9"], ["*"], ["13"]], question=question))
    assert [step.text for step in found.equations] == ["16-3=13", "13*2=26"]
    assert [step.state for step in found.equations] == [0, None]
    json.dumps(found.to_dict())


def test_out_of_reach_is_not_verified_but_shows_what_was_found() -> None:
    found = recover(named([["19"]], answer="1000"))
    assert not found.verified
    assert [step.text for step in found.equations] == ["16+3=19"]
    assert not recover(named([["19"]], answer="none")).verified


def test_a_number_meets_itself_only_if_it_stands_twice() -> None:
    assert not rebuild([Fraction(5), Fraction(9)], [], Decimal(25)).verified
    assert rebuild([Fraction(5), Fraction(5)], [], Decimal(25)).verified


def test_question_numbers_in_digits_and_words() -> None:
    text = "Twice a dozen of 1,250 eggs, 20% off, costs $2.50 for the two boys."
    assert sorted(question_numbers(text)) == [2, 2, Fraction(5, 2), 12, 20, 100, 1250]


def test_trust_compares_right_and_wrong_answers() -> None:
    traces = [named([["13"]], question="16 less 3 times 2?"), named([["14"]], answer="999")]
    worth = trust(traces, ["26", "5"])
    assert worth.coverage.value == 0.5
    assert worth.precision.value == 1
    assert worth.rest.value == 0
    assert worth.right_verified.value == 1
    assert worth.wrong_verified.value == 0
    assert worth.chance.value == 0
    json.dumps(worth.to_dict())


# ---- twins


@given(st.integers(0, 999), st.integers(0, 999))
def test_twin_changes_one_whole_number(old: int, new: int) -> None:
    question = f"Ann has a{old} 1{old}.5 $3,{old:03}.0 and {old} eggs, then {old} more."
    if old == new:
        with pytest.raises(ValueError, match="same"):
            twin(question, old, new)
    else:
        assert twin(question, old, new) == question.replace(f" {old} eggs", f" {new} eggs")


def test_twin_names_the_numbers_that_there_are() -> None:
    with pytest.raises(ValueError, match="it has: 3, 12"):
        twin("3 bags of 12", 5, 6)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6), st.integers(0, 9))
def test_random_twin_is_near_and_reproducible(numbers: list[int], seed: int) -> None:
    question = " and ".join(map(str, numbers)) + " eggs."
    other = random_twin(question, seed)
    assert other == random_twin(question, seed)
    changed = [(a, b) for a, b in zip(question.split(), other.split(), strict=True) if a != b]
    assert len(changed) == 1
    assert abs(int(changed[0][0]) - int(changed[0][1])) <= 3


@pytest.mark.parametrize("seed", range(20))
def test_a_number_with_no_free_neighbour_stays(seed: int) -> None:
    for question in ("Ann has 1 cat, 2 dogs, 3 birds and 4 fish.", "0 and 2 and 3 eggs."):
        assert random_twin(question, seed) != question


def test_numbers_of_a_question() -> None:
    found = question_numbers("$1,250.50 and .5, 1,000 of fifteen, forty and a thousand; 50%")
    assert sorted(map(float, found)) == [0.5, 15, 40, 50, 100, 1000, 1000, 1250.5]


def test_transplant_is_decoding_with_the_twins_thoughts(tiny: CodiModel) -> None:
    question = "Tom has 3 bags of 4 apples."
    other = twin(question, 3, 5)
    [result] = twin_experiment(tiny, [(question, other)], max_new_tokens=6)
    assert (
        list(result.outcomes) == list(thought_sets(3)) == ["all", "odd", "even", "z1", "z2", "z3"]
    )
    donor = decode(tiny, other, options=Options(max_new_tokens=6, capture=Capture(latent=True)))
    for outcome in result.outcomes.values():
        edits = transplant(donor.latents, outcome.thoughts)
        trace = decode(tiny, question, options=Options(max_new_tokens=6, edits=edits))
        assert outcome.answer == (trace.text if trace.answer is None else str(trace.answer))
        expected = {result.twin_answer: "follows", result.answer: "keeps"}
        if result.answer != result.twin_answer:
            assert outcome.verdict == expected.get(outcome.answer, "other")
    json.dumps(result.to_dict())


def test_shares_leave_out_pairs_that_tell_nothing() -> None:
    def result(verdict: str) -> TwinResult:
        return TwinResult("q", "t", "1", "2", {"all": Outcome((1,), "2", verdict)})

    shares = twin_shares([result(v) for v in ("follows", "follows", "keeps", "alike")])["all"]
    assert (shares["follows"].n, shares["alike"].n) == (3, 4)
    assert shares["follows"].value == pytest.approx(2 / 3)
    assert shares["alike"].value == 0.25


def test_bad_pairs(tiny: CodiModel) -> None:
    with pytest.raises(ValueError, match="same as the question"):
        twin_experiment(tiny, [("a 1", "a 1")])
    with pytest.raises(ValueError, match="z9"):
        twin_experiment(tiny, [("a 1", "a 2")], sets={"far": [9]})
    with pytest.raises(ValueError, match="empty"):
        twin_experiment(tiny, [("a 1", " ")])
    with pytest.raises(ValueError, match="K = 0"):
        twin_experiment(make(num_latents=0), [("a 1", "a 2")])
    with pytest.raises(ValueError, match="no whole number"):
        random_twin("no number here")
