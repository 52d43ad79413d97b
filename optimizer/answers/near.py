"""The part of a département that an event touches: some services, their people and what they do.

What they do with people of other services stays as it is: their time there is taken. So are rooms while
others use them. The plan of the part takes its place in the whole, whose other rows do not change.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from optimizer.plan import Assignment, Plan, Reservation, ReservationKind
from optimizer.reading import Reading
from optimizer.scenarios import changed_week
from optimizer.week import (
    Closing,
    CollectiveAction,
    Meeting,
    Mission,
    Professional,
    Site,
    Span,
    Week,
)


@dataclass(frozen=True)
class Part:
    """Some services of a week: who works there, and what is theirs; `elsewhere` are those of them who lead
    actions with others, whose preparation stays as it is."""

    people: frozenset[str]
    items: frozenset[str]
    cases: frozenset[str]
    elsewhere: frozenset[str]

    def holds(self, row: Reservation) -> bool:
        """Whether a reservation is the part's own."""
        is_apart = row.kind is ReservationKind.PREPARATION and not self.elsewhere.isdisjoint(
            row.professional_ids
        )
        return self.people.issuperset(row.professional_ids) and not is_apart

    def plan(self, plan: Plan) -> Plan:
        """What of a plan is the part's own."""
        return plan.model_copy(
            update={
                "assignments": tuple(row for row in plan.assignments if row.mission_id in self.items),
                "reservations": tuple(row for row in plan.reservations if self.holds(row)),
                "referents": tuple(row for row in plan.referents if row.case_id in self.cases),
                "queue": tuple(row for row in plan.queue if row.mission_id in self.items),
                "unserved": tuple(row for row in plan.unserved if row.mission_id in self.items),
                "provenance": None,
            }
        )

    def joined(self, whole: Plan, mine: Plan) -> Plan:
        """The whole plan with another one of the part."""
        return whole.model_copy(
            update={
                "assignments": (
                    *(row for row in whole.assignments if row.mission_id not in self.items),
                    *mine.assignments,
                ),
                "reservations": (
                    *(row for row in whole.reservations if not self.holds(row)),
                    *mine.reservations,
                ),
                "referents": (
                    *(row for row in whole.referents if row.case_id not in self.cases),
                    *mine.referents,
                ),
                "queue": (*(row for row in whole.queue if row.mission_id not in self.items), *mine.queue),
                "unserved": (
                    *(row for row in whole.unserved if row.mission_id not in self.items),
                    *mine.unserved,
                ),
                "status": mine.status,
                "levels": mine.levels,
                "checker": None,
                "provenance": None,
            }
        )


def part_near(reading: Reading, people: Collection[str], items: Collection[str]) -> Part:
    """The services of some people, and those that some items belong to: who works there and what is theirs
    alone."""
    week = reading.week
    known, missions = set(week.professional).intersection(people), set(week.mission).intersection(items)
    services = {name for who in known for name in week.professional[who].service_ids}
    services |= {name for item in missions for name in reading.teams.of(week.mission[item])}
    team = frozenset(one.id for one in week.professionals if not services.isdisjoint(one.service_ids))
    mine: set[str] = set()
    dated: tuple[Mission | CollectiveAction, ...] = (*week.missions, *week.actions)
    for item in dated:
        rows = reading.parts.get(item.id, ())
        doing = {who for row in rows for who in row.source.professional_ids}
        if (doing and doing <= team) or (not doing and not services.isdisjoint(reading.teams.of(item))):
            mine.add(item.id)
    mine |= {meeting.id for meeting in week.meetings if _is_theirs(meeting, services, team)}
    cases = {case.id for case in week.cases if not services.isdisjoint(reading.teams.of_case(case))}
    cases |= {week.mission[item].case_id or "" for item in mine if item in week.mission}
    elsewhere = _leading(reading, week.action.keys() - mine) & team
    while shared := {item for item in mine & week.action.keys() if elsewhere & _leading(reading, {item})}:
        mine -= shared  # one preparation may be for either: both actions stay as they are
        elsewhere |= _leading(reading, shared) & team
    return Part(team, frozenset(mine), frozenset(cases), frozenset(elsewhere))


def _leading(reading: Reading, actions: Collection[str]) -> set[str]:
    """Those who lead some actions."""
    rows = (row for action in actions for row in reading.parts.get(action, ()))
    return {who for row in rows for who in row.source.professional_ids}


