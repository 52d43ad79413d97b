"""Plans as they were written for readers: a plan never changes, so it is written once and read often."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

MOST_BYTES = 64 * 1024 * 1024
Name = tuple[str, str, str | None]
"""A job, a form, and for whom."""


@dataclass
class Sheets:
    """The sheets that were read last, as many as fit in `most_bytes`."""

    most_bytes: int = MOST_BYTES
    _kept: OrderedDict[Name, bytes] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def find(self, name: Name) -> bytes | None:
        """The sheet of that name, if it is kept."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def keep(self, name: Name, content: bytes) -> None:
        """Keep one, in place of those that nobody read for longest; one that is too large is not kept."""
        with self._lock:
            self._bytes += len(content) - len(self._kept.pop(name, b""))
            self._kept[name] = content
            while self._bytes > self.most_bytes:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= len(gone)
