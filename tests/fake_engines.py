"""Engines that behave badly, run in the process apart of `optimizer.solve`."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace

from optimizer.engines.options import Options
from optimizer.errors import ContradictoryWeek, NoPlanYet
from optimizer.plan import Checker, Level, Plan, Status
from optimizer.week import Week

Report = Callable[[Plan], None]
PID_FILE = "POLYVALENCE_TEST_PID_FILE"


def nothing(value: float = 0.0, bound: float = 0.0, passed: bool = True) -> Plan:
    """The plan of a week where nothing is asked, at the price that is claimed."""
    levels = (Level.of("commitments", value, bound), Level.of("preferences", 0.0, 0.0))
    return Plan(status=Status.OPTIMAL, levels=levels, checker=Checker(passed=passed))


def prompt(_week: Week, _options: Options, report: Report) -> Plan:
    """Answers at once."""
    report(nothing())
    return nothing()


def wrong_price(_week: Week, _options: Options, _report: Report) -> Plan:
    """Claims a price that the judge does not find."""
    return nothing(12.5)


def wrong_bound(_week: Week, _options: Options, _report: Report) -> Plan:
    """Claims a bound above the value."""
    return nothing(0.0, 3.0)


def crashing(_week: Week, _options: Options, report: Report) -> Plan:
    """Finds a plan, then dies as CP-SAT does."""
    report(nothing())
    os.write(2, b"F0000 check failed: a stack trace\n")
    os.abort()


def killed(_week: Week, _options: Options, _report: Report) -> Plan:
    """Is killed by the system."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def leaving(_week: Week, _options: Options, _report: Report) -> Plan:
    """Leaves without a word."""
    os._exit(0)


def mistaken(_week: Week, _options: Options, _report: Report) -> Plan:
    """Has a defect."""
    raise ZeroDivisionError("oups")


def refusing(_week: Week, _options: Options, _report: Report) -> Plan:
    """Finds that the week contradicts itself."""
    raise ContradictoryWeek(["R1 et R2", "R3"])


def early(_week: Week, _options: Options, _report: Report) -> Plan:
    """Finds nothing in time."""
    raise NoPlanYet("trop tôt")


def unknown(_week: Week, _options: Options, _report: Report) -> Plan:
    """Finds nothing and says so in the plan."""
    return Plan(status=Status.UNKNOWN)


def patient(_week: Week, options: Options, report: Report) -> Plan:
    """Works until asked to stop."""
    _leave_its_number()
    report(nothing())
    while not options.is_stopped():
        time.sleep(0.01)
    return nothing()


def deaf(_week: Week, _options: Options, report: Report) -> Plan:
    """Finds a plan, then one that breaks a rule, and never stops."""
    _leave_its_number()
    report(nothing())
    report(nothing(passed=False))
    time.sleep(600)
    raise AssertionError


def mute(_week: Week, _options: Options, _report: Report) -> Plan:
    """Says nothing and never stops."""
    _leave_its_number()
    time.sleep(600)
    raise AssertionError


def _leave_its_number() -> None:
    if path := os.environ.get(PID_FILE):
        with open(path, "w", encoding="ascii") as stream:  # noqa: PTH123
            stream.write(str(os.getpid()))


def first_plans(week: Week, options: Options, _report: Report) -> Plan:
    """The engine for several teams, asked to stop before it starts: what finds a slot."""
    from optimizer.engines.departement import solve

    return solve(week, replace(options, is_stopped=lambda: True))
