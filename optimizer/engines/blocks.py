"""Independent blocks: people whom no service, site, meeting or item couples can be planned apart."""

from optimizer.board import Board
from optimizer.groups import Groups


def blocks_of(board: Board) -> list[frozenset[str]]:
    """The professionals of a week, split where nothing couples them; the largest block first.

    Two people are coupled by a service of both, by a site that serves services of both or where one is at
    home (its rooms), by a meeting that names both, and by an item that either's service may take.
    """
    week, teams = board.week, board.teams
    services: Groups[str] = Groups()
    for professional in week.professionals:
        services.join(professional.service_ids)
        services.join((professional.service_ids[0], *week.site[professional.site_id].service_ids))
    for site in week.sites:
        services.join(site.service_ids)
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
