"""A first decision without a solver: what it places, in what order, and that the judge accepts it."""

from collections.abc import Sequence

import pytest

from instances.departement import departement
from instances.figures import Load
from optimizer.board import Board
from optimizer.check import judge
from optimizer.decision import Decision
from optimizer.engines.assembling import put_together
from optimizer.engines.clocking import TimedDecision, time_decision
from optimizer.engines.division import Division
from optimizer.engines.fitting import first_fit, least_loaded
from optimizer.engines.options import Options
from optimizer.engines.part_weeks import PartWeeks
from optimizer.model import COMMITMENTS
from optimizer.organisation import Organisation
from optimizer.plan import Plan
from optimizer.week import Travel, Week
from optimizer.words import Urgency
from tests.builders import (
    a_case,
    a_meeting,
    a_mission,
    a_need,
    a_professional,
    a_site,
    a_week,
    an_action,
    day,
    hours,
)
from tests.model.small_weeks import random_week

ONE = Options(time_limit=3.0, workers=1, deterministic=True)
MORNING = hours("09:00-12:30", days=["monday"])


def fitted(week: Week) -> Plan:
    """The plan of a first fit, which the judge accepts."""
    board = Board(week)
    plan, verdict = put_together(board, [time_decision(board, first_fit(board), ONE)])
    assert verdict.hard == ()
    return plan


def placed(plan: Plan) -> list[str]:
    return sorted({row.mission_id for row in plan.assignments})


