"""What a caller may ask of an engine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from optimizer.news import Checkpoint

Progress = Callable[[str, float, float], None]
"""Called with a level's name, its best value and its bound, in points."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


@dataclass(frozen=True)
class Options:
    """Limits of a solve. Under `deterministic`, `time_limit` counts deterministic seconds of the solvers.

    `is_stopped` is asked by the clock: once it says yes, no time is left. `resume` is where to go on from;
    `is_saving` asks the engine to tell where another may. `memory` is what may be taken, in mebibytes; None
    is what the machine has.
    """

    time_limit: float = 60.0
    workers: int = 2
    seed: int = 0
    deterministic: bool = False
    is_stopped: Callable[[], bool] = never
    resume: Checkpoint | None = None
    is_saving: bool = False
    memory: float | None = None


@dataclass
class Clock:
    """Seconds left: of the wall, or counted down by what each sub-solve was granted when deterministic."""

    options: Options
    started: float = field(default_factory=monotonic)
    granted: float = 0.0

    def left(self) -> float:
        """Seconds left before the limit; none once the caller asked to stop."""
        if self.options.is_stopped():
            return 0.0
        spent = self.granted if self.options.deterministic else monotonic() - self.started
        return max(0.0, self.options.time_limit - spent)

    def extend(self, seconds: float) -> None:
        """Leave at least some seconds from now on."""
        self.started += max(0.0, seconds - self.left())

    def spend(self, seconds: float) -> None:
        """Count what a deterministic sub-solve was granted."""
        self.granted += seconds
