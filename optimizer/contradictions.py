"""What a week fixes and cannot hold: pins against the rules, fixed meetings against the legal limits.

A plan of the pins alone, and one of the fixed meetings alone, are read by the judge's own rules; only the
rules that such a partial plan can break are asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from optimizer.check import NAMES
from optimizer.pinned import Pinned, pinned_rows
from optimizer.plan import Assignment, Plan, Status
from optimizer.reading import Reading
from optimizer.rules import (
    Rule,
    Violation,
    action_leaders,
    aptitude,
    breaks,
    daily_rest,
    day_length,
    evaluator_distance,
    lunch_break,
    meetings,
    one_pair,
    opening,
    overlap,
    ownership,
    pairs,
    parts,
    presence,
    rooms,
    separate_services,
    separate_space,
    separate_time,
    team_size,
    travel_time,
    week_length,
)
from optimizer.week import Meeting, Professional, Week

WHO: tuple[Rule, ...] = (
    ownership.RULE,
    aptitude.RULE,
    team_size.RULE,
    pairs.RULE,
    evaluator_distance.RULE,
    one_pair.RULE,
    action_leaders.RULE,
)
WHEN: tuple[Rule, ...] = (
    separate_services.RULE,
    separate_space.RULE,
    separate_time.RULE,
    rooms.RULE,
    opening.RULE,
    presence.RULE,
    overlap.RULE,
    travel_time.RULE,
    lunch_break.RULE,
    day_length.RULE,
    week_length.RULE,
    daily_rest.RULE,
    breaks.RULE,
    meetings.RULE,
    parts.RULE,
)
LAW: tuple[Rule, ...] = (day_length.RULE, week_length.RULE, daily_rest.RULE, breaks.RULE)
SHOWN = 3


def contradictions(week: Week) -> list[str]:
    """Each fact that makes the week impossible as it is fixed, in French; none when it can be planned."""
    facts = [*_of_pins(week), *_of_meetings(week)]
    return list(dict.fromkeys(facts))


# ------------------------------------------------------------ pins


def _of_pins(week: Week) -> Iterator[str]:
    pinned, reading = list(pinned_rows(week)), Reading(week, _plan(()))
    rows = [row for one in pinned for row in one.rows]
    for violation in _found(reading, rows, WHO):
        if violation.unit != "minutes":  # the preparation of an action is the engine's to place
            yield _told(violation)
    timed = [row for one in pinned if one.has_a_time for row in one.rows]
    shortened = {one.item_id for one in pinned if one.is_split}
    for violation in _found(reading, timed, WHEN):
        if violation.rule != parts.RULE.code or violation.item_id not in shortened:
            yield _told(violation)
    for one in pinned:
        yield from _without_room_in_time(reading, one)


def _told(violation: Violation) -> str:
    return f"épingles : {violation.sentence} (règle « {NAMES[violation.rule]} »)"


def _without_room_in_time(reading: Reading, pinned: Pinned) -> Iterator[str]:
    """Each person pinned who has no unbroken time as long as the item, from its release on."""
    if pinned.has_a_time:
        return
    first = (pinned.release - reading.week.horizon.first_day).days
    for person in pinned.professional_ids:
        free = reading.presence.available[person]
        longest = max((s.minutes for day, found in free.items() if day >= first for s in found), default=0)
        if longest < pinned.shortest_minutes:
            yield (
                f"épingles : {person} n'a jamais {pinned.shortest_minutes} minutes de suite "
                f"pour {pinned.item_id} à partir du {pinned.release:%d/%m} ({longest} au plus)"
            )


# ------------------------------------------------------------ fixed meetings


def _of_meetings(week: Week) -> Iterator[str]:
    """Fixed meetings that the same people cannot attend within the legal limits."""
    reading = Reading(week, _plan(()))
    fixed = [meeting for meeting in week.meetings if meeting.fixed_start]
    together = [meeting for meeting in fixed if meeting.seats is None]
    yield from _against_the_law(together, reading)
    for session in fixed:
        if session.seats is not None:
            yield from _against_the_law([session], reading)


def _against_the_law(fixed: list[Meeting], reading: Reading) -> Iterator[str]:
    rows = [row for meeting in fixed for row in _held(meeting, reading)]
    grouped: defaultdict[tuple[str, datetime | None, int], list[Violation]] = defaultdict(list)
    for violation in _found(reading, rows, LAW):
        grouped[violation.rule, violation.when, violation.amount].append(violation)
    for found in grouped.values():
        names = ", ".join(_meetings_of(rows, found[0]))
        others = f" ; de même pour {len(found) - 1} autre(s) personne(s)" if len(found) > 1 else ""
        yield f"réunions fixées ({names}) : {found[0].sentence}{others} (règle « {NAMES[found[0].rule]} »)"


def _held(meeting: Meeting, reading: Reading) -> list[Assignment]:
    """A meeting with everybody who would come."""
    people = tuple(person.id for person in _who_would_come(meeting, reading))
    return [
        Assignment(
            mission_id=meeting.id,
            professional_ids=people,
            site_id=None,
            place="outside",
            start=reading.instant(part.start),
            end=reading.instant(part.end),
        )
        for part in reading.meeting_parts(meeting)
        if people
    ]


def _who_would_come(meeting: Meeting, reading: Reading) -> Iterable[Professional]:
    """Those who are there for the whole of it; when nobody is, those invited: the law binds them as well."""
    invited = reading.may_attend[meeting.id]
    free = [person for person in invited if reading.is_free_for(person, meeting)]
    return free or invited


def _meetings_of(rows: list[Assignment], violation: Violation) -> list[str]:
    """The meetings behind a violation: those of the person that day and the next, or of the whole week."""
    who = set(violation.professional_ids)
    theirs = [row for row in rows if who & set(row.professional_ids)]
    if violation.when is not None:
        days = {violation.when.date()}
        if violation.rule == daily_rest.RULE.code:
            days.add(violation.when.date() + timedelta(days=1))
        theirs = [row for row in theirs if row.start.date() in days]
    return list(dict.fromkeys(row.mission_id for row in theirs))


# ------------------------------------------------------------ reading


def _plan(rows: Iterable[Assignment]) -> Plan:
    return Plan(status=Status.UNKNOWN, assignments=tuple(rows))


def _found(of_week: Reading, rows: list[Assignment], rules: tuple[Rule, ...]) -> Iterator[Violation]:
    reading = Reading(of_week.week, _plan(rows), of_week)
    for rule in rules:
        yield from rule.check(reading)
