"""`python -m train card`: the model card and the README's table, written from records alone.

Prose that repeats numbers goes stale; so nobody types one. The card is `assets/card.md` with its blanks
filled from the checkpoint and from the JSON of finished runs; the README's table stands between two
markers and is replaced as a whole. A run that failed, or that measured other weights, is left out and
said so; one made with uncommitted code carries a dagger.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from safetensors import safe_open

import codi
from train.manifest import ROOT, portable, sha256_of
from train.studies import study_tables
from train.tables import Record, score_tables

TEMPLATE = ROOT / "assets" / "card.md"

_SUPERVISED = (
    "The thoughts were also trained to name the intermediate results (step supervision, which is not in "
    "the paper{annealed}). So that they can be read is in part taught, not found."
)

_SOURCES = {
    "synthetic": "generated problems",
    "written": "problems that a large language model wrote for it, with new numbers",
    "resampled": "GSM8K training problems (MIT) with new numbers",
    "original": "GSM8K training problems (MIT)",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `card`."""
    parser.add_argument("--checkpoint", type=Path, default=codi.checkpoint.BUNDLED, help="a folder")
    parser.add_argument(
        "--scores", type=Path, nargs="+", required=True, help="JSON of finished runs"
    )
    parser.add_argument(
        "--readme", type=Path, default=ROOT / "README.md", help="has the markers of results"
    )


def main(args: argparse.Namespace) -> str:
    """Run `card`; returns what was written and what was left out."""
    weights = args.checkpoint / "model.safetensors"
    if not weights.is_file():
        raise FileNotFoundError(f"{weights} is missing; the card describes a whole checkpoint")
    records, left_out = read_records(args.scores, sha256_of(weights))
    if not records:
        raise ValueError("no usable score: " + "; ".join(left_out))
    readme = fill_between(args.readme, _tables(records, linked=True))
    card = args.checkpoint / "README.md"
    card.write_text(model_card(args.checkpoint, records), encoding="utf-8")
    args.readme.write_text(readme, encoding="utf-8")
    wrote = f"wrote {portable(card)} and {portable(args.readme)} from {len(records)} records"
    return "\n".join([wrote, *(f"left out {reason}" for reason in left_out)])


def read_records(paths: Sequence[Path], sha256: str) -> tuple[list[Record], list[str]]:
    """Records of successful runs of these weights, oldest first, and why the others are left out."""
    records, left_out = [], []
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(f"no record at {path}; evaluate and benchmark write them")
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            kind, status, model = values["kind"], values["status"], values["model"] or {}
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"{path} is no record of a run") from None
        if kind not in ("evaluate", "benchmark", "inspect"):
            left_out.append(f"{path.name}: a record of {kind}")
        elif status != "success":
            left_out.append(f"{path.name}: its status is {status}")
        elif model.get("sha256") != sha256:
            left_out.append(f"{path.name}: it measured other weights")
        else:
            records.append(Record(path, values))
    return sorted(records, key=lambda record: record.values["created_at"]), left_out


def fill_between(path: Path, text: str, name: str = "results") -> str:
    """The file's text with everything between the markers of this name replaced."""
    first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; it needs {first} and {last}")
    whole = path.read_text(encoding="utf-8")
    pieces = re.split(f"{re.escape(first)}|{re.escape(last)}", whole)
    if len(pieces) != 3 or whole.index(first) > whole.index(last):
        raise ValueError(f"{path} must hold {first} and, after it, {last}, once each")
    return f"{pieces[0]}{first}\n{text}\n{last}{pieces[2]}"