def a_morning(
    missions: Sequence[object] = (), collective: int = 0, writing: int = 0, **tables: object
) -> Week:
    """One AS on a Monday from 9:00 to 12:30, with quotas in percent."""
    return a_week(
        missions,  # type: ignore[arg-type]
        professionals=[a_professional("AS01", windows=MORNING)],
        sites=[a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1", "AG", MORNING)],
        organisation=Organisation(collective_share_percent=collective, writing_share_percent=writing),
        **tables,  # type: ignore[arg-type]
    )


def test_what_is_dear_to_leave_comes_before_what_may_wait() -> None:
    # 210 minutes: one of 120 and one of 60 fit, not two of 120
    late, next_week = (
        a_mission(name, "SUIVI", "FAM1", 120, due=day("monday") if name == "LATE" else None)
        for name in ("LATE", "NEXT")
    )
    short = a_mission("SHORT", "SUIVI", "FAM1", 60, due=day("monday"))
    assert placed(fitted(a_morning([next_week, late, short]))) == ["LATE", "SHORT"]


def test_quotas_come_before_what_may_wait() -> None:
    # 50 % of collective time and 25 % of writing leave 55 minutes
    missions = [a_mission(name, "SUIVI", "FAM1", 50, due=day("friday", 1)) for name in ("M1", "M2")]
    plan = fitted(a_morning(missions, collective=50, writing=25))
    kept = {row.kind: int((row.end - row.start).total_seconds()) // 60 for row in plan.reservations}
    assert (kept["collective"], kept["writing"]) == (105, 50)
    assert len(placed(plan)) == 1


def test_a_meeting_is_attended_and_a_duty_kept() -> None:
    meeting = a_meeting("R1", "monday 09:00", minutes=60)
    plan = fitted(a_morning(meetings=[meeting]))
    assert placed(plan) == ["R1"]
    plan = fitted(a_morning(reception=[a_need("monday", morning=1)]))
    assert [row.kind for row in plan.reservations] == ["reception"]


def test_reception_receives_requests_in_the_half_of_it_that_may_hold_them() -> None:
    # a duty of 210 minutes may hold 105: two requests of 50 minutes, not three
    requests = [a_mission(f"D{n}", "ACCUEIL", None, 50, due=day("monday"), site="MDS-A") for n in range(3)]
    plan = fitted(a_morning(requests, reception=[a_need("monday", morning=1)]))
    assert len(placed(plan)) == 2
    assert len(plan.queue) == 1


def test_what_has_its_time_is_timed_then() -> None:
    fixed = a_mission("M1", "SUIVI", "FAM1", 45, due=day("monday"), fixed="monday 11:00")
    (task,) = first_fit(Board(a_morning([fixed]))).tasks[0]
    assert task.hours == ((11 * 60, 11 * 60 + 45),)


def test_two_requests_of_one_hour_are_not_both_received_by_who_is_on_duty() -> None:
    # both are decided for 10:00: one at most, whatever reception may hold
    requests = [
        a_mission(f"D{n}", "ACCUEIL", None, 50, due=day("monday"), site="MDS-A", fixed="monday 10:00")
        for n in range(2)
    ]
    week = a_morning(requests, reception=[a_need("monday", morning=1)])
    assert sum(map(len, first_fit(Board(week)).tasks.values())) <= 1


def test_missions_leave_shares_of_time_where_another_week_has_room() -> None:
    # the first Monday holds 105 minutes of writing and the mission of that day, the second one the other
    weeks = {"weeks": 2, "organisation": Organisation(collective_share_percent=0, writing_share_percent=50)}
    missions = [
        a_mission("SOON", "SUIVI", "FAM1", 100, due=day("monday")),
        a_mission("LATER", "SUIVI", "FAM1", 100, due=day("monday", 1)),
    ]
    one = a_professional("AS01", windows=MORNING)
    site = a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1", "AG", MORNING)
    plan = fitted(a_week(missions, professionals=[one], sites=[site], **weeks))  # type: ignore[arg-type]
    on = {row.mission_id: row.start.date() for row in plan.assignments}
    assert on == {"SOON": day("monday"), "LATER": day("monday", 1)}
    assert sum((row.end - row.start).total_seconds() for row in plan.reservations) == 2 * 105 * 60


def test_what_is_dearer_late_is_received_first_though_it_was_placed_last() -> None:
    # 60 minutes on Monday and on Tuesday; the long wait weighs more in all, the urgent one more a day
    days = hours("09:00-10:00", days=["monday", "tuesday"])
    site = a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1", "AG", days)
    long_ago = {"release": day("monday", -2), "due": day("monday", -2), "received": day("monday", -2)}
    waiting = a_mission("WAITING", "ACCUEIL", None, 60, site="MDS-A").model_copy(update=long_ago)
    urgent = a_mission("URGENT", "ACCUEIL", None, 60, due=day("monday"), urgency=Urgency.URGENT, site="MDS-A")
    week = a_week(
        [waiting, urgent],
        professionals=[a_professional("AS01", windows=days)],
        sites=[site],
        organisation=Organisation(collective_share_percent=0, writing_share_percent=0),
    )
    on = {row.mission_id: row.start.date() for row in fitted(week).assignments}
    assert on == {"URGENT": day("monday"), "WAITING": day("tuesday")}


def test_two_who_come_from_afar_do_not_share_one_hour_of_a_room() -> None:
    # 90 minutes there and back leave 60 of a morning: a room holds one interview of 45 then, not two
    mornings = hours("08:30-12:30", days=["monday"])
    far = a_site("FAR", "SUD", [], "F1", "", mornings)
    near = a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1", "AG", mornings)
    week = a_week(
        [a_mission(f"M{n}", "SUIVI", "FAM1", 45, due=day("monday"), site="FAR") for n in range(2)],
        professionals=[a_professional(f"AS0{n}", windows=mornings) for n in (1, 2)],
        sites=[near, far],
        travel=[Travel(from_zone="NORD", to_zone="SUD", minutes=90)],
        organisation=Organisation(collective_share_percent=0, writing_share_percent=0),
    )
    decision = first_fit(Board(week))
    assert sum(map(len, decision.tasks.values())) == 1


def test_an_action_has_its_leaders_who_prepare_before() -> None:
    week = a_week(
        actions=[an_action("G1", preparation=60)],
        organisation=Organisation(collective_share_percent=0, writing_share_percent=0),
    )
    plan = fitted(week)
    assert placed(plan) == ["G1"]
    led = next(row for row in plan.assignments if row.mission_id == "G1")
    prepared = [row for row in plan.reservations if row.kind == "preparation"]
    assert {who for row in prepared for who in row.professional_ids} == set(led.professional_ids)
    assert all(row.end <= led.start for row in prepared)


def test_an_evaluation_keeps_its_pair_and_its_order() -> None:
    week = departement(1, 1, Load.TYPICAL, 1)
    division = Division(week)
    part = next(part for part in division.parts if "EVALUATION" in part)
    own = PartWeeks(division).restricted(part, division.first_sharing())
    plan = fitted(own)
    people: dict[str, set[str]] = {}
    for row in plan.assignments:
        if row.mission_id in own.mission and (case := own.mission[row.mission_id].case_id):
            people.setdefault(case, set()).update(row.professional_ids)
    assert people
    assert max(map(len, people.values())) == 2


def test_all_of_one_evaluation_comes_before_half_of_two() -> None:
    """A pole that has no time for all evaluations ends those that it begins."""
    week = departement(1, 4, Load.OVERLOADED, 1)
    division = Division(week)
    part = next(part for part in division.parts if "EVALUATION" in part)
    own = PartWeeks(division).restricted(part, division.first_sharing())
    decision = first_fit(Board(own))
    held = {task.item_id for tasks in decision.tasks.values() for task in tasks}
    begun = {case for mission in own.missions if mission.id in held and (case := mission.case_id)}
    ended = {m.case_id for m in own.missions if m.type == "IP_ECR" and m.id in held}
    assert begun
    assert len(begun & ended) >= 3 * len(begun - ended)


@pytest.mark.parametrize("load", list(Load))
def test_a_territory_starts_under_what_finds_a_slot_in_an_empty_week(load: Load) -> None:
    week = departement(1, 1, load, 1)
    division = Division(week)
    own = PartWeeks(division).restricted("T001-SECTEUR", division.first_sharing())
    board = Board(own)
    alone = TimedDecision(Decision(referents=list(least_loaded(board))))
    nothing = put_together(board, [alone])[1].value(COMMITMENTS)
    assert judge(own, fitted(own)).value(COMMITMENTS) < nothing * 2 // 3


@pytest.mark.parametrize("seed", range(60))
def test_the_judge_accepts_what_is_fitted(seed: int) -> None:
    week = random_week(seed)
    if not week.pins:
        fitted(week)


def test_cases_go_to_who_has_the_fewest_files_for_their_time() -> None:
    people = [a_professional("AS01", dossiers=5), a_professional("AS02", quotite=50, dossiers=3)]
    cases = [a_case(f"FAM{number}", None) for number in range(3)]
    week = a_week(cases=cases, professionals=people)
    # for a full time AS01 has 5, AS02 6; then 6 and 6, the first by name; then 7 and 6
    assert dict(least_loaded(Board(week))) == {"FAM0": "AS01", "FAM1": "AS01", "FAM2": "AS02"}
