"""In an evaluation, meetings end before the concertation starts, and the concertation before the report.

What is not placed comes later: no concertation while a meeting of the week is unplaced, no report while a
concertation is. Source: H2.6 (proposition 2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from optimizer.catalogue import MissionType
from optimizer.linear import each
from optimizer.plan import is_past
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Mission
from optimizer.words import PairNeed, PlaceKind, RoomKind

if TYPE_CHECKING:
    from optimizer.bundles import Bundle
    from optimizer.model import BucketModel


MEETING, CONCERTATION, REPORT = range(3)


def check(reading: Reading) -> Iterator[Violation]:
    """Each act that starts before one that must end first."""
    acts: defaultdict[str, dict[int, list[Mission]]] = defaultdict(lambda: defaultdict(list))
    for mission in reading.week.missions:
        kind = reading.week.types.get(mission.type)
        if kind and mission.case_id and (step := _step(kind)) is not None:
            acts[mission.case_id][step].append(mission)
    for steps in acts.values():
        for before, after in ((MEETING, CONCERTATION), (CONCERTATION, REPORT)):
            for late in steps[after]:
                for early in steps[before]:
                    yield from _out_of_order(reading, early, late)


def _step(kind: MissionType) -> int | None:
    if not kind.ip:
        return None
    if kind.room is not RoomKind.NONE or kind.place is PlaceKind.HOME:
        return MEETING
    if kind.splittable:
        return REPORT
    return CONCERTATION if kind.needs_pair is PairNeed.REQUIRED else None


def _out_of_order(reading: Reading, early: Mission, late: Mission) -> Iterator[Violation]:
    rows = reading.parts.get(late.id, ())
    if not rows or is_past(reading.week, rows[0].source):
        return  # what was done before another act was asked for is no disorder
    start = rows[0].stretch.start
    if not (before := reading.parts.get(early.id)):
        sentence = f"{late.id} est placé alors que {early.id}, qui vient avant, ne l'est pas"
        yield Violation("H2.6b", sentence, 1, "missions", None, late.id, when=rows[0].source.start)
        return
    end = max(row.stretch.end for row in before)
    if end > start:
        sentence = f"{late.id} commence avant la fin de {early.id}"
        yield Violation("H2.6b", sentence, end - start, "minutes", None, late.id, when=rows[0].source.start)


def post(model: BucketModel) -> None:
    """In each half-day, nothing is done yet of an act when one that comes before is not."""
    for acts in model.evaluations.values():
        by_rank = [[act for act in acts if model.evaluation_rank(act.kind) == rank] for rank in range(3)]
        for before, after in (*product(*by_rank[:2]), *product(*by_rank[1:])):
            _precede(model, before, after)


def _precede(model: BucketModel, before: Bundle, after: Bundle) -> None:
    placed = model.placed(after)
    for slot in sorted({slot for slot, _ in placed}):
        done = each((v for s, v in model.placed(before) if s <= slot), -1)
        if after.kind.splittable:
            now = [[v] for s, v in placed if s == slot]
        else:
            now = [[v for s, v in placed if s <= slot]]
        for started in now:
            model.at_most(0, "order", (before.name, after.name, slot, started[0]), each(started), done)


RULE = Rule("H2.6b", "Ordre d'une évaluation", "proposition 2", RuleLevel.NEVER, check, post)
