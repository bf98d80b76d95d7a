"""Everything that a training run depends on, as one validated record, and the presets.

A run is a list of `Stage`s. Each says how many examples it lasts and how much every loss weighs; a
weight may move linearly from its first value to its last, so that a term can be annealed away.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from train.objectives import LOSSES

SOURCES = ("synthetic", "written", "drills", "resampled", "original")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stretch of training. Weights are (at the start, at the end).

    Attributes:
        examples: how many it lasts.
        teacher: gamma of Equation 1.
        student: alpha of Equation 1.
        distill: beta of Equation 1.
        supervision: weight of the step supervision of the thoughts (not in the paper).
        last_step: share of examples whose teacher also writes the last step, and copies the answer
            from it. Quickly learnt; what is then left out is easier to do in silence. The paper's
            teacher never writes it (0), and no stage that distils should.
    """

    examples: int
    teacher: tuple[float, float] = (1.0, 1.0)
    student: tuple[float, float] = (0.0, 0.0)
    distill: tuple[float, float] = (0.0, 0.0)
    supervision: tuple[float, float] = (0.0, 0.0)
    last_step: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.last_step <= 1 or (self.last_step and any(self.distill)):
            raise ValueError(
                f"last_step must be a share 0..1, and 0 where the student is distilled: with the last "
                f"step in sight the teacher copies the answer; got {self.last_step}"
            )

    def weights(self, progress: float) -> dict[str, float]:
        """Loss weights at `progress` 0..1 of this stage; losses without weight are left out."""
        found = {}
        for name in LOSSES:
            first, last = getattr(self, name)
            weight = first + (last - first) * progress
            if first or last:
                found[name] = weight
        return found


@dataclass(frozen=True, kw_only=True)
class TrainConfig:
    """One run. Two runs with equal configs and code give equal weights.

    Raises:
        ValueError: a field is out of range.
    """

    seed: int = 11
    """The official scripts' seed."""

    width: int = 256
    layers: int = 4
    heads: int = 4
    inner: int = 768
    """Width of the feed-forward layers (Llama shape)."""
    vocab_size: int = 4096
    num_latents: int = 6
    projection_width: int = 256

    mixture: dict[str, float] = field(default_factory=lambda: {"synthetic": 1.0})
    """Shares of `SOURCES`; resampled and original need a file of annotated problems."""
    max_steps: int = 5
    """Longest problem, drawn or resampled."""
    draws: int = 1
    """Problems drawn for each one trained on: the ones that the teacher finds hardest (`train/hardest.py`)."""

    stages: tuple[Stage, ...] = ()
    batch_size: int = 64
    """Rows of one forward pass in one process."""
    accumulate: int = 1
    """Forward passes per optimizer step."""
    matrix_rate: float = 0.02
    """Peak learning rate of Muon, for the matrices inside the layers."""
    rate: float = 5e-4
    """Peak learning rate of AdamW, for everything else. At 2e-3 the waves of the number tokens are gone
    within a hundred steps, and addition is hardly learnt (docs/log.md)."""
    weight_decay: float = 0.1
    clip: float = 1.0
    warmup: float = 0.02
    """Share of the run with rising learning rate."""
    average: float = 0.999
    """Decay of the exponential moving average of the weights, which is what is evaluated and served."""
    bfloat16: bool = False
    """Compute in half the bytes where the machine has units for it; the weights stay float32."""

    validate_every: int = 300
    """Seconds between validations."""
    save_every: int = 180
    """Seconds between checkpoints."""
    validation_size: int = 100

    def __post_init__(self) -> None:
        if not self.stages:
            raise ValueError("a run needs at least one stage")
        for name in ("draws", "batch_size", "accumulate", "width", "layers", "heads", "vocab_size"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        if self.width % self.heads:
            raise ValueError(f"width {self.width} must be a multiple of heads {self.heads}")
        unknown = set(self.mixture) - set(SOURCES)
        if unknown or not any(share > 0 for share in self.mixture.values()):
            raise ValueError(f"mixture must give shares to {', '.join(SOURCES)}: {self.mixture}")

    @property
    def examples(self) -> int:
        """Length of the run."""
        return sum(stage.examples for stage in self.stages)

    @property
    def objective(self) -> str:
        """What the weights are trained for, in words."""
        parts = ["teacher first, then CODI" if len(self.stages) > 1 else "CODI"]
        if any(any(stage.supervision) for stage in self.stages):
            annealed = self.stages[-1].supervision[1] == 0
            parts.append(
                "step supervision of the thoughts" + (" annealed to zero" if annealed else "")
            )
        return " + ".join(parts)

    def stage(self, seen: int) -> tuple[Stage, float]:
        """The stage after `seen` examples, and the progress 0..1 in it."""
        for stage in self.stages:
            if seen < stage.examples:
                return stage, seen / stage.examples
            seen -= stage.examples
        return self.stages[-1], 1.0

    def weights(self, seen: int) -> dict[str, float]:
        """Loss weights after `seen` examples."""
        stage, progress = self.stage(seen)
        return stage.weights(progress)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


_JOINT = Stage(examples=3_000, student=(1.0, 1.0), distill=(1.0, 1.0), supervision=(1.0, 0.3))

# From nothing, a smaller model than the bundled one: about eight hours on two cores that compute in bfloat16, a process each, so 64 examples a
# step. 1.3 million examples in one run; the runs behind the bundled checkpoint saw 3.7 million in thirteen.
_BASE = TrainConfig(
    layers=6,
    mixture={"synthetic": 0.36, "written": 0.54, "drills": 0.04, "resampled": 0.06},
    batch_size=32,
    bfloat16=True,
    validate_every=900,
    validation_size=200,
    stages=(
        Stage(examples=400_000, last_step=0.5),
        replace(_JOINT, examples=900_000, supervision=(1.0, 0.0)),
    ),
)

PRESETS: dict[str, TrainConfig] = {
    # Learns visibly in a minute on two cores; its answers are still guesses.
    "tiny": TrainConfig(
        width=96,
        layers=3,
        inner=256,
        vocab_size=2048,
        projection_width=96,
        batch_size=32,
        max_steps=1,
        validate_every=20,
        save_every=15,
        validation_size=32,
        stages=(Stage(examples=6_000), _JOINT),
    ),
    "base": _BASE,
    # The last run behind the bundled checkpoint, which went on from the one before (`--init`): two and a half hours.
    # At the default peaks a restart undoes most of what the last descent brought (docs/log.md).
    # Each of the four intermediate results of five steps takes a state that names it (the first: bot)
    # and a thought that carries it on: seven thoughts.
    # Alone, the teacher learns faster than beside the student, whose thoughts are half of an example's
    # time; the student, whose weights are the same, then follows within some ten thousand examples.
    "further": replace(
        _BASE,
        layers=12,
        num_latents=7,
        draws=3,
        mixture={"synthetic": 0.56, "written": 0.38, "drills": 0.03, "resampled": 0.03},
        matrix_rate=0.0025,
        rate=2e-4,
        stages=(
            Stage(examples=70_000),
            replace(_JOINT, examples=145_000, supervision=(0.1, 0.0)),
        ),
    ),
}
