"""Contracts are met where CONTRAT receives; IP acts where EVALUATION does and the sector team does not;
nobody is accompanied by the sector team in a place of CONTRAT or EVALUATION alone.

Source: H1.2, H2.2 (propositions 1 and 2).
Not posted: the data refuses other sites, and a place that is not given is one of these.
"""

from collections.abc import Iterator

from optimizer.catalogue import MissionType
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.words import APART_FROM_SECTOR, ServiceKind


def check(reading: Reading) -> Iterator[Violation]:
    """Each mission held at a site that is another service's."""
    for row, _, kind in reading.mission_rows:
        if row.site_id is None:
            continue
        if fault := _fault(kind, reading.places.kinds_at[row.site_id]):
            sentence = f"{row.item_id} est tenu à {row.site_id}, {fault}"
            yield Violation(
                "H1.2", sentence, 1, "lignes", None, row.item_id, row.person_ids, row.source.start
            )


def _fault(kind: MissionType, served: frozenset[ServiceKind]) -> str | None:
    if kind.contractual and ServiceKind.CONTRAT not in served:
        return "qui n'est pas un espace du pôle contrat"
    if kind.ip and ServiceKind.EVALUATION not in served:
        return "qui n'est pas un lieu du pôle évaluation"
    if kind.ip and ServiceKind.SECTEUR in served:
        return "où reçoit l'équipe de secteur"
    apart = sorted(served & set(APART_FROM_SECTOR))
    if kind.owner is ServiceKind.SECTEUR and ServiceKind.SECTEUR not in served and apart:
        return f"un lieu de {' et '.join(apart)}"
    return None


RULE = Rule("H1.2", "Espaces distincts", "propositions 1 et 2", RuleLevel.NEVER, check, is_local=True)
