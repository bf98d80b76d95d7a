"""How often one visitor may run the model: so many runs a minute, per session and per address."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

RUNS_A_MINUTE = 10
EXPERIMENTS_A_MINUTE = 30
SWITCHES_A_MINUTE = 3
PER_ADDRESS = 6
"""So many sessions' worth: a whole class may share one address."""
_WINDOW = 60.0
_REMEMBERED = 2000


class RateLimit:
    """Counts runs of the last minute; forgets the visitors that were away longest."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._runs: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, limits: dict[str, int]) -> float:
        """Seconds until all of `limits` (name -> runs a minute) allow a run; 0 counts it as run."""
        now = self._clock()
        with self._lock:
            longest = 0.0
            for name, limit in limits.items():
                runs = self._runs.setdefault(name, deque())
                self._runs.move_to_end(name)
                while runs and runs[0] <= now - _WINDOW:
                    runs.popleft()
                if len(runs) >= limit:
                    longest = max(longest, runs[0] + _WINDOW - now)
            if not longest:
                for name in limits:
                    self._runs[name].append(now)
            while len(self._runs) > _REMEMBERED:
                self._runs.popitem(last=False)
            return longest
