"""Jobs that workers do in tests: some answer, some fail, some take their process with them."""

import os
import signal
import time
from pathlib import Path

from optimizer.engines.part_jobs import PartPlan, PlanJob, plan_part


def double(number: int) -> int:
    """Twice a number."""
    return 2 * number


def fail(number: int) -> int:
    """A job with an error."""
    raise ValueError(f"nothing to do with {number}")


def die(number: int) -> int:
    """A job that takes its process with it."""
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(path: str) -> str:
    """A job that takes its process with it the first time."""
    mark = Path(path)
    if not mark.exists():
        mark.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def hang(path: str) -> None:
    """A job without an end, which says in which process."""
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)


def plan_part_unless_evaluators(job: PlanJob) -> PartPlan:
    """Plan a part, but for an evaluation pole, which takes the process with it."""
    if any("EVALUATION" in service.id for service in job.week.services):
        os.kill(os.getpid(), signal.SIGKILL)
    return plan_part(job)
