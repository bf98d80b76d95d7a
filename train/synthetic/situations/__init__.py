"""Situations for training alone, in the notation of `scene`: a module each for a part of life.

The yardstick's families teach shapes of reasoning; these teach how many different lives have the same
shapes. None of them is ever held out.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from train.synthetic.scene import Scene, families

_MODULES = [import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__)]
SCENES: dict[str, Scene] = {
    f"{m.__name__.rpartition('.')[2]}_{name}": scene
    for m in _MODULES
    for name, scene in m.SCENES.items()
}
FAMILIES = families(SCENES)
