"""What an audience may be told of an item: its word, its people, and a reference in place of its id."""

import hashlib
from base64 import b32encode

from optimizer.catalogue import MissionType
from optimizer.done import Item, item_of
from optimizer.errors import Problem, UnusableInput
from optimizer.files.audience import Audience, Reach
from optimizer.files.labels import short_label
from optimizer.week import CollectiveAction, Meeting, Week
from optimizer.words import ServiceKind

INTERVIEW = "ENTRETIEN"
SHOWN_AS_INTERVIEW = frozenset({"SUIVI", "IP_SOUTIEN"})
APART = frozenset({ServiceKind.EVALUATION, ServiceKind.CONTRAT})


def reference(item_id: str) -> str:
    """Eight letters that stand for a mission in outputs that may not show its id; the same in every plan."""
    return b32encode(hashlib.sha256(f"polyvalence/{item_id}".encode()).digest()[:5]).decode()


def uid(item_id: str, part: int) -> str:
    """What stands for one part of an item in every plan."""
    return hashlib.sha256(f"polyvalence/{item_id}/{part}".encode()).hexdigest()[:32]


def is_own(kind: MissionType, who: Audience) -> bool:
    """Whether this audience reads such rows in full."""
    return kind.owner is None or kind.owner in who.kinds


def is_hidden(kind: MissionType, who: Audience) -> bool:
    """A sector output holds no row of an evaluation or a contract, not even an anonymous one."""
    return who.is_sector and kind.owner in APART


def site_shown(week: Week, site_id: str | None, who: Audience) -> str | None:
    """The site of a row; a sector output names none where EVALUATION or CONTRAT is and SECTEUR is not."""
    site = week.site.get(site_id or "")
    if site is None or not who.is_sector:
        return site_id
    kinds = {week.kind_of_service.get(service) for service in site.service_ids}
    return None if kinds & APART and not kinds & who.kinds else site_id


def shown_as(kind: MissionType, who: Audience) -> tuple[str, str, str]:
    """The code, the label and the short word of a type; support to parents reads as any interview."""
    if who.is_sector and kind.code in SHOWN_AS_INTERVIEW:
        return INTERVIEW, "Entretien", "Entretien"
    return kind.code, kind.label, short_label(kind.code)


def with_series(label: str, item: Item) -> str:
    """The label, and the series of a collective action."""
    series = item.series if isinstance(item, CollectiveAction) else None
    return f"{label} ({series})" if series else label


def people_shown(people: tuple[str, ...], item: Item, kind: MissionType, who: Audience) -> tuple[str, ...]:
    """Those of the team; a person also reads with whom they work, but not who else sits in a meeting."""
    own = among(people, who)
    works_together = kind.owner is not None and kind.owner in who.kinds and not isinstance(item, Meeting)
    if who.is_whole or (own and who.reach is Reach.PERSON and works_together):
        return people
    return own


def among(people: tuple[str, ...], who: Audience) -> tuple[str, ...]:
    """Those of some people who are on this output."""
    return tuple(person for person in people if person in who.member_ids)


def placed_item(week: Week, item_id: str) -> Item:
    """The item that a row of a plan names; a plan of another week is refused before."""
    item = item_of(week, item_id)
    if item is None:
        raise UnusableInput([Problem("plan", f"{item_id} inconnu", "un plan de cette semaine")])
    return item
