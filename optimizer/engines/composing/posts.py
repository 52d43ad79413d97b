"""The posts that may be opened: those asked for, else those that the weeks call for."""

from collections.abc import Iterator, Sequence

from optimizer.board import Board
from optimizer.scenarios import Scenario, default_patterns
from optimizer.team import Pattern, Post, TeamRequest
from optimizer.week import WEEKDAYS, Meeting, Week
from optimizer.words import Aptitude, Profession, ServiceKind


def openable(request: TeamRequest, scenarios: Sequence[Scenario]) -> list[Post]:
    """Each post that may be opened, of one site a service unless a site is asked for.

    Which site people of a service are based at changes neither what they may do nor their time: posts are
    spread over its sites afterwards.
    """
    week = scenarios[0].week
    patterns = request.patterns or default_patterns(week)
    found = []
    for profession, service, site, names in _asked(request, scenarios):
        sites = [site] if site else sites_of(week, service)[:1]
        for pattern in patterns:
            if (names and pattern.name not in names) or not sites:
                continue
            if request.rules.at_meetings and not _attends(scenarios, service, pattern):
                continue
            found.append(
                Post(
                    profession=profession,
                    service_id=service,
                    site_id=sites[0],
                    pattern=pattern,
                    is_anywhere=site is None,
                )
            )
    return list({_key(post): post for post in found}.values())


def _key(post: Post) -> tuple[str, str, str, str, bool]:
    return post.profession, post.service_id, post.site_id, post.pattern.name, post.is_anywhere


def sites_of(week: Week, service_id: str) -> list[str]:
    """The sites of a service, in file order."""
    return [site.id for site in week.sites if service_id in site.service_ids]


def _asked(
    request: TeamRequest, scenarios: Sequence[Scenario]
) -> Iterator[tuple[Profession, str, str | None, tuple[str, ...]]]:
    if request.posts:
        for one in request.posts:
            yield one.profession, one.service_id, one.site_id, one.patterns
        return
    for service in scenarios[0].week.services:
        for profession in called_for(scenarios, service.id):
            yield profession, service.id, None, ()


def called_for(scenarios: Sequence[Scenario], service_id: str) -> list[Profession]:
    """The professions that work in a service, and those for which something asked of it is core."""
    kind = scenarios[0].week.kind_of_service[service_id]
    found: set[Profession] = set()
    for scenario in scenarios:
        week = scenario.week
        types = {item.type for table in (week.missions, week.actions) for item in table}
        asked = [week.types[code] for code in types if week.types[code].owner is kind]
        found |= {
            profession
            for profession in Profession
            if any(one.aptitude(profession) is Aptitude.CORE for one in asked)
        }
        if kind is ServiceKind.SECTEUR:
            found |= {profession for action in week.actions for profession in action.leaders}
            found -= {Profession.PUER, Profession.MED_PMI}
        found |= {person.profession for person in week.professionals if service_id in person.service_ids}
    return [profession for profession in Profession if profession in found - {Profession.SECR}]


def _attends(scenarios: Sequence[Scenario], service_id: str, pattern: Pattern) -> bool:
    """Whether the hours of a pattern hold the dated meetings of the whole service."""
    return all(
        _holds(board, meeting, pattern)
        for board in (Board(scenario.week) for scenario in scenarios)
        for meeting in board.week.meetings
        if meeting.service_id == service_id and meeting.seats is None and meeting.fixed_start
    )


def _holds(board: Board, meeting: Meeting, pattern: Pattern) -> bool:
    assert meeting.fixed_start is not None
    start = board.calendar.minute(meeting.fixed_start)
    for begin, end in board.parts(start, meeting.duration_minutes):
        moment = board.calendar.instant(begin)
        first = moment.hour * 60 + moment.minute
        windows = (one for one in pattern.windows if WEEKDAYS.index(one.day) == moment.weekday())
        if not any(
            window.minutes[0] <= first and first + end - begin <= window.minutes[1] for window in windows
        ):
            return False
    return True
