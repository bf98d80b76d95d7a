"""Official-layout state dicts, built with `peft` as the authors' code builds them; tiny, in code."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import torch
from conftest import TEXTS
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import (
    AutoModelForCausalLM,
    DynamicCache,
    GPT2Config,
    LlamaConfig,
    PretrainedConfig,
    PreTrainedTokenizerFast,
)

from codi.bases import Assumed
from train.tokenizer import build

TARGETS = {
    "gpt2": ["c_attn", "c_proj", "c_fc"],
    "llama": ["q_proj", "k_proj", "v_proj", "o_proj", "up_proj", "down_proj", "gate_proj"],
}
TOKENIZER: PreTrainedTokenizerFast = build(TEXTS, 1600)
V = len(TOKENIZER)
EOS = 1
ASSUMED = Assumed(vocab_size=V, eos_id=EOS, heads=4, num_latents=3)
ROPE = {
    "rope_type": "llama3", "rope_theta": 500000.0, "factor": 32.0, "low_freq_factor": 1.0,
    "high_freq_factor": 4.0, "original_max_position_embeddings": 8192,
}  # fmt: skip


def config(family: str, rows: int = V + 3) -> PretrainedConfig:
    """32 wide, 2 layers, 4 heads; what a file does not hold is as in the real base models."""
    if family == "gpt2":
        return GPT2Config(
            vocab_size=rows, n_embd=32, n_layer=2, n_head=4, n_positions=256,
            bos_token_id=EOS, eos_token_id=EOS,
        )  # fmt: skip
    return LlamaConfig(
        vocab_size=rows, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=131072,
        rms_norm_eps=1e-5, rope_parameters=ROPE, tie_word_embeddings=True,
    )  # fmt: skip


class Unmerged(nn.Module):
    """The authors' wrapper, said again: a PEFT model named `codi` and a projection named `prj`."""

    def __init__(self, base: PretrainedConfig, rank: int = 4, inner: int = 24) -> None:
        super().__init__()
        family, width = base.model_type, base.hidden_size
        model = AutoModelForCausalLM.from_config(base, attn_implementation="eager")
        for parameter in model.parameters():  # not the buffers: rotary frequencies stay float32
            parameter.data = parameter.data.to(torch.bfloat16)
        lora = LoraConfig(
            r=rank, lora_alpha=32, lora_dropout=0.1, target_modules=TARGETS[family],
            fan_in_fan_out=family == "gpt2", task_type="CAUSAL_LM",
        )  # fmt: skip
        self.codi = get_peft_model(model, lora)
        self.prj = nn.Sequential(
            OrderedDict(
                [("0", nn.Dropout(0.0)), ("1", nn.Linear(width, inner)), ("2", nn.GELU()),
                 ("3", nn.Linear(inner, width)), ("ln", nn.LayerNorm(width))]
            )
        )  # fmt: skip

    @torch.no_grad()
    def answer(
        self, rows: list[list[int]], latents: int = 3, tokens: int = 6
    ) -> tuple[list[Tensor], list[list[int]]]:
        """States at bot and thoughts, and greedy tokens, as the authors decode a left-padded batch.

        The mask covers the prompt only, and no positions are given: the official behaviour.
        """
        inner = self.codi.base_model.model
        dtype = self.prj.get_submodule("1").weight.dtype
        longest = max(map(len, rows))
        ids = torch.tensor([[V] * (longest - len(r)) + r for r in rows])
        mask = torch.tensor([[0] * (longest - len(r)) + [1] * len(r) for r in rows])
        cache = DynamicCache()

        def step(vectors: Tensor, **more: Tensor) -> tuple[Tensor, Tensor]:
            out = inner(
                inputs_embeds=vectors.to(dtype), cache=cache, use_cache=True,
                output_hidden_states=True, **more,
            )  # fmt: skip
            return out.hidden_states[-1][:, -1], out.logits[:, -1]

        embed = inner.get_input_embeddings()
        state, _ = step(embed(ids), attention_mask=mask)
        states = [state]
        for _ in range(latents):
            state, _ = step(self.prj(state)[:, None])
            states.append(state)
        read = torch.full((len(rows), 1), V + 2)
        written: list[list[int]] = [[] for _ in rows]
        for _ in range(tokens):
            _, logits = step(embed(read))
            logits[:, V : V + 3] = -torch.inf
            read = logits.argmax(-1, keepdim=True)
            for row, token in zip(written, read[:, 0].tolist(), strict=True):
                row.append(token)
        return states, written


def unmerged(family: str, *, rows: int = V + 3, seed: int = 0) -> Unmerged:
    """Random bfloat16 base, float32 LoRA and projection, large enough that every part matters."""
    torch.manual_seed(seed)
    model = Unmerged(config(family, rows)).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1:
                parameter.normal_(std=0.05 if "lora" in name else 0.1)
            else:
                parameter.add_(0.1 * torch.randn_like(parameter))
    return model


def official_state(model: Unmerged) -> dict[str, Tensor]:
    """What the authors' script saves; the tied head stands there twice."""
    return {name: t.detach().clone() for name, t in model.state_dict().items()}


def write(state: dict[str, Tensor], folder: Path, name: str = "model.safetensors") -> Path:
    """A folder of the official kind, with a tokenizer beside the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(
        {k: t.clone(memory_format=torch.contiguous_format) for k, t in state.items()},
        folder / name,
        metadata={"format": "pt"},
    )
    TOKENIZER.save_pretrained(folder)
    return folder
