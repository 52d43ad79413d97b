"""Why not: facts none of which can be taken away, and changes each of which was tried."""

import pytest

from optimizer.answers.changes import ChangeKind
from optimizer.answers.conflicts import closes, minimal_conflict, shrunk
from optimizer.answers.explain import WhyNot, WhyThis, explain, why_not
from optimizer.answers.obstacles import Fact, FactKind, Obstacles
from optimizer.check import judge
from optimizer.engines.hitting import smallest_hitting_set
from optimizer.errors import UnusableInput
from optimizer.files import answer_words as words
from optimizer.plan import ReservationKind
from optimizer.reading.changed import reading_after
from optimizer.standing import Standing, rows_without
from optimizer.week import Mission
from tests.builders import (
    TEAM,
    a_case,
    a_mission,
    a_plan,
    a_row,
    a_span,
    a_week,
    day,
    kept,
    unserved,
)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
HOURS = ("08:30", "10:30", "13:30", "15:30")
ALONE = [person for person in TEAM if person.id in {"AS01", "EV01", "EV02", "CO01"}]


def obstacles_of(standing: Standing, mission: Mission) -> Obstacles:
    """What stands against a mission until the end of the horizon."""
    plan = rows_without(standing.plan, {mission.id})
    until = min(mission.due, standing.week.calendar.days[-1])
    return Obstacles(reading_after(standing.reading, plan), plan, mission, until)


def not_placed(standing: Standing) -> list[Mission]:
    """The missions that a plan does not place."""
    waiting = {row.mission_id for row in (*standing.plan.queue, *standing.plan.unserved)}
    return [mission for mission in standing.week.missions if mission.id in waiting]


def test_a_conflict_closes_every_place_and_no_fact_can_go(busy: Standing) -> None:
    looked_at = 0
    for mission in not_placed(busy)[:8]:
        spots = obstacles_of(busy, mission).spots
        facts = minimal_conflict(spots)
        places = [frozenset(fact.together for fact in spot.facts) for spot in spots]
        if facts is None:
            assert not closes(frozenset().union(*places), places)
            continue
        looked_at += 1
        assert closes(facts, places)
        for fact in facts:
            assert not closes([one for one in facts if one != fact], places)
    assert looked_at


def test_what_no_fact_closes_the_judge_finds_open(quiet: Standing) -> None:
    for mission in quiet.week.missions[:20]:
        kind = quiet.week.types[mission.type]
        if kind.ip or kind.splittable:
            continue
        found = obstacles_of(quiet, mission)
        free = {(spot.people, spot.start) for spot in found.spots if not spot.facts}
        judged = {
            (tuple(person.id for person in slot.people), slot.start)
            for slot in found.reading.slots.all_for(mission, kind)
        }
        assert free <= judged
        assert bool(free) == bool({one for one in judged if _day(quiet, one[1]) <= found.until})


def _day(standing: Standing, minute: int) -> object:
    return standing.week.calendar.instant(minute).date()


def a_full_team() -> Standing:
    """AS01 alone, who writes all the time and sees M2 on Monday; M1 is not placed."""
    week = a_week(
        [
            a_mission("M1", "SUIVI", "FAM1", 60),
            a_mission("M2", "SUIVI", "FAM1", 120, due=day("friday")),
        ],
        professionals=ALONE,
        cases=[a_case("FAM1")],
    )
    writing = [
        kept("writing", "AS01", f"{name} {hour}", 120)
        for name in DAYS
        for hour in HOURS
        if (name, hour) not in {("monday", "08:30"), ("tuesday", "10:30")}
    ]
    hour = kept("writing", "AS01", "tuesday 10:30", 75)
    row = a_row("M2", "AS01", "monday 08:30", 120, site="MDS-A", room="A1")
    return Standing(week, a_plan(row, *writing, hour, unserved("M1")))


def test_why_not_says_who_may_and_that_their_time_is_given() -> None:
    answer = explain(a_full_team(), "M1")
    assert isinstance(answer, WhyNot)
    assert answer.conflict is not None
    kinds = {fact.kind for fact in answer.conflict}
    assert FactKind.WORK in kinds
    assert Fact(FactKind.WORK, "AS01") in answer.conflict


def test_changes_serve_the_mission_in_time_and_break_nothing() -> None:
    standing = a_full_team()
    answer = why_not(standing, standing.week.mission["M1"])
    assert {ChangeKind.GIVEN_UP, ChangeKind.SHORTER} <= {change.kind for change in answer.changes}
    for change in answer.changes:
        if change.kind in {ChangeKind.GIVEN_UP, ChangeKind.MOVED, ChangeKind.LEFT}:
            assert judge(standing.week, change.effect.plan).passed
        rows = [row for row in change.effect.plan.assignments if row.mission_id == "M1"]
        assert rows and rows[0].start.date() <= answer.until


def test_changes_come_the_cheapest_first(busy: Standing) -> None:
    for mission in not_placed(busy)[:4]:
        answer = why_not(busy, mission)
        orders = [change.effect.order for change in answer.changes]
        assert orders == sorted(orders)
        for change in answer.changes:
            assert change.effect.is_allowed