def model_card(checkpoint: Path, records: Sequence[Record]) -> str:
    """The template with its blanks filled from the checkpoint's files and the records."""
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    own, backbone = config["codi"], config["backbone"]
    path = checkpoint / "manifest.json"
    training = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    plans = [run["config"]["stages"] for run in runs_behind(training) if "stages" in run["config"]]
    weights = [stage.get("supervision", (0.0, 0.0)) for plan in plans for stage in plan]
    supervised = any(map(any, weights)) or "supervision" in own["objective"]
    annealed = bool(plans) and not any(plan[-1].get("supervision", (0, 0))[1] for plan in plans)
    blanks = {
        "name": f"CODI, {_size(checkpoint)} parameters",
        "latents": str(own["num_latents"]),
        "objective": own["objective"],
        "shape": _shape(backbone, own),
        "supervision": _SUPERVISED.format(annealed=", and was annealed to zero" if annealed else "")
        if supervised
        else "The thoughts were given no target of their own.",
        "caution": "- The thoughts were supervised: what can be read in them was asked of them.\n"
        if supervised
        else "",
        "training": training_runs(training),
        "results": _tables(records, linked=False),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: blanks[found[1]], text)


def _tables(records: Sequence[Record], *, linked: bool) -> str:
    """All tables that the records allow, as Markdown."""
    parts = [*score_tables(records, linked=linked), *study_tables(records, linked=linked)]
    if any(record.link("", linked=False) for record in records):
        parts.append("† measured with code that was not committed.")
    return "\n\n".join(parts)


def _shape(backbone: dict[str, Any], own: dict[str, Any]) -> str:
    layers = backbone.get("num_hidden_layers") or backbone.get("n_layer")
    width = backbone.get("hidden_size") or backbone.get("n_embd")
    return (
        f"Backbone: {backbone['model_type']}, {layers} layers of width {width}, {backbone['vocab_size']} "
        f"tokens; projection of width {own['projection_width']}."
    )


def _size(checkpoint: Path) -> str:
    with safe_open(checkpoint / "model.safetensors", framework="pt") as file:
        shapes = [file.get_slice(name).get_shape() for name in file.keys()]  # noqa: SIM118
    return f"{sum(map(math.prod, shapes)) / 1e6:.1f} million"


def runs_behind(record: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Records of the runs whose weights a checkpoint has: its own, or all those that it is the mean of."""
    if record is None:
        return []
    if record.get("kind") != "mean":
        return [record]
    return [run for each in record["config"]["checkpoints"] for run in runs_behind(each["record"])]


def training_runs(record: dict[str, Any] | None) -> str:
    """The runs behind a checkpoint, a paragraph each."""
    if record is None or record.get("kind") != "mean":
        return training_run(record)
    number = len(record["config"]["checkpoints"])
    whole = f"The weights are the mean of {number} checkpoints."
    return "\n\n".join([whole, *map(training_run, runs_behind(record))])


def training_run(record: dict[str, Any] | None) -> str:
    """The record of a run in one sentence."""
    if record is None:
        return "This folder holds no record of the training run."
    config, env, git = record["config"], record["env"], record["git"] or {}
    parts = []
    if stages := config.get("stages"):
        draws = config.get("draws", 1)
        chosen = f", the hardest of {draws} times as many drawn" * (draws > 1)
        parts.append(f"{sum(stage['examples'] for stage in stages):,} examples{chosen}")
    if begun := (record.get("model") or {}).get("sha256"):
        parts.append(f"begun from an earlier checkpoint (SHA-256 {begun[:10]})")
    if mixture := config.get("mixture"):
        shares = (
            f"{100 * share:.0f} % {_SOURCES.get(name, name)}" for name, share in mixture.items()
        )
        # Of a run that was planned anew on its way, the record has the last plan.
        anew = any("mixture" in entry for entry in record["metrics"].get("curve", ()))
        parts.append(", ".join(shares) + " (at its end)" * anew)
    # A resumed run's record is of its last part; the loop counts all of them.
    if seconds := record["metrics"].get("train_seconds") or record["seconds"]:
        parts.append(
            f"{seconds / 3600:.1f} hours on {env['device']} ({env['cpu']}, {env['cores']} cores)"
        )
    parts.append(f"seed {record['seed']}")
    parts.append(
        f"commit {git.get('commit', 'unknown')[:10]}{' with changes' * bool(git.get('dirty'))}"
    )
    return f"Training run: {'; '.join(parts)}."
