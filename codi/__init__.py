"""CODI: one small language model, two ways to answer (arXiv 2502.21074).

import codi
model = codi.load()
trace = codi.decode(model, "Tom has 3 bags of 4 apples. How many apples does he have?")
trace.answer, [step.top[0].text for step in trace.thoughts]
"""

from codi.checkpoint import CheckpointError, load, save
from codi.config import CodiConfig
from codi.decode import Options, decode, decode_many, stream
from codi.model import CodiModel
from codi.trace import Capture, Edit, Step, Trace

__all__ = [
    "Capture",
    "CheckpointError",
    "CodiConfig",
    "CodiModel",
    "Edit",
    "Options",
    "Step",
    "Trace",
    "decode",
    "decode_many",
    "load",
    "save",
    "stream",
]
