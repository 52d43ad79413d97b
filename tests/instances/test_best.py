"""The best plans known are plans still: the judge confirms them, the model accepts the small ones."""

import pytest

from instances.best import Best, best_known
from instances.families import instance
from optimizer.check import judge
from tests.model_of_plan import opinion_of

BEST = [pytest.param(one, id=one.name) for one in best_known().values()]
SMALL = [pytest.param(one, id=one.name) for one in best_known().values() if one.name.startswith("06")]


def test_every_size_has_a_plan_that_is_known() -> None:
    assert {name[:2] for name in best_known()} >= {"06", "12", "20", "30"}


@pytest.mark.parametrize("best", BEST)
def test_the_judge_confirms_a_known_plan_and_its_price(best: Best) -> None:
    verdict = judge(instance(best.name).week(), best.plan())
    assert verdict.passed, verdict.hard[:3]
    assert verdict.value("commitments") == round(10 * best.commitments)
    assert verdict.value("preferences") == round(10 * best.preferences)


@pytest.mark.parametrize("best", BEST)
def test_no_bound_is_above_a_known_value(best: Best) -> None:
    assert best.commitments_bound <= best.commitments
    assert best.preferences_bound <= best.preferences


@pytest.mark.parametrize("best", SMALL)
def test_the_model_accepts_a_known_plan_at_no_higher_a_price(best: Best) -> None:
    # travel in the order of the clock and lunch between dated things are the judge's alone
    opinion = opinion_of(instance(best.name).week(), best.plan())
    assert opinion.refusals == []
    assert opinion.value("commitments") == round(10 * best.commitments)
    assert opinion.value("preferences") <= round(10 * best.preferences)


def test_in_overloaded_weeks_a_tenth_of_the_requests_is_late() -> None:
    for name, best in best_known().items():
        if name.endswith("overloaded"):
            week, plan = instance(name).week(), best.plan()
            requests = {m.id: m for m in week.missions if week.types[m.type].request}
            days = {
                row.mission_id: row.start.date() for row in plan.assignments if row.mission_id in requests
            }
            days |= {row.mission_id: row.date for row in plan.queue}
            late = [item for item, day in days.items() if day > requests[item].due]
            assert 10 * len(late) >= len(requests), name
