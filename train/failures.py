"""`python -m train failures`: sort wrong answers by cause, to know what to teach next.

Reads what `evaluate --answers` wrote: the student's answers, and the teacher's to the same questions if
there are any. A wrong number says a lot, since it was made of the numbers of the question:

    unreadable       no number after the cue, or the answer never ended
    wrong operation  the right numbers, another sign: 14-5 where 14+5 was asked
    wrong operands   other numbers of the question: the language was not understood
    too few steps    a result on the way, or a number of the question itself
    too many steps   the result goes on where it should have ended
    arithmetic slip  close to the answer, or the teacher wrote the right equation

The simplest explanation counts. What the student's number leaves open, the teacher's written steps
decide; what is still open is `not explained`. An explanation may be chance: the table is a guide for
reading, and `--show` names the cases to read.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

from codi.answers import parse_after_cue, parse_answer
from codi.config import CodiConfig
from codi.estimate import Estimate
from train.evaluate import read_answers
from train.manifest import plain, record
from train.resample.equations import compute, leaves_of, number, parse
from train.resample.mentions import find_mentions

CAUSES = (
    "unreadable",
    "wrong operation",
    "wrong operands",
    "too few steps",
    "too many steps",
    "arithmetic slip",
    "not explained",
)
_STEP = re.compile(r"<<([^<>=]+)=([^<>=]+)>>")
Way = tuple[tuple[Fraction, ...], tuple[str, ...]]
"""Operands in order and the operations between them, from left to right."""


def ways(numbers: Sequence[Fraction], operations: int) -> Iterator[tuple[Way, Fraction]]:
    """Everything that so many operations make of different ones of these numbers, and its value."""
    for chosen in permutations(numbers, operations + 1):
        found: list[tuple[tuple[str, ...], Fraction]] = [((), chosen[0])]
        for operand in chosen[1:]:
            found = [
                ((*signs, sign), Fraction(compute(sign, value, operand)))
                for signs, value in found
                for sign in "+-*/"
                if sign != "/" or operand
            ]
        yield from (((chosen, signs), value) for signs, value in found)


def explained(
    answer: Fraction, gold: Fraction, steps: Sequence[str], numbers: Sequence[Fraction]
) -> tuple[str, str] | None:
    """(cause, how) of a wrong number, made of the numbers of the question; None if nothing fits.

    Args:
        steps: the gold equations; without them the shortest way to the gold answer is taken for them.
        numbers: of the question.
    """
    results = [Fraction(number(step.rpartition("=")[2])) for step in steps]
    needed = _needed(gold, steps, numbers)
    if answer in results[:-1]:
        return "too few steps", f"{answer} is a result on the way"
    if answer in numbers:
        return "too few steps", f"{answer} is a number of the question"
    parts = [leaves_of(parse(step.rpartition("=")[0])) for step in steps]
    length = sum(len(leaves) - 1 for leaves in parts) or max(len(needed) - 1, 1)
    if length > 1 and (way := _way(answer, needed, 1)):
        return "too few steps", way
    if needed and (way := _way(answer, needed, len(needed) - 1)):
        return "wrong operation", way
    if way := _way(answer, numbers, length if length < 3 else 2):
        return "wrong operands", way
    if _near(answer, gold):
        return "arithmetic slip", f"{answer} is close to {gold}"
    if length < 2 and (way := _way(answer, numbers, length + 1)):
        return "too many steps", way
    return None


def _needed(gold: Fraction, steps: Sequence[str], numbers: Sequence[Fraction]) -> list[Fraction]:
    """The numbers of the question that lead to the answer."""
    if steps:
        leaves = [leaf for step in steps for leaf in leaves_of(parse(step.rpartition("=")[0]))]
        used = Counter(leaf for leaf in leaves if isinstance(leaf, Fraction))
        return [n for n in dict.fromkeys(numbers) if used[n]]
    for operations in (1, 2):
        for (operands, _), value in ways(numbers, operations):
            if value == gold:
                return list(operands)
    return []


def _way(answer: Fraction, numbers: Sequence[Fraction], operations: int) -> str | None:
    """How so many operations make this number, in words; None if they do not."""
    if not 1 <= operations <= 2 or len(numbers) > 6:
        return None
    for (operands, signs), value in ways(numbers, operations):
        if value == answer:
            rest = "".join(f"{s}{n}" for s, n in zip(signs, operands[1:], strict=True))
            return f"{answer} is {operands[0]}{rest}, from left to right"
    return None


def _near(answer: Fraction, gold: Fraction) -> bool:
    """Off by little, by one digit, or by a power of ten."""
    left, right = str(answer), str(gold)
    digit = len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1
    tens = answer and gold and answer / gold in {Fraction(10) ** k for k in (-2, -1, 1, 2)}
    return digit or bool(tens) or abs(answer - gold) <= max(Fraction(2), abs(gold) / 20)


def by_teacher(text: str, gold: Fraction, steps: Sequence[str]) -> tuple[str, str] | None:
    """(cause, how) by the steps that the teacher wrote for the same question; the last is not written."""
    written = [(left, Fraction(number(right))) for left, right in _STEP.findall(text)]
    answer = parse_after_cue(text, CodiConfig.cue)
    if answer is not None and Fraction(answer) == gold:
        return "arithmetic slip", "the teacher is right"
    if not steps or not written:
        return None
    wanted = [_shape(step.rpartition("=")[0]) for step in steps]
    found = [_shape(left) for left, _ in written]
    if len(found) >= len(wanted):
        return "too many steps", f"the teacher writes {len(found)} steps before the last one"
    for (signs, operands), (own_signs, own) in zip(wanted, found, strict=False):
        if operands != own:
            return "wrong operands", "the teacher takes other numbers"
        if signs != own_signs:
            return "wrong operation", "the teacher calculates otherwise"
    return "arithmetic slip", "the teacher writes the right steps"


def _shape(expression: str) -> tuple[str, list[Fraction]]:
    """Signs and operands, without their order."""
    try:
        leaves = leaves_of(parse(expression))
    except (ValueError, ZeroDivisionError):
        return "?", []
    numbers = sorted(leaf for leaf in leaves if isinstance(leaf, Fraction))
    return "".join(sorted(re.findall(r"[-+*/]", expression))), numbers


def cause(row: dict[str, Any], teacher: dict[str, Any] | None) -> tuple[str, str]:
    """Why this answer is wrong, as far as its number and the teacher's steps tell: (cause, how)."""
    answer = parse_after_cue(row["text"], CodiConfig.cue)
    if answer is None or not row.get("finished", True):
        return "unreadable", "no number" if answer is None else "the answer does not end"
    gold = Fraction(number(row["gold"]))
    steps = [step for step in row.get("steps", ()) if re.fullmatch(r"[^=]+=[-\d./]+", step)]
    mentions, _ = find_mentions(row["question"])
    numbers = [Fraction(mention.size) for mention in mentions]
    found = explained(Fraction(answer), gold, steps, numbers)
    if found is None and teacher is not None:
        found = by_teacher(teacher["text"], gold, steps)
    return found or ("not explained", f"{answer} where {row['gold']} was asked")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `failures`."""
    parser.add_argument("--answers", type=Path, required=True, help="of the student (JSON lines)")
    parser.add_argument("--teacher", type=Path, help="the teacher's answers to the same questions")
    parser.add_argument("--limit", type=int, default=100, help="so many wrong answers, by lot")
    parser.add_argument("--seed", type=int, default=0, help="of the lot")
    parser.add_argument("--show", type=int, default=3, help="cases to name of each cause")
    parser.add_argument("--output", type=Path, required=True, help="where the study goes (JSON)")


def main(args: argparse.Namespace) -> str:
    """Run `failures`; returns a table."""
    if args.limit < 1:
        raise ValueError(f"--limit must be at least 1, got {args.limit}")
    config = {"answers": args.answers, "teacher": args.teacher, "limit": args.limit}
    with record("failures", args.output, argv=args.argv, seed=args.seed, config=config) as manifest:
        rows = read_answers(args.answers)
        if letters := [row["gold"] for row in rows if parse_answer(row["gold"]) is None]:
            raise ValueError(f"{args.answers}: only sums have causes; {letters[0]!r} is no number")
        teachers = (
            {row["question"]: row for row in read_answers(args.teacher)} if args.teacher else {}
        )
        wrong = [row for row in rows if not row["right"]]
        if not wrong:
            raise ValueError(f"{args.answers} has no wrong answer among {len(rows)}")
        chosen = Random(args.seed).sample(wrong, min(args.limit, len(wrong)))
        cases = [(row["id"], *cause(row, teachers.get(row["question"]))) for row in chosen]
        counts = Counter(name for _, name, _ in cases)
        manifest.metrics = {
            "answers": len(rows),
            "wrong": len(wrong),
            "studied": len(cases),
            "causes": {
                name: plain(Estimate.share(name == found for _, found, _ in cases))
                for name in CAUSES
            },
            "cases": [
                {"id": id, "cause": name, "how": how}
                for id, name, how in sorted(cases, key=lambda case: CAUSES.index(case[1]))
            ],
        }
    lines = [f"{len(cases)} of {len(wrong)} wrong answers among {len(rows)}:"]
    for name, count in counts.most_common():
        lines.append(f"{count:4d}  {name}")
        own = [case for case in cases if case[1] == name][: args.show]
        lines += [f"        {id}: {how}" for id, _, how in own]
    return "\n".join(lines)
