"""A number from a sample, never without its standard error."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """A share or a mean over `n` cases.

    Attributes:
        value: NaN if there were no cases.
        standard_error: of `value`; NaN where it cannot be told (no case, or one value of a mean).
        n: number of cases.
    """

    value: float
    standard_error: float
    n: int

    @classmethod
    def share(cls, flags: Iterable[bool]) -> Estimate:
        """How many of the flags are true, 0..1, with the binomial standard error."""
        cases = [bool(flag) for flag in flags]
        if not cases:
            return cls(math.nan, math.nan, 0)
        p = sum(cases) / len(cases)
        return cls(p, math.sqrt(p * (1 - p) / len(cases)), len(cases))

    @classmethod
    def mean(cls, values: Iterable[float]) -> Estimate:
        """The mean, with the standard error of a sample of independent values."""
        cases = [float(value) for value in values]
        n = len(cases)
        if not n:
            return cls(math.nan, math.nan, 0)
        mean = sum(cases) / n
        if n == 1:
            return cls(mean, math.nan, 1)
        spread = math.sqrt(sum((value - mean) ** 2 for value in cases) / (n - 1))
        return cls(mean, spread / math.sqrt(n), n)

    def to_dict(self) -> dict[str, float | int | None]:
        """Plain values for JSON; what is not a number becomes None."""
        values = {"value": self.value, "standard_error": self.standard_error}
        return {**{k: v if math.isfinite(v) else None for k, v in values.items()}, "n": self.n}
