"""What RDV-Solidarités says of a horizon, read through its API, which tells no opening window."""

from collections.abc import Iterator
from datetime import timedelta

from api.rdv.client import Api
from api.rdv.entities import Absence, Agent, Motif, Organisation, Rdv
from api.rdv.received import Parsed, Received
from api.rdv.table import RdvTable
from optimizer.clock import Calendar

DAY = timedelta(days=1)


def read_received(api: Api, table: RdvTable, calendar: Calendar) -> Received:
    """Agents, motifs and appointments of the table's organisations, and the absences that one may read.

    Raises
    ------
    UnusableInput
        A call fails: which, and what came back.
    """
    parsed = Parsed()
    ids = table.organisation_ids or _every_organisation(api, parsed)
    return Received(
        agents=parsed.all_of(Agent, _agents(api, ids)),
        motifs=parsed.all_of(Motif, _motifs(api, ids)),
        rdvs=parsed.all_of(Rdv, _rdvs(api, ids, calendar)),
        absences=read_absences(api, parsed),
        unread=tuple(parsed.unread),
    )


def read_agents(api: Api, table: RdvTable) -> tuple[Agent, ...]:
    """The agents of the table's organisations.

    Raises
    ------
    UnusableInput
    """
    parsed = Parsed()
    return parsed.all_of(Agent, _agents(api, table.organisation_ids or _every_organisation(api, parsed)))


def read_absences(api: Api, parsed: Parsed) -> tuple[Absence, ...]:
    """Every absence that one may read, whenever it is.

    Raises
    ------
    UnusableInput
    """
    return parsed.all_of(Absence, api.listed("/absences", "absences"))


def _every_organisation(api: Api, parsed: Parsed) -> tuple[int, ...]:
    return tuple(one.id for one in parsed.all_of(Organisation, api.listed("/organisations", "organisations")))


def _agents(api: Api, organisations: tuple[int, ...]) -> Iterator[object]:
    for id_ in organisations:
        yield from api.listed("/agents", "agents", organisation_id=id_)


def _motifs(api: Api, organisations: tuple[int, ...]) -> Iterator[object]:
    for id_ in organisations:
        yield from api.listed(f"/organisations/{id_}/motifs", "motifs")


def _rdvs(api: Api, organisations: tuple[int, ...], calendar: Calendar) -> Iterator[object]:
    """Those that begin in the horizon or the day before."""
    after, before = f"{calendar.first_day - DAY:%Y-%m-%d}", f"{calendar.end:%Y-%m-%d}"
    for id_ in organisations:
        yield from api.listed(f"/organisations/{id_}/rdvs", "rdvs", starts_after=after, starts_before=before)
