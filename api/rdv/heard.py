"""What whoever reads RDV-Solidarités should know: what has no row in the table, by id and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from api.rdv.entities import CANCELLED, Rdv
from api.rdv.occurrences import WEEK_MINUTES, minutes_of_rdv
from api.rdv.received import Received
from api.rdv.table import RdvTable
from optimizer.files.sheets import listed
from optimizer.week import Week

SHOWN = 30
UNREAD = "Illisibles, laissés de côté"
NO_PERSON = "Agents sans ligne dans la table, laissés de côté"
NO_AGENT = "Professionnels dont l'agent est introuvable"
NO_TYPE = "Motifs sans ligne dans la table, dont les rendez-vous occupent quand même"
NO_SITE = "Lieux sans ligne dans la table, dont les rendez-vous occupent quand même"
ELSEWHERE = "Rendez-vous d'un autre service que celui de leur agent, qu'ils occupent quand même"


class Heard:
    """What is told of while a week is made, by subject."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)

    def tell(self, subject: str, *names: object) -> None:
        """Something more about a subject."""
        self._names[subject] += [str(name) for name in names]

    def sentences(self) -> Iterator[str]:
        """One sentence a subject."""
        for subject, names in self._names.items():
            if names:
                yield f"{subject} : {listed(dict.fromkeys(names), SHOWN)}."


def tell_unknown(
    heard: Heard, week: Week, table: RdvTable, received: Received, people: dict[int, str]
) -> None:
    """Tell what has no row or is not found, and appointments that their agent's service never does."""
    booked = [one for one in received.rdvs if one.status not in CANCELLED and _touches(week, one)]
    heard.tell(UNREAD, *received.unread)
    heard.tell(NO_PERSON, *sorted(_agents(received, booked) - people.keys()))
    heard.tell(NO_AGENT, *_not_found(table, received, people))
    motifs = {one.id for one in received.motifs} | {one.motif.id for one in booked if one.motif}
    heard.tell(NO_TYPE, *sorted(motifs - {row.motif_id for row in table.motifs}))
    places = {one.id for one in received.lieux} | {one.lieu.id for one in booked if one.lieu}
    heard.tell(NO_SITE, *sorted(places - {row.lieu_id for row in table.lieux}))
    heard.tell(ELSEWHERE, *_elsewhere(week, table, booked, people))


def _touches(week: Week, rdv: Rdv) -> bool:
    start, end = minutes_of_rdv(rdv, week.calendar)
    return start < WEEK_MINUTES * week.horizon.weeks and end > 0


def _agents(received: Received, booked: Iterable[Rdv]) -> set[int]:
    named = {one.agent.id for one in (*received.absences, *received.plages)}
    return named | {one.id for one in received.agents} | {agent.id for one in booked for agent in one.agents}


def _not_found(table: RdvTable, received: Received, people: dict[int, str]) -> Iterator[str]:
    """People whose e-mail is no agent's, or whose agent is not among those that are known."""
    known = {one.id for one in received.agents}
    for row in table.agents:
        is_lost = row.agent_id is not None and known and row.agent_id not in known
        if is_lost or row.professional_id not in people.values():
            yield row.professional_id


def _elsewhere(week: Week, table: RdvTable, booked: Iterable[Rdv], people: dict[int, str]) -> Iterator[str]:
    """Propositions 1 and 2: a contract or an evaluation booked with a sector team, and the like."""
    types = {row.motif_id: week.types[row.type] for row in table.motifs}
    for one in booked:
        kind = types.get(one.motif.id) if one.motif else None
        if kind is None or kind.owner is None:
            continue
        for who in (people[agent.id] for agent in one.agents if agent.id in people):
            if kind.owner not in week.kinds_served_by(week.professional[who]):
                yield f"{one.id} ({kind.code}, {who})"
