from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codi import Capture, CodiModel, Options, Trace, decode, decode_many
from codi.attention import AttentionMap, attention_map
from codi.trace import Candidate, Step, Token

SEE = Capture(attention=True)
WORDS = st.lists(
    st.sampled_from(
        [
            "Tom",
            "has",
            "3",
            "bags",
            "of",
            "unbelievable",
            "apples,",
            "47",
            "and",
            "$5",
            "How",
            "many?",
        ]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


def look(model: CodiModel, question: str, mode: str = "student", k: int = 3) -> AttentionMap:
    options = Options(capture=SEE, max_new_tokens=4, num_latents=k if mode == "student" else None)
    return attention_map(decode(model, question, mode, options))


@settings(max_examples=8)
@given(question=WORDS, k=st.integers(0, 4))
def test_rows_sum_to_one_with_the_sink(tiny: CodiModel, question: str, k: int) -> None:
    table = look(tiny, question, k=k)
    assert table.weights.shape[2:] == (len(table.rows), len(table.columns))
    assert table.columns[0].kind == "sink"
    np.testing.assert_allclose(table.weights.sum(-1), 1, atol=1e-5)
    np.testing.assert_allclose(table.mean().sum(-1), 1, atol=1e-5)


@settings(max_examples=8)
@given(question=WORDS)
def test_never_looks_ahead(tiny: CodiModel, question: str) -> None:
    table = look(tiny, question)
    labels = [column.label for column in table.columns]
    for row, label in enumerate(table.rows[:4]):
        after = labels.index(label, [c.kind for c in table.columns].index("state")) + 1
        assert not table.weights[:, :, row, after:].any()


def test_padding_is_never_read(tiny: CodiModel) -> None:
    questions = ["Tom has 3 bags of 4 apples each. How many apples does he have now?", "3 + 4?"]
    options = Options(capture=SEE, max_new_tokens=2)
    batch = [attention_map(t) for t in decode_many(tiny, questions, "student", options)]
    for question, table in zip(questions, batch, strict=True):
        single = attention_map(decode(tiny, question, "student", options))
        assert table.columns == single.columns
        np.testing.assert_allclose(table.weights, single.weights, atol=1e-5)


def test_pieces_of_a_word_are_summed(tiny: CodiModel) -> None:
    question = "Tom has unbelievable bags. How many?"
    trace = decode(tiny, question, "student", Options(capture=SEE, max_new_tokens=1))
    pieces = [i for i, token in enumerate(trace.prompt) if token.word == 2]
    assert len(pieces) > 1
    table = attention_map(trace)
    column = next(i for i, c in enumerate(table.columns) if c.label == "unbelievable")
    bot = trace.steps[0].attention
    assert bot is not None
    np.testing.assert_allclose(
        table.weights[:, :, 0, column], bot[:, :, pieces].sum(-1), rtol=1e-5, atol=1e-7
    )


def test_choice_of_layer_and_head(tiny: CodiModel) -> None:
    table = look(tiny, "Tom has 3 bags. How many?")
    np.testing.assert_array_equal(table.at(1, 2), table.weights[1, 2])
    np.testing.assert_allclose(table.at(layer=1), table.weights[1].mean(0), atol=1e-7)
    np.testing.assert_allclose(table.at(head=2), table.weights[:, 2].mean(0), atol=1e-7)
    np.testing.assert_allclose(table.mean(), table.weights.mean((0, 1)), atol=1e-7)


def test_answer_rows_follow_the_cue() -> None:
    trace = written(["The", " answer", " is", ":", " 1", "234", ""])
    table = attention_map(trace)
    assert table.rows == ("bot", "1", "234")
    assert [(c.label, c.kind) for c in table.columns] == [
        ("Two", "sink"),
        ("eggs?", "word"),
        ("bot", "state"),
        ("eot", "written"),
        ("The answer is:", "written"),
        ("1", "written"),
    ]
    np.testing.assert_allclose(table.weights.sum(-1), 1, atol=1e-6)
    assert table.weights[0, 0, 1, 4] == pytest.approx(4 / 9)  # four pieces of the cue
    assert table.weights[0, 0, 1, 5] == 0  # the first answer token does not read itself


def test_the_space_after_the_cue_is_not_the_answer() -> None:
    table = attention_map(written(["The", " answer", " is", ":", " ", "26", ""]))
    assert table.rows == ("bot", "26")
    assert table.columns[-1].label == "The answer is:"


def test_attention_must_have_been_captured(tiny: CodiModel) -> None:
    trace = decode(tiny, "3 + 4?", "student", Options(max_new_tokens=1))
    with pytest.raises(ValueError, match="holds no attention"):
        attention_map(trace)


def written(pieces: list[str]) -> Trace:
    """A student's trace with no thoughts that writes `pieces`; attention is uniform."""
    prompt = (Token("Two", 5, 0), Token(" eggs", 6, 1), Token("?", 7, 1), Token("<bot>", 2))
    trace = Trace("Two eggs?", "student", prompt)
    for index, text in enumerate(["", *pieces]):
        position = len(prompt) - 1 + index
        kind = "bot" if index == 0 else "eot" if index == 1 else "answer"
        step = Step(
            kind, max(0, index - 2), position, index or None, text, (Candidate("x", 1, 0.5),), None,
            0.01, attention=np.full((2, 2, position + 1), 1 / (position + 1), dtype=np.float32),
        )  # fmt: skip
        whole = "".join(pieces[:index])
        trace = trace.grown(step, text=whole, done=index == len(pieces))
    return trace
