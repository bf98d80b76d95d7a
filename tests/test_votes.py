"""Sampling: reproducible, independent of company, counted honestly."""

from __future__ import annotations

import json

import pytest
from conftest import make
from hypothesis import given
from hypothesis import strategies as st

from codi import CodiModel, Options, decode
from codi.votes import Shake, Votes, abstention_curve, accuracy_by_n, vote, vote_many

QUESTION = "Tom has 3 bags of 4 apples. How many apples?"
OTHER = "She buys two books."
SHAKE = Shake(noise=0.5, dropout=0.1, temperature=0.7, seed=3)


def votes_of(answers: list[int | None], logprobs: list[float] | None = None) -> Votes:
    return Votes(
        "q",
        answers=tuple("no" if a is None else str(a) for a in answers),
        counted=tuple(a is not None for a in answers),
        logprobs=tuple(logprobs or [0.0] * len(answers)),
    )


ballots = st.lists(st.none() | st.integers(0, 3), min_size=1, max_size=12).map(votes_of)


def test_a_sample_depends_on_neither_company_nor_n(tiny: CodiModel) -> None:
    many = vote_many(tiny, [OTHER, QUESTION], 5, SHAKE, max_new_tokens=5)[1]
    few = vote_many(tiny, [QUESTION], 2, SHAKE, max_new_tokens=5)[0]
    assert many.first(2).answers == few.answers
    assert many.first(2).logprobs == pytest.approx(few.logprobs, abs=1e-3)
    again = vote_many(tiny, [QUESTION], 2, SHAKE, max_new_tokens=5)[0]
    assert few == again
    assert len(set(many.logprobs)) > 1


@pytest.mark.parametrize("shake", [Shake(noise=1e-7), Shake(temperature=1e-7)])
def test_almost_no_shaking_is_the_plain_answer(tiny: CodiModel, shake: Shake) -> None:
    plain = decode(tiny, QUESTION, options=Options(max_new_tokens=5))
    found = vote_many(tiny, [QUESTION], 3, shake, max_new_tokens=5)[0]
    answer = plain.text if plain.answer is None else str(plain.answer)
    assert set(found.answers) == {answer}
    total = sum(step.logprob for step in plain.steps if step.logprob is not None)
    assert found.logprobs == pytest.approx([total] * 3, abs=1e-2)


def test_the_question_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    layers = CodiModel.layers

    def counted(self, vectors, **kwargs):
        seen.append(tuple(vectors.shape[:2]))
        return layers(self, vectors, **kwargs)

    monkeypatch.setattr(CodiModel, "layers", counted)
    vote_many(make(), [QUESTION], 16, SHAKE, max_new_tokens=5)
    assert seen[0][0] == 1
    assert all(rows == 16 and tokens == 1 for rows, tokens in seen[1:])
    assert len(seen) <= 1 + 3 + 5


def test_no_thoughts_can_still_be_sampled_by_temperature() -> None:
    model = make(num_latents=0)
    assert len(vote(model, QUESTION, 2, Shake(temperature=1.0)).answers) == 2
    with pytest.raises(ValueError, match="K = 0"):
        vote(model, QUESTION, 2, Shake(noise=1.0))


@given(ballots)
def test_counting(votes: Votes) -> None:
    assert sum(votes.counts.values()) == sum(votes.counted)
    assert 0 <= votes.agreement <= 1
    assert (votes.winner is None) == (not any(votes.counted))
    assert votes.decide(0) == votes.winner
    if votes.winner is not None:
        assert votes.counts[votes.winner] == max(votes.counts.values())
        assert votes.decide(votes.agreement) == votes.winner
        assert votes.agreement == 1 or votes.decide(1.0) is None
    json.dumps(votes.to_dict())


def test_ties_and_best_of_n_go_to_the_more_probable() -> None:
    votes = votes_of([4, 5, 5, 4, 6, None], [-3.0, -2.0, -9.0, -8.0, -1.0, -0.1])
    assert votes.winner == "5"
    assert votes.best == "6"
    assert votes.agreement == pytest.approx(1 / 3)


@given(st.lists(st.tuples(ballots, st.integers(0, 3).map(str)), min_size=1, max_size=6))
def test_curves(cases: list[tuple[Votes, str]]) -> None:
    votes, golds = [case[0] for case in cases], [case[1] for case in cases]
    points = accuracy_by_n(votes, golds, sizes=(1, 2, 3, 100))
    assert [point.at for point in points] == [
        n for n in (1, 2, 3) if n <= min(len(vote.answers) for vote in votes)
    ]
    for point in points:
        assert point.values["vote"].value <= point.values["any"].value
        assert point.values["best"].value <= point.values["any"].value
    one = points[0].values
    assert one["vote"] == one["best"] == one["any"]
    coverage = [point.values["coverage"].value for point in abstention_curve(votes, golds)]
    assert coverage == sorted(coverage, reverse=True)


@pytest.mark.parametrize(
    "values", [{}, {"noise": -1}, {"dropout": 1.0}, {"temperature": float("inf")}]
)
def test_bad_shakes(values: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\d|nothing"):
        Shake(**values)


def test_bad_input(tiny: CodiModel) -> None:
    for n in (0, 257):
        with pytest.raises(ValueError, match=r"1\.\.256"):
            vote(tiny, QUESTION, n, SHAKE)
    with pytest.raises(ValueError, match="empty"):
        vote(tiny, "", 2, SHAKE)
