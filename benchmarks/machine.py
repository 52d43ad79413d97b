"""What the figures were measured on: cores, memory, versions. No name of host, no path."""

import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

GIBIBYTE = 1024**3


@dataclass(frozen=True)
class Machine:
    """A machine, as a table of figures describes it."""

    cores: int
    memory_gib: float | None
    processor: str
    system: str
    python: str
    ortools: str

    def sentence(self) -> str:
        """One line to put above a table."""
        memory = f"{self.memory_gib:g} GiB" if self.memory_gib is not None else "memory unknown"
        return (
            f"{self.cores} cores ({self.processor}), {memory}, {self.system}, "
            f"Python {self.python}, OR-Tools {self.ortools}"
        )

    def fields(self) -> dict[str, object]:
        """The same, for a file of results."""
        return asdict(self)


def machine() -> Machine:
    """This machine. Cores are those this process may use."""
    return Machine(
        cores=_cores(),
        memory_gib=_memory(),
        processor=platform.machine() or "unknown",
        system=platform.system() or "unknown",
        python=platform.python_version(),
        ortools=_version("ortools"),
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> float | None:
    """Physical memory, where the system tells it."""
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE, 1)
    except (AttributeError, ValueError, OSError):
        return None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
