"""A large week divided into parts that can be planned apart, and what they share.

A part is one or more services planned together. Shared, and given to one part or to several by decision: the
days of someone who floats between sector teams, those of a site that sector teams use together, actions
that several teams may lead, seats of a training session. Everything else that couples two services keeps
them in one part.
"""

from dataclasses import dataclass, field

from optimizer.reading.places import Places
from optimizer.teams import Teams
from optimizer.week import Mission, Week

Part = str
"""A part by its name, that of one of its services."""


@dataclass(frozen=True)
class Sharing:
    """Who has what is shared; a part that is not named has none of it.

    `days` of people and of sites go by weekday (0 is Monday) to parts; `leads` by action; `seats` by session.
    """

    days: dict[str, dict[int, Part]] = field(default_factory=dict)
    leads: dict[str, Part] = field(default_factory=dict)
    seats: dict[str, dict[Part, int]] = field(default_factory=dict)


class Division:
    """The parts of a week, and which of them each thing concerns."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.places = Places(week)
        self.teams = Teams(week, self._site_of)

    def _site_of(self, mission: Mission) -> str | None:
        location = self.places.of_mission(mission, self.week.types[mission.type])
        return location.site_id if location else None
