"""What takes time of a half-day: something with a variable, or what is reserved without a name."""

from dataclasses import dataclass, field

from optimizer.board import Location
from optimizer.catalogue import MissionType
from optimizer.clock import grid_steps
from optimizer.intervals import Interval
from optimizer.linear import Variable
from optimizer.tours import Tour


@dataclass(frozen=True)
class Load:
    """Something that takes minutes of a half-day when a variable is set.

    `kind` is the type of a mission (`is_mission`), action or meeting; `location` is where, None when it does
    not matter; `teleworkable` whether it can be done from home; `in_reception` whether it may sit inside
    reception duty; `parts` its clock times when they are known; `shortest` its least minutes, 0 when unknown;
    `piece` the minutes that it lasts in one piece at least; `hop` grid steps to come to a home from another
    one.
    """

    variable: Variable
    minutes: int
    kind: MissionType
    location: Location | None = None
    teleworkable: bool = False
    in_reception: bool = False
    parts: tuple[Interval, ...] = ()
    shortest: int = 0
    piece: int = 0
    hop: int = 0
    is_mission: bool = False

    @property
    def reception_site(self) -> str | None:
        """The site whose reception duty may hold it, if any."""
        return self.location.site_id if self.in_reception and self.location is not None else None

    @property
    def signature(self) -> tuple[object, ...]:
        """What rows about time tell loads apart by."""
        place = self.location, self.teleworkable, self.reception_site, self.hop
        return *place, self.in_reception, self.is_mission, self.kind.ip

    def fits(self, tour: Tour | None) -> bool:
        """Whether it can be done on a tour, or from home for None."""
        if tour is None:
            return self.teleworkable
        return self.location is None or tour.goes_through(self.location)

    @property
    def work(self) -> int:
        """Grid steps of its own, travel left aside."""
        return grid_steps(self.minutes)

    @property
    def steps(self) -> int:
        """Grid steps taken, the hop to a home included."""
        return self.work + self.hop


@dataclass
class Reserved:
    """The variables of what no mission names, in one half-day of one person (in grid steps)."""

    writing: Variable | None = None
    writing_held: Variable | None = None
    collective: Variable | None = None
    collective_held: Variable | None = None
    preparation: Variable | None = None
    urgency: dict[str, Variable] = field(default_factory=dict)
    reception: dict[str, Variable] = field(default_factory=dict)

    def variables(self) -> list[Variable]:
        """All of them."""
        singles = (self.writing, self.writing_held, self.collective, self.collective_held, self.preparation)
        kept = [variable for variable in singles if variable is not None]
        return [*kept, *self.urgency.values(), *self.reception.values()]
