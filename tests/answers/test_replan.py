"""After something happened: what is broken is given back, little moves, nothing is lost or past."""

from datetime import date, datetime, timedelta

import pytest

from optimizer.answers.repair import repaired, what_is_left
from optimizer.answers.replan import replan
from optimizer.check import judge
from optimizer.claims import REPLANNED, false_claims
from optimizer.disturbance import DISTURBANCE, shifts
from optimizer.engines.options import Options
from optimizer.errors import ContradictoryWeek, UnusableInput
from optimizer.events import (
    Absent,
    Added,
    Dropped,
    Event,
    HandsOver,
    Lasts,
    Leaves,
    MeetingMoved,
    Missed,
    RoomClosed,
    changed_by,
    start_of_day,
)
from optimizer.files.change_words import changes_text
from optimizer.plan import Level, Plan, Status
from optimizer.standing import Standing
from tests.builders import (
    a_case,
    a_meeting,
    a_mission,
    a_need,
    a_plan,
    a_professional,
    a_request,
    a_row,
    a_week,
    an_action,
    at,
    day,
    kept,
    team_with,
)

OPTIONS = Options(time_limit=6.0, workers=1)


def first_day(standing: Standing) -> datetime:
    """The beginning of a horizon."""
    return start_of_day(standing.week.calendar.days[0])


def everything_is_answered(standing: Standing, plan: Plan, gone: set[str], new: set[str]) -> bool:
    """Whether each mission and action is placed, queued or not placed, once."""
    week = standing.week
    asked = ({*week.mission, *week.action} - gone) | new
    placed = {row.mission_id for row in plan.assignments} - set(week.meeting)
    waiting = [row.mission_id for row in plan.queue] + [row.mission_id for row in plan.unserved]
    left = [item for item in waiting if item not in week.meeting]
    return sorted([*placed, *left]) == sorted(asked)


def absence(standing: Standing, index: int) -> Absent:
    """A day's absence of someone of the sector team."""
    people = [one.id for one in standing.week.professionals if one.profession in {"AS", "CESF", "ES"}]
    on = start_of_day(standing.week.calendar.days[1])
    return Absent(people[index], on, on + timedelta(days=1))


def test_without_an_event_nothing_changes(busy: Standing) -> None:
    answer = replan(busy, [], first_day(busy), OPTIONS)
    assert answer.plan == busy.plan
    assert answer.week is busy.week
    assert not answer.shifts


def test_without_an_event_a_plan_is_told_as_the_judge_sees_it(busy: Standing) -> None:
    levels = tuple(Level.of(level.name, 0, 0) for level in busy.plan.levels)
    said = {"assignments": (), "levels": levels, "status": Status.OPTIMAL}
    forged = Standing(busy.week, busy.plan.model_copy(update=said))
    plan = replan(forged, [], first_day(busy), OPTIONS).plan
    assert plan.assignments == () and plan.status is Status.FEASIBLE
    assert plan.checker is not None and not plan.checker.passed and plan.checker.violations
    assert [level.value for level in plan.levels] == [
        forged.verdict.value(level.name) / 10 for level in plan.levels
    ]
    assert all(level.bound == 0 for level in plan.levels)


def test_a_proof_of_the_published_plan_is_none_of_the_new_one(busy: Standing) -> None:
    proven = Standing(busy.week, busy.plan.model_copy(update={"status": Status.OPTIMAL}))
    plan = replan(proven, [absence(busy, 0)], first_day(busy), OPTIONS).plan
    assert (plan.status is Status.OPTIMAL) == all(level.gap == 0 for level in plan.levels)


@pytest.mark.parametrize("index", range(4))
def test_a_repair_is_judged_and_moves_only_what_an_absence_touches(busy: Standing, index: int) -> None:
    event = absence(busy, index)
    changed = changed_by(busy.week, busy.plan, [event], first_day(busy))
    left = what_is_left(changed, busy.plan)
    plan, verdict = repaired(changed, left)
    assert verdict.passed
    assert everything_is_answered(busy, plan, set(), set())
    for row in plan.assignments:
        assert event.professional_id not in row.professional_ids or not event.start <= row.start < event.end
    there = {(row.mission_id, row.start, row.professional_ids) for row in plan.assignments}
    for row in busy.plan.assignments:
        if event.professional_id not in row.professional_ids and row.mission_id not in busy.week.meeting:
            assert (row.mission_id, row.start, row.professional_ids) in there


def test_a_re_plan_gives_back_bounds_and_says_what_moves(busy: Standing) -> None:
    event = absence(busy, 0)
    answer = replan(busy, [event], first_day(busy), OPTIONS)
    verdict = judge(answer.week, answer.plan)
    assert verdict.passed
    assert tuple(level.name for level in answer.plan.levels) == REPLANNED
    assert not false_claims(answer.week, answer.plan, verdict)
    assert everything_is_answered(busy, answer.plan, set(), set())
    moved = shifts(answer.week, busy.plan, answer.plan)
    (level,) = (one for one in answer.plan.levels if one.name == DISTURBANCE)
    assert level.value == sum(shift.tenths for shift in moved) / 10
    assert 0 <= level.bound <= level.value
    assert answer.plan.provenance is not None


