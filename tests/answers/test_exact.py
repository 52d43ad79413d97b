"""The price of a change with everything planned again, with and without it, between two proven bounds."""

from datetime import time

import pytest

from optimizer.answers.changes import ChangeKind
from optimizer.answers.exact import exactly
from optimizer.answers.explain import WhyNot, explain
from optimizer.engines.options import Options
from optimizer.errors import UnusableInput
from optimizer.scenarios import changed_week
from optimizer.standing import Standing
from optimizer.week import Weekday, Window
from tests.builders import a_mission, a_plan, a_professional, a_row, a_week, at, day, unserved

OPTIONS = Options(time_limit=5.0, workers=1)
AN_HOUR = (Window(day=Weekday("tuesday"), start=time(9), end=time(10)),)


def standing() -> Standing:
    """An hour for two missions: M2 is worth as much as M1, which is late without it."""
    week = a_week(
        [
            a_mission("M1", "SUIVI", "FAM1", 60, due=day("tuesday")),
            a_mission("M2", "SUIVI", "FAM1", 60, due=day("friday")),
        ],
        professionals=[a_professional("AS01", windows=AN_HOUR)],
    )
    return Standing(week, a_plan(a_row("M2", "AS01", "tuesday 09:00", 60, "MDS-A", "A1"), unserved("M1")))


def test_what_a_full_plan_gains_is_told_beside_the_repair() -> None:
    # M1 in place of M2 is four days less late; a full plan does it untold: nothing to gain
    here = standing()
    answer = explain(here, "M1")
    assert isinstance(answer, WhyNot)
    change = next(one for one in answer.changes if one.kind is ChangeKind.LEFT)
    (exact,) = exactly(here, [change], OPTIONS)
    assert change.effect.prices[0].difference < 0
    assert exact.differences[0] == 0
    assert exact.least == exact.most == 0


def test_a_week_that_has_begun_is_not_planned_again_in_full() -> None:
    here = standing()
    horizon = here.week.horizon.model_copy(update={"now": at("monday 08:00")})
    begun = Standing(changed_week(here.week, {"horizon": horizon}), here.plan)
    with pytest.raises(UnusableInput, match="déjà entamée"):
        list(exactly(begun, [], OPTIONS))
