"""A JSON text, with the place of what JSON allows and nobody means: endless numbers, a field given twice."""

import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.files.draft import Loc
from optimizer.files.sheets import quoted

MAX_REPEATED = 10
MAX_SLIPS = 1_000


@dataclass(frozen=True)
class Slip:
    """One thing that nobody means: its path, what was found and what was expected."""

    loc: Loc
    found: str
    expected: str


@dataclass(frozen=True)
class _Endless:
    """Stands for a number that is not finite."""

    text: str


class _Repeating(dict[str, object]):
    """An object some of whose fields are given twice."""

    twice: tuple[str, ...] = ()


def parsed(text: str) -> tuple[object, list[Slip]]:
    """The document of a text, and its slips; raises what `json.loads` raises.

    The document is not to be used when there is a slip.
    """
    marks: list[object] = []

    def endless(number: str) -> _Endless:
        marks.append(number)
        return _Endless(number)

    def finite(number: str) -> float | _Endless:
        return value if math.isfinite(value := float(number)) else endless(number)

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(found := dict(pairs)) == len(pairs):
            return found
        marks.append(found)
        repeating = _Repeating(found)
        counts = Counter(name for name, _ in pairs)
        repeating.twice = tuple(name for name, count in counts.items() if count > 1)[:MAX_REPEATED]
        return repeating

    document = json.loads(text, parse_constant=endless, parse_float=finite, object_pairs_hook=once)
    return document, list(_slips(document))[:MAX_SLIPS] if marks else []


def _slips(document: object) -> Iterator[Slip]:
    left: list[tuple[Loc, object]] = [((), document)]
    while left:
        loc, value = left.pop()
        if isinstance(value, _Endless):
            yield Slip(loc, f"nombre {quoted(value.text)}", "un nombre fini")
        if isinstance(value, _Repeating):
            for name in value.twice:
                yield Slip((*loc, name), f"champ {quoted(name)} répété, donné deux fois", "une seule fois")
        inner = list(value.items()) if isinstance(value, dict) else []
        inner = list(enumerate(value)) if isinstance(value, list) else inner
        left += [((*loc, step), child) for step, child in reversed(inner)]
