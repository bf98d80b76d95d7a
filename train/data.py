"""What training and evaluation read: annotated word problems.

An `Example` is a question in words, the steps that solve it as bare equations (`16-3-4=9`), and the
answer as a canonical number. Where it comes from (our generator, a file, the hub) makes no difference
to anything downstream. Real data is never clean: a row that cannot be used is left out, counted under
its reason and named by its line, and the rest is used.

    a path          rows of JSON: question, answer and, if known, steps
    a known name    CODI_DATA/<name>.jsonl if that folder holds it, else the Hugging Face hub
    heldout         our generator, wordings that training never sees (`draw`)
    written         problems thought up one by one, with new numbers (`draw`)
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from codi.answers import canonical


@dataclass(frozen=True)
class Example:
    """One annotated problem.

    Attributes:
        question: the problem in words.
        steps: equations in order, without `<<` `>>`, spaces, units or thousands separators; the result
            of the last one is the answer. May be empty where a source has none.
        answer: canonical number: `18`, `-3`, `2.5`; no unit, no thousands separator.
        id: where it came from, e.g. `synthetic/train/7/123` or `gsm8k_train/42`.
    """

    question: str
    steps: tuple[str, ...]
    answer: str
    id: str = ""

    @property
    def intermediates(self) -> tuple[str, ...]:
        """Results of all steps but the last: what the thoughts may be expected to hold."""
        return tuple(step.rpartition("=")[2] for step in self.steps[:-1])


@dataclass(frozen=True)
class Loaded:
    """Examples and where they came from.

    Attributes:
        name, split: of the set; for a file its name without the folder, and no split.
        sha256: of the file; of the examples as JSON where there is no file.
        problems: (line, reason) of every row left out, lines counting from 1.
    """

    name: str
    split: str
    examples: tuple[Example, ...]
    sha256: str
    problems: tuple[tuple[int, str], ...] = ()

    @property
    def dropped(self) -> dict[str, int]:
        """How many rows were left out, by reason."""
        return dict(Counter(reason for _, reason in self.problems))

    @property
    def left_out(self) -> str:
        """A sentence that names the rows left out, the first of them by line; empty if there are none."""
        if not self.problems:
            return ""
        some = "; ".join(f"line {line}: {reason}" for line, reason in self.problems[:5])
        more = "; ..." if len(self.problems) > 5 else ""
        return f"{self.name}: {len(self.problems)} rows left out ({some}{more})"


@dataclass(frozen=True)
class Hub:
    """A public set: its repository and what its splits are called there."""

    repo: str
    splits: dict[str, str] = field(default_factory=lambda: {"train": "train", "test": "test"})
    config: str | None = None


# The sets of the paper, as the official evaluation reads them (zhenyi4/codi 4fd88d4, test.py). What is
# only for evaluation has no `train` here, so that nothing can be trained on it by its name.
KNOWN = {
    "gsm8k": Hub("openai/gsm8k", config="main"),
    "gsm8k-aug": Hub("zen-E/GSM8k-Aug"),
    "gsm8k-aug-nl": Hub("zen-E/GSM8k-Aug-NL", {"train": "train"}),
    "svamp": Hub("ChilleD/SVAMP", {"test": "train+test"}),
    "multiarith": Hub("ChilleD/MultiArith", {"test": "test"}),
    "gsm-hard": Hub("juyoung-trl/gsm-hard", {"test": "train"}),
    "commonsense": Hub("zen-E/CommonsenseQA-GPT4omini", {"train": "train", "test": "validation"}),
}
DRAWN = {"heldout": "heldout", "synthetic-train": "train", "written": "written"}
"""Names of what is drawn here, and their splits, as the command line spells them."""

# What these sets call their columns; the first one present counts.
_QUESTION = ("question", "question_concat", "instruction")
_EQUATION = ("equation", "Equation")
_ANSWER = ("answer", "Answer", "final_ans", "response")


def load(source: str | Path, split: str = "train") -> Loaded:
    """Read a file of JSON lines or a known set.

    Args:
        source: a path ending in `.jsonl`, or one of `KNOWN`.
        split: `train` or `test` of a known set; a file is one split.

    Raises:
        FileNotFoundError: no such file or set, or the hub is out of reach; says what there is.
        ValueError: no usable row; a known set without this split.
    """
    if str(source) not in KNOWN:
        return _load_file(Path(source))
    name, hub = str(source), KNOWN[str(source)]
    if split not in hub.splits:
        raise ValueError(f"{name} has no split {split!r} here; it has {', '.join(hub.splits)}")
    if local := _local(name, split):
        return replace(_load_file(local), name=name, split=split)
    examples, problems = _examples(enumerate(_hub_rows(name, hub, split), 1), f"{name}_{split}")
    return _checked(Loaded(name, split, examples, digest(examples), problems))


def draw(name: str, count: int, *, seed: int = 0, max_steps: int = 5) -> Loaded:
    """The first `count` problems of our generator, or of the written ones; `name` is one of `DRAWN`."""
    from train.synthetic import generate
    from train.written import written

    if count < 1:
        raise ValueError(f"at least 1 problem must be drawn, got {count}")
    split = DRAWN[name]
    if name == "written":
        examples = tuple(written(seed, i, max_steps=max_steps) for i in range(count))
        return Loaded(name, split, examples, digest(examples))
    examples = tuple(generate(seed, i, split, max_steps=max_steps) for i in range(count))
    return Loaded("synthetic", split, examples, digest(examples))


def digest(examples: Iterable[Example]) -> str:
    """SHA-256 of the examples as JSON lines."""
    lines = (json.dumps(asdict(example), ensure_ascii=False) + "\n" for example in examples)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _local(name: str, split: str) -> Path | None:
    """The set's file in the folder that CODI_DATA names."""
    folder = os.environ.get("CODI_DATA")
    stem = name.replace("-", "_")
    wanted = [f"{stem}_{split}.jsonl", *([f"{stem}.jsonl"] if len(KNOWN[name].splits) == 1 else [])]
    paths = [Path(folder) / file for file in wanted] if folder else []
    return next((path for path in paths if path.is_file()), None)


