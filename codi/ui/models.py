"""The models that the operator offers, and the one of them that is in memory.

The operator names them when the program starts; a visitor chooses among these names and nothing else, so
no path and no hub id ever comes from the page. There is one model at a time, the same for everybody. A
switch closes the door, waits until the runs inside have ended, lets go of the old model's memory, and only
then reads the new one. If that fails, nobody is served half a model: the page says why, and a visitor can
choose again.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

from codi.checkpoint import load
from codi.hub import is_id
from codi.model import CodiModel
from codi.ui.check import Refused
from codi.ui.race import DEADLINE_SECONDS, MAX_IN_LINE, Runner
from codi.ui.text import Message

log = logging.getLogger("codi.page")

Read = Callable[[str], CodiModel]


def named(source: str) -> CodiModel:
    """The model that the operator named; being named is the request that opens a `.bin` file."""
    return load(source, trust_bin=True)


class Models:
    """What can be chosen, and what is served.

    Args:
        sources: folders, weight files or hub ids, the first one to begin with.
        read: from a source to its model.

    Attributes:
        names: what the page calls them, in the operator's order.
        chosen: the name of the one served, or of the one that could not be.
        runner: the one served; None while there is none.
        trouble: why there is none.
    """

    def __init__(self, sources: Sequence[str], read: Read = named) -> None:
        self._sources = dict(zip(_names(sources), sources, strict=True))
        self._read = read
        self._door = threading.Lock()
        self.names = list(self._sources)
        self.chosen = self.names[0]
        self.runner: Runner | None = None
        self._leaving: Callable[[], Runner | None] = lambda: None
        self.trouble = Message("model_loading", {"model": self.chosen})

    def check(self, name: object) -> str:
        """`name`, if the operator offers it; raises `Refused` otherwise."""
        if not isinstance(name, str) or name not in self._sources:
            raise Refused(Message("model_unknown"))
        return name

    def switch(self, name: object, prepare: Callable[[Runner], object] = lambda _: None) -> None:
        """Serve another model, to everybody; returns when it is in memory.

        Args:
            prepare: what to do with it before anybody else can ask it.

        Raises:
            Refused: not offered, another switch is under way, or the checkpoint is refused.
        """
        name = self.check(name)
        if not self._door.acquire(blocking=False):
            raise Refused(self.trouble)
        try:
            self.chosen, self.trouble = name, Message("model_loading", {"model": name})
            self._let_go()
            runner = Runner(self._read(self._sources[name]))
            if not is_id(self._sources[name]):  # of the hub: with its commit
                runner.model.model_id = name
            prepare(runner)
            self.runner = runner
        except (OSError, ValueError) as error:
            log.warning("no model: %s", error)
            # The message names the file; where it lies on this machine is nobody's business.
            reason = str(error).replace(str(Path(self._sources[name])), name)
            self.trouble = self._failed(reason)
            raise Refused(self.trouble) from None
        except Exception:
            self.trouble = self._failed("something unexpected happened")
            raise
        finally:
            self._door.release()

    def stop(self, session: str) -> None:
        """Stop what the session runs, be it on a model that is on its way out."""
        if runner := self.runner or self._leaving():
            runner.stop(session)

    def _failed(self, reason: str) -> Message:
        if len(self.names) == 1:
            return Message("no_model", {"reason": reason})
        return Message("model_failed", {"model": self.chosen, "reason": reason})

    def _let_go(self) -> None:
        """Admit nobody, and wait until nothing holds the old model."""
        if self.runner is None:
            return
        self._leaving, model = weakref.ref(self.runner), weakref.ref(self.runner.model)
        self.runner = None
        end = time.monotonic() + DEADLINE_SECONDS * MAX_IN_LINE
        while model() is not None and time.monotonic() < end:
            gc.collect()  # modules refer to each other in circles
            time.sleep(0.2)
        if model() is not None:
            log.warning("the old model is still in memory")


def _names(sources: Sequence[str]) -> list[str]:
    """Hub ids as they are, of paths the last part, or the last two where one does not tell them apart."""
    for parts in (1, 2):
        names = [
            source if is_id(source) else "/".join(Path(source).parts[-parts:]) for source in sources
        ]
        if len(set(names)) == len(names):
            return names
    twice = next(name for name in names if names.count(name) > 1)
    raise ValueError(f"two checkpoints are called {twice}; rename the folder of one of them")
