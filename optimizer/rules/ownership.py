"""A mission is done by its own team only, idle or not: IP acts by EVALUATION, contracts by CONTRAT.

Of several services of one kind, it belongs to those that cover its household's site, or its own.
Source: H0, H1.1, H2.1, H2.4 (propositions 1 and 2). Types open to all may be done by anyone.
Not posted: only people of the type's service have a variable.
"""

from collections.abc import Iterator

from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.words import ServiceKind


def check(reading: Reading) -> Iterator[Violation]:
    """Each person on a row who has no service of its type's kind."""
    for row in reading.rows:
        if row.meeting or row.kind is None or row.kind.owner is None:
            continue
        team = reading.teams.of(row.mission or row.action)
        is_apart = row.kind.owner in (ServiceKind.CONTRAT, ServiceKind.EVALUATION)
        for person in row.people:
            sentence = None
            if not reading.serves(person, row.kind.owner):
                sentence = f"{row.item_id} relève du service {row.kind.owner}, dont {person.id} n'est pas"
            elif team and team.isdisjoint(person.service_ids):
                names = ", ".join(sorted(team))
                sentence = f"{row.item_id} relève de l'équipe {names}, dont {person.id} n'est pas"
            elif is_apart and reading.serves(person, ServiceKind.SECTEUR):
                sentence = f"{row.item_id} relève du service {row.kind.owner}, {person.id} est du secteur"
            if sentence:
                yield Violation(
                    "H0", sentence, 1, "personnes", None, row.item_id, (person.id,), row.source.start
                )


RULE = Rule(
    "H0", "À chaque service ses missions", "propositions 1 et 2", RuleLevel.NEVER, check, is_local=True
)
