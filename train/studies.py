"""Markdown tables from records of `python -m train inspect`: what happens when thoughts are touched.

The latest record of each study on each set of questions counts. A study that found nothing is shown as
it is: that a thought can be erased without harm is a result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from train.tables import Record, percent, title, to_row

Metrics = dict[str, Any]


def study_tables(records: Sequence[Record], *, linked: bool) -> list[str]:
    """One table for each kind of study among the records, in the order of `TABLES`."""
    parts = []
    for what, table in TABLES.items():
        latest = {
            (title(r.values), r.values["data"]["sha256"]): r
            for r in records
            if r.values["kind"] == "inspect" and r.values["config"]["what"] == what
        }
        for record in latest.values():
            asked = f"{title(record.values)}, {record.values['data']['rows']} questions"
            head = record.link(asked, linked=linked)
            parts.append(table(head, record.values["metrics"]))
    return parts


def _used(head: str, metrics: Metrics) -> str:
    controls = metrics["controls"]
    lines = [_head(head, "accuracy", "answers kept")]
    lines += [
        to_row(name, percent(each["accuracy"]), percent(each["kept"]))
        for name, each in controls.items()
    ]
    return _noted(
        "Are the thoughts used?",
        lines,
        "all: its own; none: answered at once after the markers; zero: zero vectors; shuffled: those of "
        "another question; mean: the mean thought. In %.",
    )


def _effects(head: str, metrics: Metrics) -> str:
    cells = {(cell["name"], cell["latent"]): cell for cell in metrics["cells"]}
    names = list(dict.fromkeys(name for name, _ in cells))
    latents = sorted({latent for _, latent in cells})
    lines = [_head(head, *(f"z{k}" for k in latents))]
    for name in names:
        found = (cells.get((name, k)) for k in latents)
        lines.append(to_row(name, *(percent(cell["kept"]) if cell else "" for cell in found)))
    return _noted(
        "Which thought matters?",
        lines,
        "Share of answers (in %) that stay the same when one thought is changed in one way; stop: it is "
        "the last one (z0: no thought at all).",
    )


def _twin(head: str, metrics: Metrics) -> str:
    lines = [_head(head, "follows the twin", "keeps its own", "a third answer")]
    for name, share in metrics["shares_where_right"].items():
        lines.append(to_row(name, *(percent(share[key]) for key in ("follows", "keeps", "other"))))
    return _noted(
        "Whose answer comes out?",
        lines,
        "One number of the question is changed, and the thoughts of that twin are put in: all of them, "
        "those of odd or even number, or one. Correctly answered questions whose twin has another "
        "answer; in %.",
    )


def _trace(head: str, metrics: Metrics) -> str:
    lines = [_head(head, "verified", "right if verified", "right if not", "verified by chance")]
    for top in (1, 5):
        mark = metrics[f"recovered_top_{top}"]
        shares = (percent(mark[key]) for key in ("coverage", "precision", "rest", "chance"))
        lines.append(to_row(f"top {top}", *shares))
    return _noted(
        "Does a readable chain of thoughts promise a right answer?",
        lines,
        "Verified: the answer can be rebuilt by sums from the question's numbers and those that the "
        "thoughts name; chance: from another question's thoughts. In %.",
    )


def _votes(head: str, metrics: Metrics) -> str:
    points = metrics["by_n"]
    lines = [_head(head, *(f"n = {point['at']}" for point in points))]
    for name, said in (("vote", "majority"), ("best", "most probable"), ("any", "any of them")):
        lines.append(to_row(said, *(percent(point["values"][name]) for point in points)))
    return _noted(
        "Do many shaken minds know more?",
        lines,
        f"Accuracy in % of n samples with noise on the thoughts; one plain answer: "
        f"{percent(metrics['plain'])}.",
    )


TABLES: dict[str, Callable[[str, Metrics], str]] = {
    "used": _used,
    "effects": _effects,
    "twin": _twin,
    "trace": _trace,
    "votes": _votes,
}


def _head(*cells: str) -> str:
    return "\n".join([to_row(*cells), to_row("---", *["---:"] * (len(cells) - 1))])


def _noted(question: str, lines: Sequence[str], note: str) -> str:
    return "\n".join([f"**{question}**", "", *lines, "", note])
