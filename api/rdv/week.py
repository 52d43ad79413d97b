"""The week that RDV-Solidarités makes of the département's own: what is booked there takes time.

An appointment makes its agents busy, and closes its room where the table names one; an absence is an absence;
whoever has no hours of their own has those of their opening windows. No mission is made of an appointment:
which household it is about is dropped at the door, and no separation of services could be vouched for.
"""

from collections import defaultdict
from collections.abc import Iterable

from api.rdv.entities import CANCELLED, Rdv
from api.rdv.heard import Heard, tell_unknown
from api.rdv.hours import with_hours
from api.rdv.occurrences import WEEK_MINUTES, minutes_of_absence, minutes_of_rdv
from api.rdv.received import Received
from api.rdv.table import RdvTable
from optimizer.errors import Problem, UnusableInput
from optimizer.files.building import built
from optimizer.files.json_week import JsonOrigin
from optimizer.files.reading import ReadWeek
from optimizer.intervals import Interval, union
from optimizer.warnings_of_week import warnings_of
from optimizer.week import Closing, Room, Site, Span, Week

Minutes = dict[str, tuple[Interval, ...]]
"""By person or room, minutes since the horizon's Monday, apart and in order."""


def people_of(table: RdvTable, received: Received) -> dict[int, str]:
    """The professional that each agent is.

    Raises
    ------
    UnusableInput
        The rows of two people name one agent, by id and by e-mail.
    """
    by_email = {one.email.casefold(): one.id for one in received.agents if one.email}
    found: dict[int, str] = {}
    for n, row in enumerate(table.agents):
        agent = row.agent_id or by_email.get(row.email or "")
        if agent is not None and found.setdefault(agent, row.professional_id) != row.professional_id:
            problem = Problem(
                f"/agents/{n}", f"l'agent {agent}, qui est déjà {found[agent]}", "un autre agent"
            )
            raise UnusableInput([problem])
    return found


def week_with(base: Week, table: RdvTable, received: Received, label: str) -> ReadWeek:
    """The base with what was received, and what its reader should know; `label` names the base in problems.

    Raises
    ------
    UnusableInput
        An agent is two people; opening windows are too short for what the week fixes.
    """
    heard, people = Heard(), people_of(table, received)
    tell_unknown(heard, base, table, received, people)
    rdvs = [one for one in received.rdvs if one.status not in CANCELLED]
    professionals, away = with_hours(base, received.plages, people, heard)
    fields = {name: getattr(base, name) for name in Week.model_fields} | {
        "professionals": professionals,
        "sites": _with_rooms_taken(base, table, rdvs),
        "absences": _added(base, base.absences, _absences(base, received, people)),
        "busy": _added(base, base.busy, _both(_busy(base, rdvs, people), away)),
    }
    week = built(lambda: Week.model_validate(fields), fields, JsonOrigin(label), [], set())
    return ReadWeek(week, (*heard.sentences(), *warnings_of(week)))


def _busy(week: Week, rdvs: Iterable[Rdv], people: dict[int, str]) -> Minutes:
    return _by_name(
        week,
        (
            (people[agent.id], minutes_of_rdv(rdv, week.calendar))
            for rdv in rdvs
            for agent in rdv.agents
            if agent.id in people
        ),
    )


def _absences(week: Week, received: Received, people: dict[int, str]) -> Minutes:
    """Those that others wrote: ours say what a plan keeps, and the next plan is free of it."""
    return _by_name(
        week,
        (
            (people[one.agent.id], minutes)
            for one in received.absences
            if one.agent.id in people and not one.is_ours
            for minutes in minutes_of_absence(one, week.calendar)
        ),
    )


def _by_name(week: Week, taken: Iterable[tuple[str, Interval]]) -> Minutes:
    """What touches the horizon; what overlaps or touches is one."""
    found: dict[str, list[Interval]] = defaultdict(list)
    for name, minutes in taken:
        if minutes[0] < WEEK_MINUTES * week.horizon.weeks and minutes[1] > 0:
            found[name].append(minutes)
    return {name: union(minutes) for name, minutes in found.items()}


def _both(one: Minutes, other: Minutes) -> Minutes:
    return {name: union((*one.get(name, ()), *other.get(name, ()))) for name in {**one, **other}}


def _added(week: Week, known: tuple[Span, ...], taken: Minutes) -> tuple[Span, ...]:
    """The spans of a week and those that were taken, none twice."""
    instant = week.calendar.instant
    spans = [
        Span(professional_id=who, start=instant(start), end=instant(end))
        for who, minutes in sorted(taken.items())
        for start, end in minutes
    ]
    return tuple(dict.fromkeys((*known, *spans)))


# ------------------------------------------------------------ rooms


def _with_rooms_taken(week: Week, table: RdvTable, rdvs: Iterable[Rdv]) -> tuple[Site, ...]:
    """The sites, where a room is closed while its appointments take place."""
    room_of = {row.lieu_id: row.room_id for row in table.lieux if row.room_id}
    taken = _by_name(
        week,
        (
            (room_of[rdv.lieu.id], minutes_of_rdv(rdv, week.calendar))
            for rdv in rdvs
            if rdv.lieu and rdv.lieu.id in room_of
        ),
    )
    return tuple(
        site.model_copy(update={"rooms": tuple(_room(week, room, taken) for room in site.rooms)})
        for site in week.sites
    )


def _room(week: Week, room: Room, taken: Minutes) -> Room:
    instant = week.calendar.instant
    closed = [Closing(start=instant(start), end=instant(end)) for start, end in taken.get(room.id, ())]
    return room.model_copy(update={"closed": tuple(dict.fromkeys((*room.closed, *closed)))})
