"""What has its place between what stands in a half-day: rows of a re-plan.

While everything that the published plan has there keeps its time, what else someone does must fit in the gaps
that this leaves, reserved time in pieces that are long enough. Otherwise something leaves, or is held at
another time of the half-day, at its price.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.clock import GRID_MINUTES, grid_steps
from optimizer.intervals import Interval, minus
from optimizer.linear import Variable, each
from optimizer.model import BucketModel, Key
from optimizer.model.time_of_half_days import URGENCY_MINUTES
from optimizer.rules.reserved_blocks import LEAST_COLLECTIVE, LEAST_WRITING


@dataclass(frozen=True)
class Stands:
    """Something at its time: variables of which one is 1 while this person holds it in this half-day, and one
    that is 1 when that is at another time, if it may be; whether the published plan has it so."""

    parts: tuple[Interval, ...]
    held: tuple[Variable, ...]
    shifted: Variable | None = None
    is_published: bool = True


def post_gaps(model: BucketModel, key: Key, stands: list[Stands]) -> None:
    """Rows of one half-day of one person."""
    for meeting in stands:
        if meeting.is_published:
            continue
        for one in stands:
            if one.is_published and one.shifted is not None and _overlap(meeting, one):
                whom = (*key, meeting.held, one.held)
                model.at_most(1, "instead", whom, each((*meeting.held, *one.held)), [(one.shifted, -1)])
    stands = [one for one in stands if one.is_published]
    gaps = [grid_steps(end - start) for start, end in minus(model.half_days[key].free, _parts(stands))]
    if stands and len(gaps) > 1:
        _Gaps(model, key, stands, gaps).post()


def _overlap(one: Stands, other: Stands) -> bool:
    return any(a < end and start < b for a, b in one.parts for start, end in other.parts)


def _parts(stands: list[Stands]) -> tuple[Interval, ...]:
    return tuple(sorted(part for one in stands for part in one.parts))


class _Gaps:
    """The gaps of a half-day, in grid steps."""

    def __init__(self, model: BucketModel, key: Key, stands: list[Stands], gaps: list[int]) -> None:
        self.model, self.key, self.stands, self.gaps = model, key, stands, gaps
        self.used: list[list[Variable]] = [[] for _ in gaps]

    def post(self) -> None:
        """Each thing within gaps that are long enough, and no gap filled beyond its length."""
        reserved = self.model.reserved[self.key]
        for name, amount, least in (
            ("writing", reserved.writing, LEAST_WRITING // GRID_MINUTES),
            ("collective", reserved.collective, LEAST_COLLECTIVE // GRID_MINUTES),
            ("preparation", reserved.preparation, 1),
        ):
            if amount is not None:
                self._within(name, [(amount, 1)], self._pieces(name, least))
        coming = list(self._coming())
        lengths = sorted({steps for _, steps in coming})
        places = self._pieces("coming", lengths[0], is_split=True) if lengths else []
        for steps in lengths:
            long = [(gap, piece) for gap, piece in places if self.gaps[gap] >= steps]
            if len(long) < len(places) or steps == lengths[0]:
                self._within(f"coming {steps}", [one for one in coming if one[1] >= steps], long)
        for gap, pieces in enumerate(self.used):
            if len(pieces) > 1:
                self.model.at_most(self.gaps[gap], "gap", (*self.key, gap), each(pieces))

    def _pieces(self, name: str, least: int, is_split: bool = False) -> list[tuple[int, Variable]]:
        """Steps of something in each gap that holds a piece of it, by gap; `is_split` where these are several
        things, of which any steps may be there."""
        found = []
        for gap, length in enumerate(self.gaps):
            if length < least:
                continue
            piece = self.model.variable("piece", (*self.key, name, gap), length)
            self.used[gap].append(piece)
            found.append((gap, piece))
            if least > 1 and not is_split:
                held = self.model.variable("piece_held", (*self.key, name, gap))
                whom = (*self.key, name, gap)
                self.model.at_least(0, "piece_is_long_enough", whom, [(piece, 1), (held, -least)])
                self.model.at_most(0, "piece_is_held", whom, [(piece, 1), (held, -length)])
        return found

    def _within(
        self, name: str, amount: list[tuple[Variable, int]], places: list[tuple[int, Variable]]
    ) -> None:
        """No more of something than its pieces, unless what stands there leaves or moves."""
        statement = self.model.statement
        most = sum(factor * statement.uppers[variable] for variable, factor in amount)
        most = min(most, grid_steps(self.model.half_days[self.key].minutes))
        terms = [*amount, *((piece, -1) for _, piece in places)]
        for one in self.stands:
            terms += [(held, most) for held in one.held]
            if one.shifted is not None:
                terms.append((one.shifted, -most))
        self.model.at_most(most * len(self.stands), "in_gaps", (*self.key, name), terms)

    def _coming(self) -> Iterator[tuple[Variable, int]]:
        """Hours of urgency and missions done at once that do not stand here, and their steps."""
        for urgency in self.model.reserved[self.key].urgency.values():
            yield urgency, grid_steps(URGENCY_MINUTES)
        standing = {held for one in self.stands for held in one.held}
        for bundle in self.model.bundles:
            taken = self.model.take[bundle.index].get(self.key)
            if taken is not None and taken not in standing and not bundle.kind.splittable:
                yield taken, grid_steps(bundle.first.duration_minutes)
