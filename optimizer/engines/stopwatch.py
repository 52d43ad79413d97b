"""Where the seconds of an engine go, step by step."""

from time import monotonic


class Stopwatch:
    """Seconds spent, step by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = monotonic()

    def count(self, step: str) -> None:
        """Count what went by since the last step."""
        now = monotonic()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._since
        self._since = now

    def add(self, seconds: dict[str, float]) -> None:
        """Count steps that another watch has timed since the last step of this one."""
        for step, taken in seconds.items():
            self.seconds[step] = self.seconds.get(step, 0.0) + taken
        self._since = monotonic()
