"""The architecture, as a test: who may import whom."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    ROOT / "app.py",
    *sorted((ROOT / "codi").rglob("*.py")),
    *sorted((ROOT / "train").rglob("*.py")),
]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    room = str(path.relative_to(ROOT).parent)
    tops = {name.split(".")[0] for name in imports(path)}
    if room.startswith("codi"):
        assert "train" not in tops, "the library does not know its trainer"
    if room != "codi/ui" and path.name != "app.py":
        assert not tops & {"gradio", "plotly"}, "only the page draws"
    if not room.startswith("train"):
        assert not tops & {"datasets", "accelerate", "peft"}, "only training trains"
    if path.name in ("rollout.py", "model.py", "trace.py", "config.py"):
        assert not any(
            name.startswith(("codi.decode", "codi.checkpoint")) for name in imports(path)
        )
    if path.name == "decode.py":
        assert "codi.checkpoint" not in set(imports(path)), "decoding knows no checkpoints"


@pytest.mark.parametrize("path", FILES[1:], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_imports(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[-1] != "__main__":
        importlib.import_module(".".join(parts).removesuffix(".__init__"))