def test_a_deterministic_re_plan_comes_again_the_same(busy: Standing) -> None:
    options = Options(time_limit=2.0, workers=2, seed=3, deterministic=True)
    events, now = [absence(busy, 1)], first_day(busy)
    plans = {replan(busy, events, now, options).plan.model_dump_json() for _ in range(2)}
    assert len(plans) == 1


def test_what_is_past_stays_where_it_was(busy: Standing) -> None:
    now = at_noon(busy.week.calendar.days[1])
    on = start_of_day(busy.week.calendar.days[2])
    event = Absent(absence(busy, 1).professional_id, on, on + timedelta(days=1))
    answer = replan(busy, [event], now, OPTIONS)
    past = {
        row for row in busy.plan.assignments if row.start < now and row.mission_id not in busy.week.meeting
    }
    assert past <= set(answer.plan.assignments)


def at_noon(on: date) -> datetime:
    """The middle of a day."""
    return start_of_day(on) + timedelta(hours=12)


# ------------------------------------------------------------ each event, on a small week


SMALL = a_week(
    [
        a_mission("M1", "SUIVI", "FAM1", 60),
        a_mission("M2", "SUIVI", "FAM2", 60),
        a_request("D1"),
    ],
    cases=[a_case("FAM1"), a_case("FAM2")],
    professionals=team_with(a_professional("AS02")),
    meetings=[a_meeting("R1", "thursday 09:00", people=["AS01", "AS02"])],
)
PUBLISHED = a_plan(
    a_row("M1", "AS01", "tuesday 09:00", 60, site="MDS-A", room="A1"),
    a_row("M2", "AS01", "wednesday 09:00", 60, site="MDS-A", room="A1"),
    a_row("D1", "AS02", "monday 09:00", 60, site="MDS-A", room="A1"),
    a_row("R1", "AS01 AS02", "thursday 09:00", 120, site="MDS-A"),
    kept("writing", "AS01", "tuesday 10:30", 60),
)


def after(*events: Event, now: str = "monday 08:00") -> tuple[Plan, list[str]]:
    """The plan after some events, and the items that move."""
    standing = Standing(SMALL, PUBLISHED)
    answer = replan(standing, events, at(now), OPTIONS)
    assert judge(answer.week, answer.plan).passed
    return answer.plan, [shift.item_id for shift in answer.shifts]


def rows(plan: Plan, item: str) -> list[tuple[tuple[str, ...], datetime]]:
    """Who does an item, and when."""
    return [(row.professional_ids, row.start) for row in plan.assignments if row.mission_id == item]


def test_someone_absent_is_replaced_at_the_same_time_or_another() -> None:
    plan, moved = after(Absent("AS01", at("tuesday 08:30"), at("tuesday 17:30")))
    ((people, start),) = rows(plan, "M1")
    assert people != ("AS01",) or start.date() != day("tuesday")
    assert "M2" not in moved and "D1" not in moved


def test_a_mission_more_moves_nobody() -> None:
    plan, moved = after(Added(a_request("D2")))
    assert rows(plan, "D2")
    assert not moved


def test_a_mission_dropped_moves_nobody() -> None:
    plan, moved = after(Dropped("M1"))
    assert not rows(plan, "M1")
    assert not moved


def test_a_longer_mission_keeps_its_place_where_it_can() -> None:
    plan, _ = after(Lasts("M2", 90))
    (row,) = (row for row in plan.assignments if row.mission_id == "M2")
    assert row.end - row.start == timedelta(minutes=90)


def test_a_missed_appointment_is_placed_again_later() -> None:
    plan, _ = after(Missed("D1"), now="monday 12:00")
    ((_, start),) = rows(plan, "D1")
    assert start >= at("monday 12:00")


def test_a_meeting_moves_with_those_who_can() -> None:
    plan, _ = after(MeetingMoved("R1", at("friday 09:00")))
    (row,) = (row for row in plan.assignments if row.mission_id == "R1")
    assert row.start == at("friday 09:00")
    assert set(row.professional_ids) <= {"AS01", "AS02"}


def test_a_closed_room_is_used_no_more() -> None:
    plan, _ = after(RoomClosed("A1"))
    assert "A1" not in {row.room_id for row in plan.assignments}
    assert rows(plan, "M1") and rows(plan, "M2") and rows(plan, "D1")


