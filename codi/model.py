"""A causal language model that can read its own thoughts.

CODI adds two things to a language model: a *projection* that turns the state left by one position
into the vector that the next position reads (paper section 3.1), and a few marker tokens. Everything
else is the backbone's. This file hides what differs between backbones (GPT-2's `wte`, `ln_f`; Llama's
`embed_tokens`, `norm`) behind four words: embed, layers, norm, unembed.

Shapes, here and everywhere: B batch, T tokens read now, S tokens read so far, K latent thoughts,
L layers, H heads, D width, V vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import (
    AutoModelForCausalLM,
    DynamicCache,
    PretrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from codi.config import CodiConfig
from codi.prompt import Prompt


@dataclass
class Output:
    """What one pass through the layers leaves.

    Attributes:
        last: [B, T, D] states behind the final norm.
        hidden: L+1 tensors [B, T, D], the input first, the last one behind the final norm; or None.
        attention: L tensors [B, H, T, S]; or None.
    """

    last: Tensor
    hidden: tuple[Tensor, ...] | None = None
    attention: tuple[Tensor, ...] | None = None


class Projection(nn.Sequential):
    """Linear, exact GELU, Linear, LayerNorm: from a state to the next input (method.md 1.5)."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__(
            nn.Linear(width, inner), nn.GELU(), nn.Linear(inner, width), nn.LayerNorm(width)
        )


class CodiModel(nn.Module):
    """Backbone + projection + prompt.

    Args:
        backbone: any Hugging Face causal language model with eager attention.
        config: ids, cue, number of thoughts.
        tokenizer: a fast tokenizer (offsets are needed to find the cue).
        model_id: a name for records: folder, hub id, revision.
    """

    def __init__(
        self,
        backbone: PreTrainedModel,
        config: CodiConfig,
        tokenizer: PreTrainedTokenizerBase,
        model_id: str = "",
    ) -> None:
        super().__init__()
        rows = embedding_of(backbone).shape[0]
        last = max(config.bot_id, config.eot_id, config.pad_id, config.eos_id)
        if last >= rows:
            raise ValueError(
                f"marker ids reach {last} but the embedding "
                f"has {rows} rows; resize it before wrapping the backbone"
            )
        self.backbone = backbone
        self.config = config
        self.prompt = Prompt(tokenizer, config)
        self.model_id = model_id
        inner = config.projection_width
        self.projection = Projection(self.width, inner) if inner else nn.Identity()

    @classmethod
    def from_config(
        cls, backbone: PretrainedConfig, config: CodiConfig, tokenizer: PreTrainedTokenizerBase
    ) -> CodiModel:
        """A freshly initialised model; nothing is downloaded."""
        # Eager attention: the plain and the inspected pass then run the same arithmetic, and on CPUs
        # its backward is about twice as fast as SDPA's for one-token queries.
        return cls(
            AutoModelForCausalLM.from_config(backbone, attn_implementation="eager"),
            config,
            tokenizer,
        )

    @property
    def width(self) -> int:
        """D."""
        return int(embedding_of(self.backbone).shape[1])

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return embedding_of(self.backbone).device

    def embed(self, ids: Tensor) -> Tensor:
        """Ids [B, T] to input vectors [B, T, D] (positions are added by the layers)."""
        return self.backbone.get_input_embeddings()(ids)

    def layers(
        self,
        vectors: Tensor,
        *,
        mask: Tensor,
        positions: Tensor,
        cache: DynamicCache,
        hidden: bool = False,
        attention: bool = False,
    ) -> Output:
        """One pass. `cache` grows in place.

        Args:
            vectors: [B, T, D].
            mask: [B, S] 1 where a token may be read; S counts the cache and the T new ones.
            positions: [B, T] without padding.
        """
        out = self.backbone.base_model(
            inputs_embeds=vectors,
            attention_mask=mask,
            position_ids=positions,
            cache=cache,
            use_cache=True,
            output_hidden_states=hidden,
            output_attentions=attention,
        )
        return Output(
            out.last_hidden_state,
            tuple(out.hidden_states) if hidden else None,
            tuple(out.attentions) if attention else None,
        )

    def norm(self, states: Tensor) -> Tensor:
        """The backbone's final norm, for reading the states of lower layers."""
        base = self.backbone.base_model
        for name in ("norm", "ln_f"):
            layer = getattr(base, name, None)
            if isinstance(layer, nn.Module):
                return layer(states)
        raise ValueError(f"no final norm found in {type(base).__name__}; name it in CodiModel.norm")

    def unembed(self, states: Tensor) -> Tensor:
        """States behind the final norm [..., D] to logits [..., V]."""
        return self.backbone.get_output_embeddings()(states)

    def project(self, states: Tensor) -> Tensor:
        """States [B, D] to the vectors read next [B, D] (Equation 3's feedback)."""
        return self.projection(states)


def embedding_of(backbone: PreTrainedModel) -> Tensor:
    """The input embedding [V, D]."""
    weight = backbone.get_input_embeddings().weight
    assert isinstance(weight, Tensor)
    return weight
