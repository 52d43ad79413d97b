"""An evaluation has its home meeting: one placed, unless all may wait until after the horizon.

Source: H2.3, D226-2-6 (proposition 2). IP missions whose type is held at home count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from optimizer.linear import each
from optimizer.organisation import tenths
from optimizer.reading import Reading
from optimizer.rules.rule import Rule, RuleLevel, Violation
from optimizer.week import Mission
from optimizer.words import PlaceKind

if TYPE_CHECKING:
    from optimizer.model import BucketModel


def check(reading: Reading) -> Iterator[Violation]:
    """Each evaluation without any home meeting though one is due."""
    price = tenths(reading.week.organisation.commitments.home_meeting_missing)
    meetings: defaultdict[str, list[Mission]] = defaultdict(list)
    for mission in reading.week.missions:
        kind = reading.week.types.get(mission.type)
        if kind and kind.ip and kind.place is PlaceKind.HOME and mission.case_id:
            meetings[mission.case_id].append(mission)
    for case, found in meetings.items():
        is_due = any(mission.due < reading.week.calendar.first_day_after for mission in found)
        if is_due and not any(reading.is_placed(mission.id) for mission in found):
            sentence = f"l'évaluation de {case} n'a aucune rencontre à domicile"
            yield Violation("home meeting", sentence, 1, "rencontres", price, case)


def post(model: BucketModel) -> None:
    """A shortfall where all home meetings of an evaluation stay unplaced and one is due."""
    price = tenths(model.week.organisation.commitments.home_meeting_missing)
    for case, acts in model.evaluations.items():
        homes = [act for act in acts if act.kind.place is PlaceKind.HOME]
        if not any(act.first.due < model.board.calendar.first_day_after for act in homes):
            continue
        none = model.shortfall("no_home_meeting", (case,), 1, price)
        left = each((model.unplaced[act.index] for act in homes), -1)
        model.at_least(1 - len(homes), "home_meeting", (case,), each([none]), left)


RULE = Rule("home meeting", "Rencontre à domicile", "D226-2-6", RuleLevel.COMMITMENT, check, post)
