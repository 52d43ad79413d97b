"""Jobs done by a runner, in processes of their own."""

import json
import os
from datetime import time, timedelta

import pytest

from api.jobs.process import NICENESS
from api.jobs.runner import LEASE, Runner
from api.store.weeks import week_kept
from optimizer.check import judge
from optimizer.plan import Plan
from optimizer.week import Week, Weekday, Window
from tests.api.jobs.service import LONG, MINE, Service, a_long_week
from tests.builders import (
    a_meeting,
    a_mission,
    a_pin,
    a_plan,
    a_professional,
    a_request,
    a_row,
    a_week,
    day,
    unserved,
)


def test_a_plan_comes_out_judged_with_its_proof(service: Service, runner: Runner) -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1"), a_request("R1")])
    (job,) = service.done(runner, service.plan(week, time_limit=10))
    result = service.result(job.id)
    assert (job.state, job.attempt, job.failures, job.problem) == ("succeeded", 1, 0, None)
    plan = Plan.model_validate_json(result.plan or "")
    assert judge(week, plan).passed
    assert job.status == plan.status
    assert json.loads(result.levels) == [level.model_dump() for level in plan.levels]
    assert [one["state"] for one in service.told(job.id, "state")] == ["queued", "running", "succeeded"]
    assert service.told(job.id, "levels")


def test_a_week_that_contradicts_itself_is_an_answer(service: Service, runner: Runner) -> None:
    missions = [a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "DROITS", "FAM1")]
    pins = [a_pin("M1", "AS01", "tuesday 09:00"), a_pin("M2", "AS01", "tuesday 09:30")]
    (job,) = service.done(runner, service.plan(a_week(missions, pins=pins)))
    assert (job.state, job.status) == ("succeeded", "infeasible")
    result = service.result(job.id)
    assert any("M1 et M2" in reason for reason in json.loads(result.reasons))
    # the teams that hold are planned all the same
    plan = Plan.model_validate_json(result.plan or "")
    assert [left.services for left in plan.left_out] == [("SECTEUR-1",)]


def test_a_week_where_nothing_holds_has_no_plan(service: Service, runner: Runner) -> None:
    week = a_week(professionals=[a_professional("AS01")], meetings=[a_meeting("R1", "monday 08:00", 660)])
    (job,) = service.done(runner, service.plan(week))
    assert (job.state, job.status) == ("succeeded", "infeasible")
    assert json.loads(service.result(job.id).reasons)
    assert service.result(job.id).plan is None


def test_what_a_door_refuses_is_a_problem_at_its_place(service: Service, runner: Runner) -> None:
    week = a_week([a_request("R1")])
    (first,) = service.done(runner, service.plan(week))
    events = [{"event": "dropped", "item_id": "R9"}]
    asked = {"kind": "replan", "week_id": first.week_id, "plan_job_id": first.id, "events": events}
    (job,) = service.done(runner, service.job(asked))
    assert (job.state, job.failures) == ("failed", 0)
    problem = json.loads(job.problem or "")
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("unusable_input", "/events/0")


def test_a_job_that_ended_is_not_done_again(service: Service, runner: Runner) -> None:
    (job,) = service.done(runner, service.plan(a_week()))
    runner.turn()
    assert service.read(job.id).revision == job.revision


# ------------------------------------------------------------ the other doors


def test_events_make_a_new_week_and_the_plan_is_its(service: Service, runner: Runner) -> None:
    week = a_week([a_request("R1"), a_request("R2")])
    (first,) = service.done(runner, service.plan(week))
    events = [
        {"event": "dropped", "item_id": "R1"},
        {"event": "added", "mission": {"id": "R3", "type": "ACCUEIL", "site_id": "MDS-A"}},
        {
            "event": "absent",
            "professional_id": "ES01",
            "start": "2026-01-06T00:00",
            "end": "2026-01-07T00:00",
        },
    ]
    asked = {"kind": "replan", "week_id": first.week_id, "plan_job_id": first.id, "events": events}
    (job,) = service.done(runner, service.job(asked))
    result = service.result(job.id)
    assert job.state == "succeeded" and result.week_id != first.week_id
    answer, plan = json.loads(result.answer or ""), Plan.model_validate_json(result.plan or "")
    assert {row.mission_id for row in plan.assignments} == {"R2", "R3"}
    assert "moves" in answer
    # and that plan may be planned again, as the plan of the new week
    more = [{"event": "dropped", "item_id": "R3"}]
    again = asked | {"week_id": result.week_id, "plan_job_id": job.id, "events": more}
    assert service.done(runner, service.job(again))[0].state == "succeeded"


