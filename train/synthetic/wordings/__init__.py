"""More ways to say the same: wordings that only training reads.

The families' own phrasings are shared out between training and the held-out problems. What is written
here was written without sight of the held-out ones, and goes to training alone: how well a model reads
a wording that it never met depends on how many it did meet.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from train.synthetic.scene import More

_MODULES = [import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__)]
PHRASINGS: dict[str, tuple[str, ...]] = {
    name: texts for m in _MODULES for name, texts in getattr(m, "PHRASINGS", {}).items()
}
"""Texts by family."""
SCENES: dict[str, More] = {
    name: more for m in _MODULES for name, more in getattr(m, "SCENES", {}).items()
}
"""Facts and asks by scene."""