def _is_theirs(meeting: Meeting, services: Collection[str], team: frozenset[str]) -> bool:
    if meeting.service_id:
        return meeting.service_id in services
    return team.issuperset(meeting.professional_ids)


def week_of_part(week: Week, plan: Plan, part: Part) -> Week:
    """The week of a part: what others do is there as time and rooms that are taken."""
    outside = [row for row in plan.assignments if row.mission_id not in part.items]
    reserved = [
        row for row in plan.reservations if not part.holds(row) and row.kind is not ReservationKind.TRAVEL
    ]
    taken = defaultdict[str | None, list[Closing]](list)
    for row in outside:
        taken[row.room_id].append(Closing(start=row.start, end=row.end))
    people = (
        *(one for one in week.professionals if one.id in part.people),
        *_referents_elsewhere(week, part),
    )
    services = {name for one in people if one.id in part.people for name in one.service_ids}
    alone = changed_week(
        week,
        {
            "professionals": people,
            "absences": tuple(span for span in week.absences if span.professional_id in part.people),
            "busy": (
                *(span for span in week.busy if span.professional_id in part.people),
                *(span for row in outside for span in _busy(row, part.people)),
                *(span for row in reserved for span in _busy(row, part.people)),
            ),
            "missions": tuple(one for one in week.missions if one.id in part.items),
            "actions": tuple(one for one in week.actions if one.id in part.items),
            "meetings": tuple(one for one in week.meetings if one.id in part.items),
            "cases": tuple(one for one in week.cases if one.id in part.cases),
            "pins": tuple(pin for pin in week.pins if pin.item_id in part.items),
            "reception": tuple(
                need
                for need in week.reception
                if not services.isdisjoint(week.site[need.site_id].service_ids)
            ),
        },
    )
    sites = _sites_of(alone, services)
    kept = tuple(_beside(site, taken) for site in week.sites if site.id in sites)
    return changed_week(alone, {"sites": kept})


def _sites_of(week: Week, services: Collection[str]) -> set[str]:
    """The sites that a part knows: its services', and those of its people, households and items."""
    named = {site.id for site in week.sites if not set(services).isdisjoint(site.service_ids)}
    named |= {one.site_id for one in week.professionals} | {one.site_id for one in week.cases}
    items = (*week.missions, *week.actions, *week.meetings)
    named |= {site for one in items if (site := getattr(one, "site_id", None))}
    halls = {one.room_id for one in week.actions if one.room_id}
    return named | {site.id for site in week.sites if halls & {room.id for room in site.rooms}}


def _beside(site: Site, taken: Mapping[str | None, list[Closing]]) -> Site:
    """A site whose rooms are closed while others use them."""
    rooms = (
        room.model_copy(update={"closed": (*room.closed, *taken.get(room.id, ()))}) for room in site.rooms
    )
    return site.model_copy(update={"rooms": tuple(rooms)})


def _referents_elsewhere(week: Week, part: Part) -> list[Professional]:
    """Referents of the part's households who work in other services: known there, never at work there."""
    named = {case.referent_id for case in week.cases if case.id in part.cases} - part.people
    return [
        week.professional[who].model_copy(update={"windows": ()})
        for who in sorted(one for one in named if one in week.professional)
        if who
    ]


def _busy(row: Assignment | Reservation, people: frozenset[str]) -> list[Span]:
    return [
        Span(professional_id=who, start=row.start, end=row.end)
        for who in row.professional_ids
        if who in people
    ]


def without_the_absent(week: Week, plan: Plan, items: Collection[str]) -> Plan:
    """The plan where those who are not there any more leave the meetings of others."""
    absences: dict[str, list[Span]] = {}
    for span in week.absences:
        absences.setdefault(span.professional_id, []).append(span)
    rows = []
    for row in plan.assignments:
        if row.mission_id in week.meeting and row.mission_id not in items:
            there = tuple(
                who
                for who in row.professional_ids
                if not any(one.start < row.end and row.start < one.end for one in absences.get(who, ()))
            )
            if there != row.professional_ids:
                row = row.model_copy(update={"professional_ids": there})
        if row.professional_ids:
            rows.append(row)
    return plan.model_copy(update={"assignments": tuple(rows)})
