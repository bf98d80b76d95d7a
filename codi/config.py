"""The few numbers that turn a language model into a CODI model.

Everything about the backbone (width, layers, heads) lives in the backbone's own Hugging Face config;
this file holds only what CODI adds: how many thoughts, which ids open and close them, which words
announce the answer, and how wide the projection is.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

MAX_LATENTS = 16


def check_latents(count: object) -> None:
    """Raise a `ValueError` unless `count` is a number of thoughts, K."""
    if not isinstance(count, int) or not 0 <= count <= MAX_LATENTS:
        raise ValueError(f"num_latents must be a whole number 0..{MAX_LATENTS}, got {count!r}")


@dataclass(frozen=True, kw_only=True)
class CodiConfig:
    """Validated, immutable, JSON round trip through `to_dict` and `from_dict`.

    Raises:
        ValueError: a field is out of range; the message names it, the value and the range.
    """

    pad_id: int
    """Fills short rows; always masked."""
    bot_id: int
    """Opens the thoughts; the state read here is the row `bot` of every plot."""
    eot_id: int
    """Closes the thoughts; inserted by the program, never predicted (paper section 3)."""
    eos_id: int
    """Ends an answer."""
    num_latents: int = 6
    """K, the number of continuous thoughts; the paper's best (Figure 5)."""
    cue: str = "The answer is:"
    """Words before the answer; distillation aligns both streams at its last token (section 3.2)."""
    projection_width: int | None = None
    """Hidden width of the projection; None: no projection (the paper's ablation, Table 2)."""
    objective: str = "codi"
    """What the weights were trained for, in words; shown on the page and in the model card."""

    def __post_init__(self) -> None:
        check_latents(self.num_latents)
        for name in ("pad_id", "bot_id", "eot_id", "eos_id"):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 0:
                raise ValueError(f"{name} must be a token id (integer >= 0), got {value!r}")
        ids = (self.pad_id, self.bot_id, self.eot_id, self.eos_id)
        if len(set(ids)) < len(ids):
            raise ValueError(
                "pad_id, bot_id, eot_id and eos_id must differ (the first three are never written), "
                f"got {', '.join(map(str, ids))}"
            )
        if self.projection_width is not None and not 1 <= self.projection_width <= 65536:
            raise ValueError(f"projection_width must be 1..65536, got {self.projection_width}")
        if not self.cue.strip():
            raise ValueError("cue must not be empty: it marks the token where distillation aligns")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> CodiConfig:
        """The inverse of `to_dict`; an unknown or missing key is a `ValueError` that names it."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise ValueError(
                f"unknown CODI setting {unknown[0]!r}; known: {', '.join(sorted(known))}"
            )
        try:
            return cls(**values)
        except TypeError as error:
            raise ValueError(f"incomplete CODI settings: {error}") from None