def test_an_item_is_explained(service: Service, runner: Runner) -> None:
    (first,) = service.done(runner, service.plan(a_week([a_request("R1")])))
    about = {"kind": "explain", "week_id": first.week_id, "plan_job_id": first.id}
    one, rest = service.job(about | {"item_id": "R1"}), service.job(about)
    service.done(runner, one, rest)
    assert json.loads(service.result(one).answer or "")["mission_id"] == "R1"
    assert json.loads(service.result(rest).answer or "") == {"waiting": [], "late": []}


def test_a_room_closes_for_a_time_and_households_are_handed_over(service: Service, runner: Runner) -> None:
    week = a_week([a_request("R1"), a_mission("M1", "SUIVI", "FAM1")])
    (first,) = service.done(runner, service.plan(week))
    events = [
        {"event": "room_closed", "room_id": "A1", "start": "2026-01-06T08:00", "end": "2026-01-06T12:00"},
        {"event": "hands_over", "professional_id": "AS01"},
    ]
    asked = {"kind": "replan", "week_id": first.week_id, "plan_job_id": first.id, "events": events}
    (job,) = service.done(runner, service.job(asked | {"deterministic": True, "time_limit": 2}))
    assert job.state == "succeeded"
    with service.store.reading() as session:
        kept = week_kept(session, MINE, service.result(job.id).week_id or "")
    assert kept is not None
    changed = Week.model_validate_json(kept.content)
    (closed,) = next(room.closed for site in changed.sites for room in site.rooms if room.id == "A1")
    assert (closed.start.isoformat(), closed.end.isoformat()) == (
        "2026-01-06T08:00:00",
        "2026-01-06T12:00:00",
    )
    assert changed.professional["AS01"].hands_over


def test_changes_are_priced_in_full_when_asked(service: Service, runner: Runner) -> None:
    missions = [a_mission(f"M{n}", "SUIVI", "FAM1", 60, due=day("tuesday")) for n in (1, 2)]
    an_hour = (Window(day=Weekday("tuesday"), start=time(9), end=time(10)),)
    week = a_week(missions, professionals=[a_professional("AS01", windows=an_hour)])
    plan = a_plan(a_row("M2", "AS01", "tuesday 09:00", 60, "MDS-A", "A1"), unserved("M1"))
    about = {"kind": "explain", "week_id": service.week(week), "plan": plan.model_dump(mode="json")}
    limits = {"exact": True, "deterministic": True, "time_limit": 2}
    (job,) = service.done(runner, service.job(about | limits | {"item_id": "M1"}))
    changes = json.loads(service.result(job.id).answer or "")["changes"]
    priced = [change["exact"] for change in changes if "exact" in change]
    assert priced and all(one["least"] <= one["most"] for one in priced)


def test_a_contradiction_is_explained_without_a_plan(service: Service, runner: Runner) -> None:
    missions = [a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "DROITS", "FAM1")]
    pins = [a_pin("M1", "AS01", "tuesday 09:00"), a_pin("M2", "AS01", "tuesday 09:30")]
    week_id = service.week(a_week(missions, pins=pins))
    (job,) = service.done(runner, service.job({"kind": "explain", "week_id": week_id}))
    assert (job.state, job.status) == ("succeeded", "infeasible")
    assert json.loads(service.result(job.id).answer or "")["contradictory"] is True


def test_organisations_are_compared_without_a_plan(service: Service, runner: Runner) -> None:
    organisations = {"eight": {"writing_share_percent": 8}, "none": {"writing_share_percent": 0}}
    asked = {"kind": "compare", "organisations": organisations, "time_limit": 5}
    (job,) = service.done(runner, service.job(asked | {"week_id": service.week(a_week())}))
    result = service.result(job.id)
    assert job.state == "succeeded" and result.plan is None
    assert "eight" in (result.answer or "")