def test_a_room_that_closes_for_an_hour_moves_what_is_in_it_then() -> None:
    (row,) = (row for row in PUBLISHED.assignments if row.mission_id == "M1")
    plan, moved = after(RoomClosed(row.room_id or "", row.start, row.end))
    (again,) = (one for one in plan.assignments if one.mission_id == "M1")
    assert (again.start, again.professional_ids) == (row.start, row.professional_ids)
    assert again.room_id != row.room_id
    assert set(moved) == {"M1"}


def test_whoever_leaves_hands_their_households_over() -> None:
    plan, _ = after(Leaves("AS01", day("tuesday")))
    given = {row.case_id: row.professional_id for row in plan.referents}
    assert set(given) == {"FAM1", "FAM2"}
    assert "AS01" not in given.values()
    ((people, start),) = rows(plan, "M2")
    assert people != ("AS01",) or start.date() <= day("tuesday")


def test_whoever_is_away_for_long_hands_their_households_over() -> None:
    away = Absent("AS01", at("tuesday 08:00"), at("friday 18:00"))
    plan, _ = after(away, HandsOver("AS01"))
    given = {row.case_id: row.professional_id for row in plan.referents}
    assert set(given) == {"FAM1", "FAM2"}
    assert "AS01" not in given.values()


def test_households_handed_over_go_to_those_who_follow_fewer() -> None:
    # 25 files and 5 handed over: 15 each, from 14 to 16 with the band
    team = (a_professional("AS01"), a_professional("AS02", dossiers=10), a_professional("AS03", dossiers=15))
    week = a_week(professionals=team, cases=[a_case(f"FAM{number}") for number in range(5)])
    answer = replan(Standing(week, a_plan()), [HandsOver("AS01")], at("monday 08:00"), OPTIONS)
    given = [row.professional_id for row in answer.plan.referents]
    assert len(given) == 5
    assert set(given) <= {"AS02", "AS03"}
    assert given.count("AS02") >= 4


def test_a_room_that_closes_leaves_the_past_as_it_was() -> None:
    plan, moved = after(RoomClosed("A1"), now="wednesday 08:00")
    assert rows(plan, "M1") == rows(PUBLISHED, "M1")
    assert rows(plan, "D1") == rows(PUBLISHED, "D1")
    assert {row.room_id for row in plan.assignments if row.start >= at("wednesday 08:00")} == {"A2", None}
    assert "M1" not in moved


def test_what_is_under_way_is_ended_before_someone_leaves() -> None:
    plan, moved = after(Absent("AS01", at("tuesday 09:30"), at("tuesday 18:00")), now="tuesday 09:30")
    assert rows(plan, "M1") == rows(PUBLISHED, "M1")
    assert "M1" not in moved


def test_what_events_do_is_told_and_not_counted() -> None:
    standing = Standing(SMALL, PUBLISHED)
    events = [Added(a_request("D2")), Dropped("M2"), Missed("D1"), MeetingMoved("R1", at("friday 09:00"))]
    answer = replan(standing, events, at("monday 12:00"), OPTIONS)
    told = {shift.item_id: shift for shift in answer.by_events}
    assert set(told) == {"D1", "D2", "M2", "R1"}
    assert told["M2"].professional_ids == ("AS01",)
    assert told["D1"].is_household_told
    assert not {shift.item_id for shift in answer.shifts} & set(told)
    text = changes_text(SMALL, answer.week, answer.shifts, answer.by_events)
    assert "Du fait de l'imprévu :" in text


def test_households_that_are_handed_over_are_told() -> None:
    standing = Standing(SMALL, PUBLISHED)
    answer = replan(standing, [Leaves("AS01", day("tuesday"))], at("monday 08:00"), OPTIONS)
    told = {shift.item_id: shift.professional_ids for shift in answer.by_events}
    given = {row.case_id: (row.professional_id,) for row in answer.plan.referents}
    assert given.items() <= told.items()


def test_whoever_takes_a_duty_over_is_named() -> None:
    week = a_week(professionals=team_with(a_professional("AS02")), reception=[a_need("tuesday", morning=1)])
    published = a_plan(kept("reception", "AS01", "tuesday 08:30", 240))
    event = Absent("AS01", at("tuesday 08:30"), at("tuesday 12:30"))
    answer = replan(Standing(week, published), [event], at("monday 08:00"), OPTIONS)
    (shift,) = (one for one in answer.shifts if one.item_id == "reception")
    assert len(shift.professional_ids) == 2
    assert "AS01" in shift.professional_ids


