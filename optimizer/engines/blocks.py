"""Independent blocks: people whom no service, site, meeting or item couples can be planned apart."""

from optimizer.board import Board
from optimizer.groups import Groups
from optimizer.words import RoomKind


def blocks_of(board: Board) -> list[frozenset[str]]:
    """The professionals of a week, split where nothing couples them; the largest block first.

    Two people are coupled by a service of both, by a site that serves services of both or where one is at
    home or holds something (its rooms), by a meeting that names both, and by an item that either's service
    may take.
    """
    week, teams = board.week, board.teams
    services: Groups[str] = Groups()
    for professional in week.professionals:
        services.join(professional.service_ids)
        services.join((professional.service_ids[0], *week.site[professional.site_id].service_ids))
    for users in users_of_sites(board).values():
        services.join(users)
    everyone = [service.id for service in week.services]
    for mission in week.missions:
        services.join(everyone if (team := teams.of_mission(mission)) is None else team)
    for action in week.actions:
        services.join(everyone if (team := teams.of_action(action)) is None else team)
    for meeting in week.meetings:
        services.join(week.professional[who].service_ids[0] for who in meeting.professional_ids)
    blocks: dict[str, set[str]] = {}
    for professional in week.professionals:
        blocks.setdefault(services.name(professional.service_ids[0]), set()).add(professional.id)
    return sorted((frozenset(people) for people in blocks.values()), key=lambda b: (-len(b), min(b)))


def users_of_sites(board: Board) -> dict[str, list[str]]:
    """By site: the services that it houses, and those whose items are held in its rooms."""
    week, teams = board.week, board.teams
    found = {site.id: [*site.service_ids] for site in week.sites}
    for mission in week.missions:
        location = board.location(mission)
        if location and location.site_id and week.types[mission.type].room is not RoomKind.NONE:
            found[location.site_id] += (teams.of_mission(mission) or ())[:1]
    for action in week.actions:
        team = teams.of_action(action) or ()
        if action.site_id and set(team).isdisjoint(week.site[action.site_id].service_ids):
            found[action.site_id] += team[:1]
    return {site: list(dict.fromkeys(users)) for site, users in found.items()}
