"""More layers for a trained model, which at first do nothing.

A small model learns most from an hour, a larger one more from a day. So a run may go on with more layers
than its checkpoint has. A new layer begins as a copy of its neighbour whose two output matrices are
zero: it adds nothing to the residual stream, and the model's answers are, bit by bit, the ones it gave
before.
"""

from __future__ import annotations

import copy

import torch

from codi.model import CodiModel

_OUTPUTS = ("self_attn.o_proj.weight", "mlp.down_proj.weight")
"""What a Llama-shaped layer adds to the residual stream goes through these two."""


def deepen(model: CodiModel, layers: int) -> CodiModel:
    """`model` with at least `layers` layers, the new ones spread evenly among its own.

    Raises:
        ValueError: it has fewer and is not Llama-shaped.
    """
    shape = model.backbone.config
    before = shape.num_hidden_layers
    if layers <= before:
        return model
    if shape.model_type != "llama":
        raise ValueError(
            f"only a Llama-shaped model can be given more layers, this one is {shape.model_type} with "
            f"{before} of {layers}; choose a preset with {before} layers or another checkpoint"
        )
    shape = copy.deepcopy(shape)
    shape.num_hidden_layers = layers
    deeper = CodiModel.from_config(shape, model.config, model.prompt.tokenizer)
    ours, theirs = dict(model.named_parameters()), dict(deeper.named_parameters())
    # Layer i of the new stack takes the old layer at the same relative height.
    origins = [(2 * i + 1) * before // (2 * layers) for i in range(layers)]
    with torch.no_grad():
        for name, parameter in theirs.items():
            head, dot, tail = name.partition(".layers.")
            if not dot:
                parameter.copy_(ours[name])
                continue
            number, _, part = tail.partition(".")
            i = int(number)
            if part in _OUTPUTS and i != origins.index(origins[i]):  # the second of its kind: new
                parameter.zero_()
            else:
                parameter.copy_(ours[f"{head}.layers.{origins[i]}.{part}"])
    return deeper
