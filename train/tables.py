"""Markdown tables from records of runs: accuracy, readings of the thoughts, speed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from train.manifest import portable

MODES = {"teacher": "teacher", "student": "student", "direct": "answer at once"}


@dataclass(frozen=True)
class Record:
    """A finished run: its JSON file and what stands in it."""

    path: Path
    values: dict[str, Any]

    def link(self, text: str, *, linked: bool) -> str:
        """`text`, as a link to the file if wanted, with a dagger if the code was not committed."""
        git = self.values.get("git")
        dagger = "" if git and not git["dirty"] else "†"
        return (f"[{text}]({portable(self.path)})" if linked else text) + dagger


def score_tables(records: Sequence[Record], *, linked: bool) -> list[str]:
    """The tables that the records of `evaluate` and `benchmark` allow."""
    tables = (accuracy_table, reading_table, speed_table)
    return [found for table in tables if (found := table(records, linked=linked))]


def accuracy_table(records: Sequence[Record], *, linked: bool) -> str:
    """Questions by mode; the latest record of each counts."""
    cells: dict[tuple[str, int, str], dict[str, Record]] = {}
    for record in _of("evaluate", records):
        data, config = record.values["data"], record.values["config"]
        row = (title(record.values), data["rows"], data["sha256"])
        # A student with another number of thoughts than trained is an experiment, not the student;
        # so is anybody who reads padding.
        as_trained = (
            config["mode"] != "student" or config["num_latents"] == config["trained_latents"]
        )
        if as_trained and not config.get("paper"):
            cells.setdefault(row, {})[config["mode"]] = record
    if not cells:
        return ""
    modes = [mode for mode in MODES if any(mode in row for row in cells.values())]
    lines = [to_row("questions", "n", *(MODES[mode] for mode in modes), "student / teacher")]
    lines += [to_row("---", *["---:"] * (len(modes) + 2))]
    for (name, n, _), found in cells.items():
        shown = [_accuracy(found[mode], linked) if mode in found else "" for mode in modes]
        lines.append(to_row(name, str(n), *shown, _ratio(found)))
    note = "Accuracy in %, ± one standard error; greedy, the number after the cue counts."
    return "\n".join([*lines, "", note])


def reading_table(records: Sequence[Record], *, linked: bool) -> str:
    """Intermediate results that the thoughts name, beside chance."""
    found = [
        record for record in _of("evaluate", records) if record.values["metrics"].get("readings")
    ]
    if not found:
        return ""
    lines = [to_row("intermediate results", "number", "named by a thought", "by chance")]
    lines += [to_row("---", "---:", "---:", "---:")]
    for record in found:
        for group in record.values["metrics"]["readings"]:
            head = record.link(title(record.values), linked=linked)
            rates = (percent(group[name]) for name in ("hit", "chance"))
            lines.append(to_row(head, str(group["values"]), *rates))
    note = "Correct answers only; top five tokens of bot and every thought; chance: another problem's results."
    return "\n".join([*lines, "", note])


def speed_table(records: Sequence[Record], *, linked: bool) -> str:
    """Milliseconds an answer, one question at a time."""
    lines = []
    for record in _of("benchmark", records):
        env, metrics = record.values["env"], record.values["metrics"]
        for source in ("codi", "transformers"):
            times = metrics[source]
            spans = [_span(times[mode], 1e3, 1) for mode in ("teacher", "student")]
            head = record.link(f"{source}, {env['cpu']}, {env['threads']} threads", linked=linked)
            lines.append(to_row(head, *spans, _span(times["ratio"], 1, 2)))
    if not lines:
        return ""
    top = [to_row("milliseconds an answer", "teacher", "student", "teacher / student")]
    note = "Median and quartiles over questions, batch 1, greedy, after a warm-up."
    return "\n".join([*top, to_row("---", "---:", "---:", "---:"), *lines, "", note])


def _of(kind: str, records: Sequence[Record]) -> list[Record]:
    return [record for record in records if record.values["kind"] == kind]


def to_row(*cells: str) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def title(values: Mapping[str, Any]) -> str:
    """What readers call the questions of a record."""
    data, longest = values["data"], values["config"].get("max_steps")
    name = f"{data['name'].removesuffix('.jsonl')} {data['split']}".strip()
    return f"{name}, 1-{longest} steps" if longest else name


def percent(share: dict[str, Any]) -> str:
    """`43.1 ± 1.4` from a share 0..1; a dash where there were no cases."""
    if share["value"] is None:
        return "–"
    return f"{100 * share['value']:.1f} ± {100 * share['standard_error']:.1f}"


def _accuracy(record: Record, linked: bool) -> str:
    return record.link(percent(record.values["metrics"]["strict"]), linked=linked)


def _ratio(found: dict[str, Record]) -> str:
    if not {"teacher", "student"} <= set(found):
        return ""
    teacher, student = (
        found[m].values["metrics"]["strict"]["value"] for m in ("teacher", "student")
    )
    return f"{student / teacher:.2f}" if teacher else "–"


def _span(times: dict[str, float], scale: float, digits: int) -> str:
    median, low, high = (f"{scale * times[name]:.{digits}f}" for name in ("median", "low", "high"))
    return f"{median} [{low}, {high}]"