def test_nobody_of_the_sector_is_ever_a_change_for_an_evaluation() -> None:
    week = a_week(
        [a_mission("E1", "IP_RENC", "FAM1", people=2)],
        cases=[a_case("FAM1")],
        absences=[a_span("EV01", "monday 08:30", "friday 17:30")],
    )
    answer = explain(Standing(week, a_plan(unserved("E1"))), "E1")
    assert isinstance(answer, WhyNot)
    assert answer.conflict is not None
    assert {FactKind.SERVICE, FactKind.ABSENCE} <= {fact.kind for fact in answer.conflict}
    assert not answer.changes


def test_the_order_of_an_evaluation_is_a_reason() -> None:
    week = a_week(
        [a_mission("E1", "IP_RENC", "FAM1", 60, people=2), a_mission("E2", "IP_CONC", "FAM1", people=2)],
        cases=[a_case("FAM1")],
        absences=[a_span("EV01", "monday 08:30", "monday 17:30")],
    )
    answer = explain(Standing(week, a_plan(unserved("E1"), unserved("E2"))), "E2")
    assert isinstance(answer, WhyNot)
    assert answer.conflict is not None
    assert FactKind.HOUSEHOLD in {fact.kind for fact in answer.conflict}
    said = " ".join(words.why_not(week, answer, None))
    assert "une place est ouverte" not in said


def test_a_room_more_is_told_where_rooms_are_all_that_lacks() -> None:
    week = a_week(
        [
            a_mission("M1", "SUIVI", "FAM1", 240, release=day("monday"), due=day("monday")),
            a_mission("M2", "SUIVI", "FAM2", 240, site="MDS-A"),
            a_mission("M3", "SUIVI", "FAM3", 240, site="MDS-A"),
            a_mission("M4", "SUIVI", "FAM2", 240, site="MDS-A"),
            a_mission("M5", "SUIVI", "FAM3", 240, site="MDS-A"),
        ],
        cases=[a_case("FAM1"), a_case("FAM2", "CT01"), a_case("FAM3", "ES01")],
    )
    rows = [
        a_row("M2", "ES01", "monday 08:30", 240, site="MDS-A", room="A1"),
        a_row("M3", "CESF01", "monday 08:30", 240, site="MDS-A", room="A2"),
        a_row("M4", "ES01", "monday 13:30", 240, site="MDS-A", room="A1"),
        a_row("M5", "CESF01", "monday 13:30", 240, site="MDS-A", room="A2"),
    ]
    standing = Standing(week, a_plan(*rows, unserved("M1")))
    answer = why_not(standing, week.mission["M1"])
    (room,) = (change for change in answer.changes if change.kind is ChangeKind.ROOM)
    assert room.about == "MDS-A"
    assert "une salle de plus à MDS-A" in words.change(week, week.mission["M1"], room)


def test_a_due_date_later_is_told_where_a_place_is_open_then() -> None:
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1", 60, due=day("monday"))],
        professionals=ALONE,
        absences=[a_span("AS01", "monday 08:30", "tuesday 17:30")],
    )
    standing = Standing(week, a_plan(a_row("M1", "AS01", "wednesday 09:00", 60, site="MDS-A", room="A1")))
    answer = explain(standing, "M1")
    assert isinstance(answer, WhyNot)
    (later,) = (change for change in answer.changes if change.kind is ChangeKind.LATER)
    assert later.until == day("wednesday")


def test_why_this_says_what_another_choice_costs(quiet: Standing) -> None:
    placed = [row.mission_id for row in quiet.plan.assignments if row.mission_id in quiet.week.mission]
    answers = [explain(quiet, item) for item in placed[:6]]
    for answer in answers:
        assert isinstance(answer, WhyThis)
        if answer.other_people and len(answer.rows) == 1:
            assert set(answer.other_people.row.professional_ids) != set(answer.rows[0].professional_ids)
    assert any(isinstance(one, WhyThis) and one.other_people for one in answers)


def test_what_is_done_in_time_has_no_why_not(quiet: Standing) -> None:
    item = next(row.mission_id for row in quiet.plan.assignments if row.mission_id in quiet.week.mission)
    with pytest.raises(UnusableInput, match="dans les temps"):
        why_not(quiet, quiet.week.mission[item])


def test_an_unknown_item_is_refused(quiet: Standing) -> None:
    with pytest.raises(UnusableInput, match="« XX », qui n'est pas une mission"):
        explain(quiet, "XX")


def test_a_reservation_gives_way_by_no_more_than_it_must() -> None:
    standing = a_full_team()
    answer = why_not(standing, standing.week.mission["M1"])
    given = next(change for change in answer.changes if change.kind is ChangeKind.GIVEN_UP)
    before = _written(standing.plan.reservations)
    assert before - _written(given.effect.plan.reservations) <= 120


def _written(reservations: object) -> int:
    rows = [row for row in reservations if row.kind is ReservationKind.WRITING]  # type: ignore[attr-defined]
    return sum(int((row.end - row.start).total_seconds()) // 60 for row in rows)


def test_the_smallest_hitting_set_is_the_smallest() -> None:
    sets = [frozenset("ab"), frozenset("bc"), frozenset("cd"), frozenset("bd")]
    found = smallest_hitting_set(sets, dict.fromkeys("abcd", 1))
    assert found is not None and len(found) == 2
    assert smallest_hitting_set([frozenset("a"), frozenset()], {"a": 1}) is None


def test_shrinking_leaves_nothing_to_take_away() -> None:
    one, other = Fact(FactKind.DUE, "x"), Fact(FactKind.HOURS, "y")
    places = [frozenset({one, other}), frozenset({other})]
    assert shrunk([one, other], places) == [other]
