"""Demand weeks of one organisation, and the same week with another team."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count

from pydantic import ValidationError

from optimizer.errors import Problem, UnusableInput
from optimizer.team import Pattern, Post
from optimizer.values import Identifier
from optimizer.week import Professional, Week, Weekday, Window, Windows

FIRST_HALF = (Weekday.MONDAY, Weekday.TUESDAY)
MIDDLE = Weekday.WEDNESDAY


@dataclass(frozen=True)
class Scenario:
    """A demand week, by the name of its file."""

    name: str
    week: Week


def refuse_apart(scenarios: Sequence[Scenario]) -> None:
    """Refuse weeks that do not share their sites, services, types and organisation: no team works in both.

    Raises
    ------
    UnusableInput
        With each week that differs from the first, and what differs.
    """
    first = scenarios[0]
    problems = []
    for one in scenarios[1:]:
        for name, word in SHARED.items():
            mine, theirs = getattr(one.week, name), getattr(first.week, name)
            if mine != theirs:
                problems.append(
                    Problem(one.name, f"{word} : {_difference(mine, theirs)}", f"comme dans {first.name}")
                )
        if one.week.horizon.weeks != first.week.horizon.weeks:
            found = f"{one.week.horizon.weeks} semaine(s)"
            problems.append(Problem(one.name, found, f"{first.week.horizon.weeks}, comme dans {first.name}"))
    if problems:
        raise UnusableInput(problems)


SHARED = {
    "services": "services",
    "sites": "sites",
    "mission_types": "types de mission",
    "organisation": "organisation",
}


def _difference(mine: object, theirs: object) -> str:
    """The ids that only one of two tables has, else that the same ids say something else."""
    if not isinstance(mine, tuple) or not isinstance(theirs, tuple):
        return "d'autres valeurs"
    ids = [{str(getattr(row, "id", getattr(row, "code", ""))) for row in table} for table in (mine, theirs)]
    only = sorted(ids[0] - ids[1]) or sorted(ids[1] - ids[0])
    return ", ".join(only[:5]) if only else "les mêmes noms, d'autres valeurs"


def default_patterns(week: Week) -> tuple[Pattern, ...]:
    """Full time, four days without Wednesday, and two half-times, within the hours that most full-timers work
    (8:30-12:30 and 13:30-17:30 where nobody works full time)."""
    full = _usual_hours(week)
    first = tuple(
        one for one in full if one.day in FIRST_HALF or (one.day is MIDDLE and one.minutes[1] <= 13 * 60)
    )
    patterns = {
        "100": (100, full),
        "80": (80, tuple(one for one in full if one.day is not MIDDLE)),
        "50-debut": (50, first),
        "50-fin": (50, tuple(one for one in full if one not in first)),
    }
    return tuple(
        Pattern(name=name, quotite=quotite, windows=windows)
        for name, (quotite, windows) in patterns.items()
        if windows
    )


def _usual_hours(week: Week) -> Windows:
    worked = Counter(person.windows for person in week.professionals if person.quotite == 100)
    if worked:
        return max(worked, key=lambda windows: (worked[windows], str(windows)))
    halves = (("08:30", "12:30"), ("13:30", "17:30"))
    rows = ({"day": day, "start": start, "end": end} for day in Weekday for start, end in halves)
    return tuple(Window.model_validate(row) for row in rows)


def person_of(post: Post, id_: str) -> Professional:
    """Whoever would hold a post, under an id: with no absence and no training done."""
    return Professional(
        id=id_,
        profession=post.profession,
        service_ids=(post.service_id,),
        site_id=post.site_id,
        quotite=post.pattern.quotite,
        windows=post.pattern.windows,
    )


def ids_of(posts: Sequence[Post], present: Iterable[Professional]) -> list[str]:
    """An id for whoever stands for each post, with a beginning that nobody present has."""
    taken = {person.id.casefold().partition(":")[0] for person in present}
    prefix = next(name for name in chain(["P"], (f"P{n}" for n in count(2))) if name.casefold() not in taken)
    return [f"{prefix}:{post.profession}.{number}" for number, post in enumerate(posts)]


def with_people(week: Week, people: Iterable[Professional]) -> Week:
    """The same demand for other people, validated again; see `among`."""
    try:
        return Week.model_validate(among(week, people).model_dump())
    except ValidationError as error:
        first = error.errors()[0]
        found = str(first.get("ctx", {}).get("error", first["msg"]))
        expected = (
            "des semaines que toute équipe peut avoir : ni rendez-vous fixé ni durée d'une seule personne"
        )
        raise UnusableInput([Problem("une semaine avec une autre équipe", found, expected)]) from None


def among(week: Week, people: Iterable[Professional]) -> Week:
    """The same demand for other people, not validated: the week of a part names sites that it does not hold.

    What names somebody who is not there goes: absences, busy hours, a place in a meeting (the meeting itself
    when nobody is left), pins. Their cases are to be attributed again.
    """
    team = tuple(people)
    there = {person.id for person in team}
    meetings = []
    for meeting in week.meetings:
        named = tuple(who for who in meeting.professional_ids if who in there)
        if meeting.service_id or named:
            meetings.append(meeting.model_copy(update={"professional_ids": named}))
    changed: dict[str, object] = {
        "professionals": team,
        "absences": tuple(span for span in week.absences if span.professional_id in there),
        "busy": tuple(span for span in week.busy if span.professional_id in there),
        "meetings": tuple(meetings),
        "pins": tuple(pin for pin in week.pins if there.issuperset(pin.professional_ids)),
    }
    return changed_week(week, changed)


def changed_week(week: Week, changed: dict[str, object]) -> Week:
    """A week with other fields, not validated, and nothing of what was worked out of the first."""
    fields = {name: getattr(week, name) for name in type(week).model_fields}
    return Week.model_construct(**(fields | changed))


def lost_with(week: Week, people: Iterable[Professional]) -> list[Identifier]:
    """The meetings of named people none of whom is there any more, by id."""
    there = {person.id for person in people}
    return [
        meeting.id
        for meeting in week.meetings
        if meeting.professional_ids and there.isdisjoint(meeting.professional_ids)
    ]
