"""Independent blocks: people who share neither a service nor a site can be planned apart."""

from optimizer.week import Week


def blocks_of(week: Week) -> list[frozenset[str]]:
    """The professionals of a week, split where nothing couples them; the largest block first.

    Two people are coupled by a service of both, by a site that serves services of both (its rooms), and by
    a meeting that names both.
    """
    codes = {mission.type for mission in week.missions} | {action.type for action in week.actions}
    if any(week.types[code].owner is None for code in codes):
        return [frozenset(professional.id for professional in week.professionals)]
    leader: dict[str, str] = {}

    def find(node: str) -> str:
        leader.setdefault(node, node)
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for professional in week.professionals:
        for service in professional.service_ids:
            leader[find(f"person {professional.id}")] = find(f"service {service}")
    for site in week.sites:
        for service in site.service_ids[1:]:
            leader[find(f"service {service}")] = find(f"service {site.service_ids[0]}")
    for meeting in week.meetings:
        for person in meeting.professional_ids[1:]:
            leader[find(f"person {person}")] = find(f"person {meeting.professional_ids[0]}")
    kinds: dict[str, str] = {}
    for owner in week.services:
        first = kinds.setdefault(owner.kind, owner.id)
        leader[find(f"service {owner.id}")] = find(f"service {first}")
    blocks: dict[str, set[str]] = {}
    for professional in week.professionals:
        blocks.setdefault(find(f"person {professional.id}"), set()).add(professional.id)
    return sorted((frozenset(people) for people in blocks.values()), key=lambda b: (-len(b), min(b)))
