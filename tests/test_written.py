"""Written problems: every line is sound, and every draw from it too."""

from __future__ import annotations

import re

import pytest

from codi.answers import same
from train.data import draw as drawn
from train.resample import Dropped, draw, original
from train.resample.equations import number, parse, value
from train.written import lines, template_at, template_of, written

PARTS = 9  # of all lines, which together take a minute or two; a third of them by default

SHARED = (
    "Tom had [24] figs. He ate [9] and gave the rest to [3] friends. What did each get?"
    "| 24-9=15 | 15/3=5"
)


def test_no_problem_is_there_twice() -> None:
    texts = [re.sub(r"\[.*?\]", "#", line.partition("|")[0]).lower() for _, _, line in lines()]
    assert len(texts) > 25_000
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "part", [*range(3), *(pytest.param(part, marks=pytest.mark.slow) for part in range(3, PARTS))]
)
def test_every_line_is_sound_and_has_the_numbers_it_was_written_with(part: int) -> None:
    for place in range(part, len(lines()), PARTS):
        example = original(template_at(place))
        told = lines()[place]
        assert not set("[]|") & set(example.question), told
        assert example.question.isascii(), told
        assert example.steps[-1].rpartition("=")[2] == example.answer, told


def test_every_draw_computes() -> None:
    for index in range(2_000):
        example = written(7, index)
        for step in example.steps:
            left, _, result = step.rpartition("=")
            assert value(parse(left)) == number(result) >= 0
        assert same(example.steps[-1].rpartition("=")[2], example.answer)


def test_brackets_change_and_nothing_else_does() -> None:
    template = template_of(SHARED, "one")
    draws = [draw(template, 1, index) for index in range(60)]
    told = [tuple(map(int, re.findall(r"\d+", each.question))) for each in draws]
    assert all(int(each.answer) * c == a - b for each, (a, b, c) in zip(draws, told, strict=True))
    assert all(len({row[place] for row in told}) > 2 for place in range(3))
    week = template_of("[4] hens lay an egg a day. How many eggs is that in 7 days?| 4*7=28", "two")
    assert all("in 7 days" in draw(week, 1, index).question for index in range(20))


def test_a_number_that_is_not_needed_changes_as_well() -> None:
    line = "Ann, [41], has [15] pens and [28] clips. How many things are these?| 15+28=43"
    draws = [draw(template_of(line, "one"), 1, index) for index in range(60)]
    assert len({re.findall(r"\d+", each.question)[0] for each in draws}) > 5
    for each in draws:
        _, pens, clips = map(int, re.findall(r"\d+", each.question))
        assert int(each.answer) == pens + clips


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[3] bags of [4]?", "no steps"),
        ("[3] bags of [4]?| 3*4=13", "does not compute"),
        ("[3] bags of [3]?| 3*3=9", "equal"),
        ("[8] figs, [4] gone, [4] more?| 8-4=4 | 4+4=8", "equal"),
        ("[3] bags of [4] and [5] more?| 3*4=12 | 4+5=9", "not used"),
        ("[12] eggs and a dozen more?| 12+12=24", "stays"),
        ("Two of the [9] pens cost $[2]?| 9*2=18", "stays"),
        ("The [third] of [4] bags of 6?| 4*6=24", "brackets"),
    ],
)
def test_a_line_that_is_not_certain_is_refused(line: str, reason: str) -> None:
    with pytest.raises(Dropped, match=reason):
        template_of(line, "one")


def test_they_are_drawn_by_name() -> None:
    one, again = drawn("written", 20, seed=3), drawn("written", 20, seed=3)
    assert one == again
    assert len({example.question for example in one.examples}) > 15
    assert all(len(e.steps) == 1 for e in drawn("written", 5, max_steps=1).examples)
