"""New numbers in old problems.

An annotated word problem is one point of a whole family: other apples, other prices, the same sum.
Here each number of the question is tied to the operands of its steps; then new numbers and names
are drawn, and every step is computed again, exactly. What cannot be tied is left as it was, or the
problem is dropped.

    question   "Ann had 20 pens and lost half."      "Ruth had 34 pens and lost half."
    steps      20/2=10                                34/2=17

    equations   numbers and steps, exactly
    words       names, number words, words that bring numbers of their own
    mentions    the numbers of a question, and which may change
    tying       where each operand comes from -> Template, or the reason why not
    template    the problem with holes
    drawing     new numbers and names
"""

from train.resample.drawing import draw, original
from train.resample.equations import Dropped, binary, cleaned, usable
from train.resample.template import Template
from train.resample.tying import build, template_of

__all__ = [
    "Dropped",
    "Template",
    "binary",
    "build",
    "cleaned",
    "draw",
    "original",
    "template_of",
    "usable",
]
