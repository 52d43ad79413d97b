"""`kill -9` of a solver, of the process of a job, of a runner: no job is lost, and no orphan is left."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from api.jobs.runner import LEASE, Runner
from optimizer.plan import Plan
from tests.api.jobs.service import LONG, Service, a_long_week
from tests.builders import a_request, a_week
from tests.processes import PROC, children_of, engine_of, eventually, is_running

pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked at through /proc")


def at_work(service: Service, runner: Runner) -> tuple[int, int]:
    """The process of a job and its solver, once both run."""
    found: list[int] = []

    def is_solving() -> bool:
        found[:] = [work.process.pid for work in runner._works.values()]
        return bool(found and engine_of(found[0]))

    service.work(runner, is_solving)
    solver = engine_of(found[0])
    assert solver is not None
    return found[0], solver


def test_a_solver_that_is_killed_costs_an_attempt(service: Service, runner: Runner) -> None:
    id_ = service.plan(a_week([a_request("R1")]))
    process, solver = at_work(service, runner)
    os.kill(solver, signal.SIGKILL)
    (job,) = service.done(runner, id_)
    assert job.state == "succeeded"
    assert Plan.model_validate_json(service.result(id_).plan or "").status == job.status
    assert not is_running(process) and not is_running(solver)


def test_a_job_whose_process_is_killed_is_done_again(service: Service, runner: Runner) -> None:
    id_ = service.plan(a_week([a_request("R1")]))
    process, solver = at_work(service, runner)
    os.kill(process, signal.SIGKILL)
    (job,) = service.done(runner, id_)
    assert (job.state, job.attempt, job.failures) == ("succeeded", 2, 1)
    assert eventually(lambda: not is_running(solver))


def test_a_runner_that_is_killed_leaves_its_job_to_another(
    service: Service, runner: Runner, database: str
) -> None:
    id_ = service.plan(a_long_week(), time_limit=LONG)
    script = "from tests.api.faults.a_runner import main; main()"
    other = subprocess.Popen([sys.executable, "-c", script, database])
    assert eventually(lambda: service.read(id_).state == "running")
    assert eventually(lambda: any(engine_of(child) for child in children_of(other.pid)))
    family = [
        other.pid,
        *(pid for child in children_of(other.pid) for pid in (child, engine_of(child)) if pid),
    ]
    other.kill()
    other.wait()
    assert eventually(lambda: not any(map(is_running, family)))
    assert service.read(id_).state == "running"  # nobody knows yet
    service.clock.wait(LEASE + timedelta(seconds=1))
    service.work(runner, lambda: service.read(id_).owner == runner.name)
    service.stop(id_)
    (job,) = service.done(runner, id_)
    assert (job.state, job.attempt, job.failures) == ("stopped", 2, 1)


def test_an_answer_that_was_written_outlives_its_runner(service: Service, runner: Runner) -> None:
    (job,) = service.done(runner, service.plan(a_week()))
    service.clock.wait(10 * LEASE)
    other = service.runner()
    other.turn()
    assert service.read(job.id).revision == job.revision
    assert service.result(job.id).plan


def test_jobs_of_a_runner_that_dies_each_time_fail_in_the_end(service: Service, runner: Runner) -> None:
    id_ = service.plan(a_week())
    for _ in range(3):
        process, _ = at_work(service, runner)
        os.kill(process, signal.SIGKILL)
        service.work(
            runner, lambda killed=process: all(w.process.pid != killed for w in runner._works.values())
        )  # type: ignore[misc]
    job = service.read(id_)
    assert (job.state, job.failures) == ("failed", 3)
    assert "process_lost" in (job.problem or "")
