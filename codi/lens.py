"""What would the model say if it had to speak now? The logit lens on every state and layer.

A state of a lower layer is read as if it were the last one: through the final norm and the output
embedding (the last layer's state is already behind that norm). At the last layer this is exactly what
the model itself predicts; below it is a reading glass that the model never used. Early layers are
noisy, a low probability does not mean that the information is absent, and a number that shows up here
is not proven to be used: `effects` and `twins` ask that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from codi.answers import canonical
from codi.model import CodiModel
from codi.trace import Array, Trace

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LensTable:
    """The lens on S states and layers 0..L (0: the input, before any layer).

    Attributes:
        labels: [S] names of the states (`bot`, `z1`, .., `eot`, written tokens).
        kinds: [S] `bot`, `latent`, `eot`, `answer`.
        ids, texts: [S, L+1, k] most probable tokens, best first.
        probabilities: [S, L+1, k] 0..1.
        entropy: [S, L+1] nats; 0 is sure, log V is no idea.
        lock_in: [S] the first layer from which the last layer's top token stays on top.
        ranks: by name (`right`, `given`) [S, L+1] the rank of that answer's first token; 1 is the top.
        answers: by the same names the answers as text.
    """

    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    ids: Ints
    texts: tuple[tuple[tuple[str, ...], ...], ...]
    probabilities: Array
    entropy: Array
    lock_in: Ints
    ranks: dict[str, Ints]
    answers: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; probabilities to four places, entropies to three."""
        return {
            "labels": list(self.labels),
            "kinds": list(self.kinds),
            "ids": self.ids.tolist(),
            "texts": [[list(layer) for layer in state] for state in self.texts],
            "probabilities": np.round(self.probabilities.astype(np.float64), 4).tolist(),
            "entropy": np.round(self.entropy.astype(np.float64), 3).tolist(),
            "lock_in": self.lock_in.tolist(),
            "ranks": {name: rank.tolist() for name, rank in self.ranks.items()},
            "answers": dict(self.answers),
        }


@torch.inference_mode()
def lens(model: CodiModel, trace: Trace, *, right: str | None = None, top_k: int = 5) -> LensTable:
    """Read every captured state of `trace` at every layer.

    Args:
        right: the right answer, if known. Its rank, and that of the answer that the model gave, is the
            rank of the first token after the cue; a long number shares that token with others.

    Raises:
        ValueError: the trace holds no layer states, or those of another model; `top_k` is below 1.
    """
    if top_k < 1:
        raise ValueError(f"top_k must be at least 1, got {top_k}")
    steps = [step for step in trace.steps if step.hidden is not None]
    if not steps:
        raise ValueError(
            "the trace holds no layer states; decode with Options(capture=Capture(hidden=True))"
        )
    given = None if trace.answer is None else canonical(trace.answer)
    pairs = {"right": right, "given": given}
    answers = {name: answer for name, answer in pairs.items() if answer}
    first = {name: _first_token(model, answer) for name, answer in answers.items()}

    ids, probabilities, entropy, lock_in = [], [], [], []
    ranks: dict[str, list[Ints]] = {name: [] for name in answers}
    for step in steps:
        logits = lens_logits(model, step.hidden)
        logprobs = torch.log_softmax(logits, dim=-1)
        best = logprobs.topk(min(top_k, logprobs.shape[-1]))
        ids.append(best.indices.cpu().numpy())
        probabilities.append(best.values.exp().cpu().numpy())
        entropy.append(-(logprobs.exp() * logprobs).sum(-1).cpu().numpy())
        lock_in.append(_lock_in(ids[-1][:, 0]))
        for name, token in first.items():
            ranks[name].append(1 + (logits > logits[:, token, None]).sum(-1).cpu().numpy())
    piece = {i: model.prompt.piece(i) for i in np.unique(ids).tolist()}
    return LensTable(
        labels=tuple(step.label for step in steps),
        kinds=tuple(step.kind for step in steps),
        ids=np.stack(ids),
        texts=tuple(
            tuple(tuple(piece[i] for i in layer) for layer in state.tolist()) for state in ids
        ),
        probabilities=np.stack(probabilities).astype(np.float32),
        entropy=np.stack(entropy).astype(np.float32),
        lock_in=np.array(lock_in),
        ranks={name: np.stack(rank) for name, rank in ranks.items()},
        answers=answers,
    )


def lens_logits(model: CodiModel, hidden: Array | None) -> torch.Tensor:
    """[L+1, V] logits of one position's states [L+1, D]; the last row is the model's own output."""
    states = torch.tensor(hidden, device=model.device)
    if states.shape[-1] != model.width:
        raise ValueError(
            f"the trace's states are {states.shape[-1]} wide but this model is {model.width} wide; "
            "read a trace with the model that made it"
        )
    normed = torch.cat([model.norm(states[:-1]), states[-1:]])
    return model.unembed(normed).float()


def _first_token(model: CodiModel, answer: str) -> int:
    ids, cue = model.prompt.answer(answer)
    return ids[cue + 1]


def _lock_in(top: Ints) -> int:
    """First index from which all entries equal the last one."""
    differs = np.flatnonzero(top != top[-1])
    return int(differs[-1]) + 1 if differs.size else 0
