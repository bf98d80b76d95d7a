"""What is found in one inspected answer: the records behind the tabs Thoughts, Where it looked, Layers.

Pure reading of one instrumented trace. Nothing here changes the answer, and nothing here is timed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from codi.answers import canonical
from codi.attention import AttentionMap, attention_map
from codi.lens import LensTable, lens
from codi.model import CodiModel
from codi.recovery import Recovered, recover
from codi.similarity import SimilarityTable, similarity
from codi.trace import Trace


@dataclass(frozen=True, eq=False)
class Inspection:
    """One look inside.

    Attributes:
        attention: what each state and each token of the answer read.
        lens: the same states, bot, z1.., then the tokens of the answer, at every layer.
        recovered: the sum as far as the thoughts name it.
        similarity: None without thoughts.
    """

    attention: AttentionMap
    lens: LensTable
    recovered: Recovered
    similarity: SimilarityTable | None


def inspect(model: CodiModel, trace: Trace, gold: Decimal | None = None) -> Inspection:
    """Look into a trace of the student that kept everything; `gold` is the right answer, if known."""
    attention = attention_map(trace)
    written = [step for step in trace.steps if step.text]
    answers = len(attention.rows) - len(trace.thoughts)  # the cue is written but is no answer
    shown = (*trace.thoughts, *written[len(written) - answers :])
    right = None if gold is None else canonical(gold)
    return Inspection(
        attention=attention,
        lens=lens(model, replace(trace, steps=shown), right=right),
        recovered=recover(trace),
        similarity=similarity(trace) if len(trace.latents) else None,
    )
