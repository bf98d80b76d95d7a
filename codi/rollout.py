"""The recurrence, defined once: read tokens, then think in vectors.

    context.read(question + bot)      leaves a state at bot
    z1 = project(state)               read z1, leaves a state at z1
    z2 = project(state)               ...                                 K times

Training and decoding both call this file. It is differentiable, knows no strings and no sampling, and
always passes an explicit mask and explicit positions: padding changes nothing (the official code reads
padding after the prompt, which makes its answers depend on their batch; method.md 1.10, B1 and B2).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

import torch
from torch import Tensor
from transformers import DynamicCache

from codi.model import CodiModel, Output

Touch = Callable[[int, Tensor, Tensor | None], Tensor]
"""(k, z_k [B, D], z_(k-1) or None) -> the vector to read instead of z_k."""


class Context:
    """What a batch has read so far: cache, mask and next position. Grows in place.

    Attributes:
        mask: [B, S] 1 for real tokens.
        position: [B] position of the next token, padding not counted.
        paper: for parity studies, show the model what the official code shows it: padding counts as a
            position, and from the second read on it may be read like any token.
    """

    def __init__(self, model: CodiModel, batch: int, *, paper: bool = False) -> None:
        self.model = model
        self.paper = paper
        self.cache = DynamicCache()
        self.mask = torch.zeros(batch, 0, dtype=torch.long, device=model.device)
        self.position = torch.zeros(batch, dtype=torch.long, device=model.device)

    def fork(self) -> Context:
        """An independent continuation. Costs no copy: reading appends by making new tensors."""
        twin = copy.copy(self)
        twin.cache = copy.copy(self.cache)
        twin.cache.layers = [copy.copy(layer) for layer in self.cache.layers]
        return twin

    def repeat(self, times: int) -> Context:
        """The same context for `times` continuations of every row: [B] becomes [B * times]."""
        twin = self.fork()
        twin.cache.batch_repeat_interleave(times)
        twin.mask = self.mask.repeat_interleave(times, dim=0)
        twin.position = self.position.repeat_interleave(times, dim=0)
        return twin

    def read(
        self,
        vectors: Tensor,
        mask: Tensor | None = None,
        *,
        hidden: bool = False,
        attention: bool = False,
    ) -> Output:
        """Read T vectors [B, T, D]; `mask` [B, T] marks the real ones (all, if None)."""
        if mask is None:
            mask = torch.ones(vectors.shape[:2], dtype=torch.long, device=vectors.device)
        # Padding gets a legal position; it is never attended to.
        positions = (self.position[:, None] + mask.cumsum(1) - 1).clamp(min=0)
        self.mask = torch.cat([self.mask, mask], dim=1)
        self.position = self.position + mask.sum(1)
        readable = self.mask
        if self.paper:
            start = self.cache.get_seq_length()
            positions = torch.arange(start, self.mask.shape[1], device=mask.device).expand_as(mask)
            readable = self.mask if start == 0 else torch.ones_like(self.mask)
        return self.model.layers(
            vectors,
            mask=readable,
            positions=positions,
            cache=self.cache,
            hidden=hidden,
            attention=attention,
        )

    def read_ids(
        self,
        ids: Tensor,
        mask: Tensor | None = None,
        *,
        hidden: bool = False,
        attention: bool = False,
    ) -> Output:
        """`read` for token ids [B, T]."""
        return self.read(self.model.embed(ids), mask, hidden=hidden, attention=attention)


def think(
    context: Context,
    state: Tensor,
    num_latents: int,
    *,
    touch: Touch | None = None,
    hidden: bool = False,
    attention: bool = False,
) -> Iterator[tuple[int, Tensor, Output]]:
    """Yield (k, z_k [B, D], output) for k = 1..num_latents.

    Args:
        context: has read question and bot; grows.
        state: [B, D] the state at bot, behind the final norm.
        num_latents: K; 0 is legal and yields nothing.
        touch: edits a thought just before it is read.
    """
    previous = None
    for k in range(1, num_latents + 1):
        latent = context.model.project(state)
        if touch is not None:
            latent = touch(k, latent, previous)
        output = context.read(latent[:, None], hidden=hidden, attention=attention)
        yield k, latent, output
        state, previous = output.last[:, -1], latent