def test_a_team_is_composed(service: Service, runner: Runner) -> None:
    asked = {"kind": "compose", "week_ids": [service.week(a_week([a_request("R1")]))], "time_limit": 10}
    (job,) = service.done(runner, service.job(asked))
    assert job.state == "succeeded"
    assert json.loads(service.result(job.id).answer or "")["cost"] > 0


# ------------------------------------------------------------ stop, limits, cores


def test_a_job_that_is_stopped_keeps_its_best_plan(service: Service, runner: Runner) -> None:
    id_ = service.plan(a_long_week(), time_limit=LONG)
    service.work(runner, lambda: bool(service.told(id_, "levels")))
    service.stop(id_)
    (job,) = service.done(runner, id_)
    assert (job.state, job.status) == ("stopped", "feasible")
    assert Plan.model_validate_json(service.result(id_).plan or "").assignments
    assert service.told(id_, "log")


def test_a_job_beyond_its_limit_is_ended(service: Service, runner: Runner) -> None:
    id_ = service.plan(a_long_week(), time_limit=LONG)
    service.work(runner, lambda: service.read(id_).state == "running")
    service.clock.wait(timedelta(seconds=1.5 * LONG + 1))
    (job,) = service.done(runner, id_)
    assert (job.state, json.loads(job.problem or "")["code"]) == ("failed", "limit_exceeded")


def test_jobs_share_the_cores_of_a_runner(service: Service, runner: Runner) -> None:
    ids = []
    for workers in (1, 1, 2):
        ids.append(service.plan(a_long_week(), workers, time_limit=LONG))
        service.clock.wait(timedelta(seconds=1))
    service.work(runner, lambda: service.read(ids[1]).state == "running")
    runner.turn()
    assert [service.read(id_).state for id_ in ids] == ["running", "running", "queued"]


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="this system has no niceness")
def test_jobs_give_way_to_the_server(service: Service, runner: Runner) -> None:
    id_ = service.plan(a_long_week(), time_limit=LONG)
    service.work(runner, lambda: service.read(id_).state == "running")
    (process,) = runner._works
    assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(
        19, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS
    )
    # the scheduler shares cores between sessions first
    assert os.getsid(process.pid) == os.getsid(0) and os.getpgid(process.pid) != os.getpgid(0)


def test_a_runner_that_leaves_gives_its_jobs_back(service: Service, runner: Runner) -> None:
    id_ = service.plan(a_long_week(), time_limit=LONG)
    other = service.runner()
    service.work(other, lambda: service.read(id_).state == "running")
    other.leave()
    assert service.read(id_).state == "queued"
    service.work(runner, lambda: service.read(id_).state == "running")
    job = service.read(id_)
    assert (job.owner, job.attempt, job.failures) == (runner.name, 2, 0)


def test_a_runner_whose_lease_ran_out_ends_its_process(service: Service, runner: Runner) -> None:
    id_ = service.plan(a_long_week(), time_limit=LONG)
    service.work(runner, lambda: service.read(id_).state == "running")
    service.clock.wait(LEASE + timedelta(seconds=1))
    other = service.runner(cores=0)
    other.turn()  # takes back what runs late, and has no core for it
    assert service.read(id_).state == "queued"
    runner.turn()
    (job,) = [service.read(id_)]
    assert (job.state, job.owner, job.attempt, job.failures) == ("running", runner.name, 2, 1)
    assert [work.claimed.hold.attempt for work in runner._works.values()] == [2]


@pytest.mark.parametrize("named", ["week", "plan"])
def test_what_went_before_a_job_began_is_a_problem(service: Service, runner: Runner, named: str) -> None:
    week_id = service.week(a_week()) if named == "plan" else "week_none"
    asked: dict[str, object] = {"kind": "explain", "week_id": week_id}
    (job,) = service.done(
        runner, service.job(asked | ({"plan_job_id": "job_none"} if named == "plan" else {}))
    )
    assert job.state == "failed"
    assert json.loads(job.problem or "")["errors"][0]["pointer"] == (
        "/plan_job_id" if named == "plan" else "/week_id"
    )