def test_past_acts_of_an_evaluation_stay_when_another_is_asked_for() -> None:
    week = a_week(
        [
            a_mission("E1", "IP_RENC", "FAM1", people=2),
            a_mission("E2", "IP_CONC", "FAM1", people=2),
        ],
        cases=[a_case("FAM1")],
    )
    published = a_plan(
        a_row("E1", "EV01 EV02", "monday 09:00", 60, site="POLE-E", room="E1"),
        a_row("E2", "EV01 EV02", "monday 10:30", week.mission["E2"].duration_minutes, place="outside"),
    )
    more = a_mission("E3", "IP_VAD", "FAM1", people=2)
    answer = replan(Standing(week, published), [Added(more)], at("tuesday 08:00"), OPTIONS)
    assert set(published.assignments) <= set(answer.plan.assignments)
    assert judge(answer.week, answer.plan).passed


def test_past_preparations_stay_when_their_action_goes() -> None:
    week = a_week(actions=[an_action("G1", preparation=60, fixed="friday 09:00")])
    published = a_plan(
        a_row("G1", "CESF01 AS01", "friday 09:00", 120, site="MDS-A", room="AG"),
        kept("preparation", "AS01", "monday 09:00", 60),
        kept("preparation", "CESF01", "monday 09:00", 60),
    )
    answer = replan(Standing(week, published), [Dropped("G1")], at("tuesday 08:00"), OPTIONS)
    assert set(published.reservations) <= set(answer.plan.reservations)
    assert judge(answer.week, answer.plan).passed


def test_past_preparations_stay() -> None:
    week = a_week(actions=[an_action("G1", preparation=60, fixed="friday 09:00")])
    published = a_plan(
        a_row("G1", "CESF01 AS01", "friday 09:00", 120, site="MDS-A", room="AG"),
        kept("preparation", "AS01", "monday 09:00", 60),
        kept("preparation", "CESF01", "monday 09:00", 60),
    )
    event = Absent("CESF01", at("wednesday 08:30"), at("friday 17:30"))
    answer = replan(Standing(week, published), [event], at("tuesday 08:00"), OPTIONS)
    assert set(published.reservations) <= set(answer.plan.reservations)
    assert judge(answer.week, answer.plan).passed


def test_the_bound_counts_nothing_for_what_events_move() -> None:
    """M1 may take the time of M2, which an event moves anyway."""
    week = a_week(
        [
            a_mission("M1", "SUIVI", "FAM1", 60, professions=["AS"]),
            a_mission(
                "M2", "SUIVI", "FAM2", 60, professions=["AS"], release=day("tuesday"), due=day("tuesday")
            ),
        ],
        cases=[a_case("FAM1"), a_case("FAM2")],
        professionals=team_with(a_professional("AS02")),
    )
    published = a_plan(
        a_row("M1", "AS01", "tuesday 09:00", 60, site="MDS-A", room="A1"),
        a_row("M2", "AS02", "tuesday 09:00", 60, site="MDS-A", room="A2"),
    )
    events = [
        Absent("AS01", at("monday 08:00"), at("friday 18:00")),
        Absent("AS02", at("tuesday 12:00"), at("tuesday 18:00")),
        Lasts("M2", 75),
    ]
    answer = replan(Standing(week, published), events, at("monday 08:00"), OPTIONS)
    (level,) = (one for one in answer.plan.levels if one.name == DISTURBANCE)
    assert level.bound <= 130


def test_rules_broken_before_are_told_and_only_they_are_left() -> None:
    rows_at_once = a_row("D1", "AS01", "wednesday 09:30", 60, site="MDS-A", room="A2")
    others = [row for row in PUBLISHED.assignments if row.mission_id != "D1"]
    standing = Standing(SMALL, a_plan(*others, rows_at_once, *PUBLISHED.reservations))
    assert {one.rule for one in standing.verdict.hard} == {"overlap"}
    answer = replan(standing, [Added(a_request("D2"))], at("monday 08:00"), OPTIONS)
    assert answer.plan.checker is not None
    assert not answer.plan.checker.passed
    assert set(judge(answer.week, answer.plan).hard) <= set(standing.verdict.hard)


def test_nobody_of_the_sector_evaluates_when_an_evaluator_is_away() -> None:
    week = a_week([a_mission("E1", "IP_RENC", "FAM1", people=2)], cases=[a_case("FAM1")])
    published = a_plan(a_row("E1", "EV01 EV02", "tuesday 09:00", 60, site="POLE-E", room="E1"))
    standing = Standing(week, published)
    event = Absent("EV01", at("monday 08:30"), at("friday 17:30"))
    answer = replan(standing, [event], at("monday 08:00"), OPTIONS)
    assert not answer.plan.assignments
    assert [row.mission_id for row in answer.plan.unserved] == ["E1"]


def test_an_event_in_the_past_is_refused() -> None:
    with pytest.raises(UnusableInput, match="qui est passé"):
        after(Absent("AS01", at("monday 08:30"), at("monday 17:30")), now="tuesday 08:00")


def test_a_meeting_that_no_law_allows_is_a_contradiction() -> None:
    with pytest.raises(ContradictoryWeek):
        after(Lasts("R1", 660), MeetingMoved("R1", at("friday 08:30")))
