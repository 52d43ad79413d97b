"""Where a request fits: the best place there is, or a date; nobody is refused, nothing is asked."""

from datetime import timedelta

import pytest

from optimizer.answers.moves import a_row as a_row_of
from optimizer.answers.recommend import recommend, with_mission
from optimizer.check import judge
from optimizer.standing import Standing, rows_without
from optimizer.week import Mission, Week
from tests.builders import (
    TEAM,
    a_case,
    a_mission,
    a_plan,
    a_request,
    a_row,
    a_span,
    a_week,
    at,
    kept,
    queued,
)

ALONE = [person for person in TEAM if person.id in {"AS01", "EV01", "EV02", "CO01"}]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def a_full_week(week: Week) -> Standing:
    """AS01 writes all the time."""
    blocks = [kept("writing", "AS01", f"{day} {hour}", 120) for day in DAYS for hour in HOURS]
    return Standing(week, a_plan(*blocks))


HOURS = ("08:30", "10:30", "13:30", "15:30")


def brute_force(standing: Standing, mission: Mission) -> tuple[float, ...]:
    """The least that any place costs, level after level, of all people and all starts."""
    week = with_mission(standing.week, mission)
    plan = rows_without(standing.plan, {mission.id})
    before = standing.verdict
    costs = []
    for person in week.professionals:
        for day in week.calendar.days:
            for step in range(12 * 10):
                start = at("monday 08:00").replace(year=day.year, month=day.month, day=day.day)
                row = a_row_of(
                    standing.reading, plan, mission, (person.id,), start + step * timedelta(minutes=5)
                )
                verdict = judge(week, plan.model_copy(update={"assignments": (*plan.assignments, row)}))
                if verdict.passed:
                    levels = ("commitments", "preferences")
                    costs.append(tuple((verdict.value(one) - before.value(one)) / 10 for one in levels))
    return min(costs)


@pytest.mark.parametrize("kind", ["ACCUEIL", "SUIVI"])
def test_the_first_choice_is_the_best_of_all_places(kind: str) -> None:
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1", minutes=60)],
        cases=[a_case("FAM1", "ES01")],
        absences=[a_span("AS01", "monday 08:30", "wednesday 17:30")],
        professionals=[one for one in TEAM if one.id not in {"CESF01", "CT01"}],
    )
    standing = Standing(week, a_plan(a_row("M1", "ES01", "monday 09:00", 60, site="MDS-A", room="A1")))
    asked = a_mission("D9", kind, "FAM1" if kind == "SUIVI" else None, 60, site="MDS-A")
    found = recommend(standing, asked)
    assert found.choices[0].effect.order == brute_force(standing, asked)


def test_choices_are_of_other_people_or_half_days_and_each_is_judged(quiet: Standing) -> None:
    asked = a_request("D99", site=quiet.week.sites[0].id).model_copy(
        update={"release": quiet.week.calendar.days[0], "due": quiet.week.calendar.days[-1]}
    )
    found = recommend(quiet, asked, 6)
    assert 1 < len(found.choices) <= 6
    week = with_mission(quiet.week, asked)
    for choice in found.choices:
        assert judge(week, choice.effect.plan).passed
        assert [row.mission_id for row in choice.effect.plan.assignments].count("D99") == 1
    places = [
        (one.row.professional_ids, one.row.start.date(), one.row.start.hour < 13) for one in found.choices
    ]
    assert len(set(places)) == len(places)
    orders = [one.effect.order for one in found.choices]
    assert orders == sorted(orders)


def test_a_full_week_gives_a_date_never_a_refusal() -> None:
    standing = a_full_week(a_week([], professionals=ALONE))
    found = recommend(standing, a_request("D1"))
    assert not found.choices
    assert found.queue_date == standing.week.calendar.first_day_after


def test_the_queue_keeps_the_dates_of_others() -> None:
    week = a_week([a_mission("D1", "ACCUEIL", minutes=240, site="MDS-A")], professionals=ALONE)
    full = a_full_week(week)
    standing = Standing(week, full.plan.model_copy(update={"queue": (queued("D1"),)}))
    found = recommend(standing, a_request("D2"))
    assert found.queue_date is not None
    assert found.queue_date >= week.calendar.first_day_after


def test_a_request_never_goes_to_another_service(quiet: Standing) -> None:
    asked = a_request("D99", site=quiet.week.sites[0].id).model_copy(
        update={"release": quiet.week.calendar.days[0], "due": quiet.week.calendar.days[-1]}
    )
    for choice in recommend(quiet, asked, 20).choices:
        for person in choice.row.professional_ids:
            kinds = quiet.week.kinds_served_by(quiet.week.professional[person])
            assert "SECTEUR" in kinds


def test_an_evaluation_is_recommended_to_two_evaluators_only() -> None:
    week = a_week([], cases=[a_case("FAM1")])
    found = recommend(Standing(week, a_plan()), a_mission("E1", "IP_RENC", "FAM1", people=2), 4)
    assert found.choices
    assert {choice.row.professional_ids for choice in found.choices} == {("EV01", "EV02")}


def test_what_is_placed_is_recommended_elsewhere_as_well() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1", 60)])
    row = a_row("M1", "AS01", "monday 09:00", 60, site="MDS-A", room="A1")
    found = recommend(Standing(week, a_plan(row)), week.mission["M1"], 3)
    for choice in found.choices:
        assert [one.mission_id for one in choice.effect.plan.assignments] == ["M1"]


def test_nothing_is_looked_for_in_the_past() -> None:
    week = a_week([])
    later = week.model_copy(
        update={"horizon": week.horizon.model_copy(update={"now": at("wednesday 10:00")})}
    )
    found = recommend(Standing(later, a_plan()), a_request("D1"), 20)
    assert found.choices
    assert min(choice.row.start for choice in found.choices) >= at("wednesday 10:00")