def _load_file(path: Path) -> Loaded:
    if not path.is_file():
        around = path.parent if path.parent.is_dir() else Path()
        files = ", ".join(sorted(file.name for file in around.glob("*.jsonl"))) or "no .jsonl file"
        raise FileNotFoundError(
            f"no data at {path}; {around.resolve().name}/ has {files}, "
            f"and known sets are {', '.join([*KNOWN, *DRAWN])}"
        )
    content = path.read_bytes()
    lines = enumerate(content.split(b"\n"), 1)
    examples, problems = _examples(((i, row) for i, row in lines if row.strip()), path.stem)
    sha256 = hashlib.sha256(content).hexdigest()
    return _checked(Loaded(path.name, "", examples, sha256, problems))


def _hub_rows(name: str, hub: Hub, split: str) -> Iterable[Mapping[str, Any]]:
    try:
        from datasets import load_dataset

        return load_dataset(hub.repo, hub.config, split=hub.splits[split])
    except Exception as error:  # every layer below (datasets, hub, httpx) has its own kind
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise FileNotFoundError(
            f"{name} ({hub.repo} on the Hugging Face hub) cannot be read: {reason}; without a network, "
            f"put {name.replace('-', '_')}_{split}.jsonl into a folder and name that in CODI_DATA"
        ) from None


def _checked(loaded: Loaded) -> Loaded:
    if not loaded.examples:
        reasons = ", ".join(f"{count} {reason}" for reason, count in loaded.dropped.items())
        raise ValueError(f"{loaded.name} has no usable row ({reasons or 'it is empty'})")
    return loaded


def _examples(
    rows: Iterable[tuple[int, bytes | Mapping[str, Any]]], name: str
) -> tuple[tuple[Example, ...], tuple[tuple[int, str], ...]]:
    examples, problems = [], []
    for line, row in rows:
        try:
            examples.append(_example(_parsed(row), f"{name}/{line}"))
        except ValueError as error:
            problems.append((line, str(error)))
    return tuple(examples), tuple(problems)


def _parsed(row: bytes | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(row, Mapping):
        return row
    try:
        values = json.loads(row)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(values, dict):
        raise ValueError("not a JSON object")
    return values


def _example(row: Mapping[str, Any], name: str) -> Example:
    question = next((row[column] for column in _QUESTION if column in row), None)
    if not isinstance(question, str) or not question.strip():
        raise ValueError("without a question")
    answer = next((row[column] for column in _ANSWER if column in row), None)
    if answer is None or answer == "":
        raise ValueError("without an answer")
    # openai/gsm8k keeps steps and answer in one text: "... <<48/2=24>>24 clips ...\n#### 24".
    rationale, _, final = str(answer).rpartition("####")
    final = _answer(final)
    return Example(question.strip(), _steps(row, rationale) or _equation(row, final), final, name)


def _answer(text: str) -> str:
    """Canonical number, or the letter of a multiple choice."""
    text = text.strip().replace(",", "").replace("$", "").rstrip("%")
    if re.fullmatch("[A-E]", text):
        return text
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("with an answer that is no number") from None
    if not value.is_finite() or abs(value.adjusted()) > 30:
        raise ValueError("with an answer that is no number")
    return canonical(value)


def _steps(row: Mapping[str, Any], rationale: str) -> tuple[str, ...]:
    """Equations; sentences where the source reasons in words."""
    steps = row.get("steps")
    if steps is None:
        text = row.get("cot") or rationale
        if not isinstance(text, str):
            raise ValueError("with steps that are no text")
        # The two zen-E sets: equations in << >>, or sentences.
        sentences = re.split(r"(?<=[.!?])\s+", text.strip()) if "cot" in row else []
        steps = re.findall("<<(.*?)>>", text) or [part for part in sentences if part]
    if not isinstance(steps, (list, tuple)) or not all(isinstance(step, str) for step in steps):
        raise ValueError("with steps that are no list of texts")
    return tuple(_step(step) for step in steps)


def _equation(row: Mapping[str, Any], answer: str) -> tuple[str, ...]:
    """The one equation that SVAMP gives, `( 8.0 - 3.0 )`, as a step; none if there is none."""
    text = next((row[column] for column in _EQUATION if column in row), None)
    if not isinstance(text, str) or not re.fullmatch(r"[\d.+\-*/() ]*\d[\d.+\-*/() ]*", text):
        return ()
    bare = re.sub(r"(\d)\.0+(?!\d)", r"\1", text.replace(" ", ""))
    inner = bare[1:-1]
    if bare == f"({inner})" and inner.find(")") >= inner.find("("):  # one pair around all of it
        bare = inner
    return (f"{bare}={answer}",)


def _step(text: str) -> str:
    bare = re.sub(r"<<|>>|[\s$,]", "", text)
    return bare if re.fullmatch(r"[\d.+\-*/()%=]+", bare) else text.strip()
