"""One JSON per run: what was asked, of which code, model and data, on which machine, with what result.

A number without its origin cannot be checked. So every command that measures something writes this
record: first with the status `running`, at the end with `success`, `failed` or `cancelled`, even when it
raises. The README, the model card and the page read nothing else. Paths in it are relative to the
repository, or bare file names: a record says nothing about anybody's home folder.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import math
import os
import platform
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import torch

from train.data import Loaded

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = 1
CODE = ("codi", "train", "app.py", "requirements.txt")
"""What makes the numbers: if git sees a change here, the record is dirty."""


@dataclass
class Manifest:
    """The record while it grows. Fill `metrics`, `files` and, through the methods, model and data.

    Attributes:
        kind: `train`, `evaluate`, `benchmark`.
        status: `running`, `success`, `failed` or `cancelled`.
        error: type and message of what stopped it.
        created_at: UTC, ISO 8601.
        seconds: wall-clock from start to end.
        git: commit, and whether `CODE` differs from it; None outside a repository.
    """

    kind: str
    command: str
    seed: int | None = None
    config: dict[str, Any] = field(default_factory=dict)
    status: str = "running"
    error: str | None = None
    created_at: str = ""
    seconds: float | None = None
    git: dict[str, Any] | None = None
    model: dict[str, Any] | None = None
    data: dict[str, Any] | None = None
    env: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    schema: int = SCHEMA

    def use_model(self, source: str | Path) -> None:
        """Name the checkpoint and, if it is a folder, its weights."""
        weights = Path(source) / "model.safetensors"
        if weights.is_file():
            self.model = {"source": portable(source), "sha256": sha256_of(weights)}
        else:
            local = isinstance(source, Path) or Path(source).exists()
            name = portable(source) if local else str(source)
            self.model = {"source": name, "sha256": None}

    def use_data(self, loaded: Loaded, rows: int | None = None) -> None:
        """Name the data; `rows` is how many examples of it were used (None: all)."""
        self.data = {
            "name": loaded.name,
            "split": loaded.split,
            "rows": len(loaded.examples) if rows is None else rows,
            "sha256": loaded.sha256,
            "dropped": loaded.dropped,
        }

    def add_file(self, name: str, path: Path) -> None:
        """Name a file that this run wrote."""
        self.files[name] = portable(path)


@contextmanager
def record(
    kind: str,
    path: str | Path,
    *,
    argv: Sequence[str] | None = None,
    seed: int | None = None,
    config: Mapping[str, Any] | None = None,
    device: str = "cpu",
) -> Iterator[Manifest]:
    """Write `path` now, as running, and again when the block ends, however it ends.

    Of several processes that do one run together (torchrun numbers them), the first one writes.

    Args:
        argv: arguments of `python -m train` (None: this process's own).
        config: the resolved settings of the run.
        device: where the model is, `cpu` or `cuda`.

    Raises:
        OSError: `path` cannot be written.
    """
    path, start = Path(path), time.perf_counter()
    manifest = Manifest(
        kind=kind,
        command=command(sys.argv[1:] if argv is None else argv),
        seed=seed,
        config=dict(config or {}),
        created_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        git=git_state(),
        env=environment(device),
    )
    first = os.environ.get("RANK", "0") == "0"
    if first:
        write(path, manifest)
    try:
        yield manifest
        manifest.status = "success"
    except KeyboardInterrupt:
        manifest.status = "cancelled"
        raise
    except BaseException as error:
        manifest.status = "failed"
        message = re.sub(r"(?<!\w)/[^\s/]+/[^\s:;,]+", lambda found: portable(found[0]), str(error))
        manifest.error = f"{type(error).__name__}: {message}"
        raise
    finally:
        manifest.seconds = round(time.perf_counter() - start, 3)
        if first:
            write(path, manifest)


def write(path: str | Path, values: object) -> None:
    """JSON, atomically: a reader sees the old file or the new one, never half of one."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(plain(values), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, 0o644)  # mkstemp makes it private
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def plain(value: object) -> Any:
    """What JSON can hold; infinities and NaN, which it cannot, become null."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (np.generic, np.ndarray)):
        return plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Path):
        return portable(value)
    return str(value) if isinstance(value, Decimal) else value


def portable(path: str | Path) -> str:
    """The path from the repository's root; the bare name of what lies outside it."""
    resolved = Path(path).resolve()
    if resolved.is_relative_to(ROOT):
        return resolved.relative_to(ROOT).as_posix()
    return resolved.name


def command(argv: Sequence[str]) -> str:
    """The command line to repeat the run, without this machine's folders."""

    def tidy(word: str) -> str:
        option, equals, value = word.partition("=")
        if option.startswith("--") and equals:
            return f"{option}={tidy(value)}"
        local = word.startswith((os.sep, ".", "~")) or Path(word).exists()
        return portable(Path(word).expanduser()) if os.sep in word and local else word

    return shlex.join(["python", "-m", "train", *map(tidy, argv)])


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            found.update(piece)
    return found.hexdigest()


def git_state() -> dict[str, Any] | None:
    """Commit and whether the code differs from it; None without git or repository."""

    def git(*words: str) -> str:
        run = ["git", "-C", str(ROOT), *words]
        return subprocess.run(run, capture_output=True, text=True, check=True, timeout=30).stdout

    try:
        commit = git("rev-parse", "HEAD").strip()
        return {"commit": commit, "dirty": bool(git("status", "--porcelain", "--", *CODE).strip())}
    except (OSError, subprocess.SubprocessError):
        return None


def environment(device: str = "cpu") -> dict[str, Any]:
    """Versions and machine, as far as they may explain a difference."""
    versions: dict[str, str | None] = {}
    for package in ("torch", "transformers", "accelerate"):
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            versions[package] = None
    # Other work on the machine spoils times; the load at the start shows it.
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "python": platform.python_version(),
        "os": platform.system(),
        "cpu": _cpu_name(),
        "cores": cores,
        "threads": torch.get_num_threads(),
        "load": load,
        **versions,
        "device": torch.cuda.get_device_name() if device.startswith("cuda") else device,
    }


def _cpu_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(
            line.partition(":")[2].strip() for line in lines if line.startswith("model name")
        )
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
