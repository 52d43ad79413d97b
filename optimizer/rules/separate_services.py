"""Nobody of CONTRAT and EVALUATION meets one household as both, nor works as both in one half-day.

Source: H1.4 (propositions 1 and 2).
"""

from collections import defaultdict
from collections.abc import Iterator

from optimizer.clock import DAY_MINUTES
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.rules.wording import HALF_DAYS
from optimizer.words import HalfDayName, ServiceKind

APART = {ServiceKind.CONTRAT, ServiceKind.EVALUATION}


def check(reading: Reading) -> Iterator[Violation]:
    """Each household and each half-day of one person with rows of both services."""
    of_a_case: defaultdict[tuple[str, str], set[ServiceKind]] = defaultdict(set)
    of_a_half: defaultdict[tuple[str, int, HalfDayName], set[ServiceKind]] = defaultdict(set)
    for row, mission, kind in reading.mission_rows:
        if kind.owner not in APART:
            continue
        for person in row.person_ids:
            if mission.case_id:
                of_a_case[person, mission.case_id].add(kind.owner)
            half = reading.presence.name_of_half(person, *row.stretch)
            of_a_half[person, row.stretch.start // DAY_MINUTES, half].add(kind.owner)
    for (person, case), kinds in of_a_case.items():
        if kinds == APART:
            sentence = f"{person} voit la situation {case} au titre du contrat et de l'évaluation"
            yield Violation("H1.4", sentence, 1, "situations", None, case, (person,))
    for (person, day, half), kinds in of_a_half.items():
        if kinds == APART:
            name = f"{reading.day(day):%d/%m} {HALF_DAYS[half]}"
            sentence = f"{person} change de service dans une demi-journée, {name}"
            yield Violation("H1.4", sentence, 1, "demi-journées", None, None, (person,))


RULE = Rule("H1.4", "Contrat et évaluation séparés", "propositions 1 et 2", RuleLevel.NEVER, check)
