"""The door: what comes out is judged, and whatever the engine does costs one clear message."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from optimizer import solve
from optimizer.check import judge
from optimizer.child import Engine, Incumbent
from optimizer.engines.options import Options
from optimizer.errors import ContradictoryWeek, NoPlanYet, PolyvalenceError, SolverLost
from optimizer.files.writing import read_plan, write_plan
from optimizer.hashes import hash_of_plan, hash_of_week
from optimizer.news import Setback
from optimizer.plan import Plan, Status
from optimizer.solve import better, plan_week
from tests import fake_engines
from tests.builders import a_meeting, a_mission, a_need, a_pin, a_professional, a_request, a_week, hours
from tests.processes import PROC, eventually, is_running

QUICK = Options(time_limit=5, workers=1)
ROOT = Path(__file__).parents[1]
needs_proc = pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked at through /proc")


# ------------------------------------------------------------ what comes out


def test_a_plan_leaves_judged_with_its_price_indicators_and_origin() -> None:
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1"), a_request("R1")], reception=[a_need("monday", morning=1)]
    )
    plan = plan_week(week, QUICK)
    verdict = judge(week, plan)
    assert verdict.passed
    assert plan.checker is not None and plan.checker.passed
    assert [(level.name, level.value) for level in plan.levels] == [
        (name, verdict.value(name) / 10) for name in ("commitments", "preferences")
    ]
    assert all(level.bound <= level.value for level in plan.levels)
    assert "R4.7_requests" in plan.indicators
    assert plan.provenance is not None
    assert plan.provenance.engine == "decomposition"
    assert plan.provenance.solver_version.startswith("ortools ")
    assert plan.provenance.seconds is not None


def test_the_hashes_can_be_worked_out_again_from_the_file(tmp_path: Path) -> None:
    week = a_week()
    plan = plan_week(week, QUICK, engine=fake_engines.prompt)
    write_plan(week, plan, tmp_path / "plan.json")
    again = read_plan(tmp_path / "plan.json")
    assert again == plan
    assert again.provenance is not None
    assert again.provenance.plan_hash == hash_of_plan(again)
    assert again.provenance.week_hash == hash_of_week(a_week())
    assert hash_of_week(week) != hash_of_week(a_week([a_mission("M1", "SUIVI", "FAM1")]))


def test_a_deterministic_plan_holds_no_seconds_and_comes_again_the_same(tmp_path: Path) -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1"), a_request("R1")])
    options = Options(time_limit=1, workers=1, seed=3, deterministic=True)
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in files:
        plan = plan_week(week, options)
        assert plan.provenance is not None and plan.provenance.seconds is None
        write_plan(week, plan, path)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_request_is_treated_alike_with_and_without_a_reason() -> None:
    # One AS, three hours of reception for five requests: some wait, and who waits is not who said nothing.
    short = [a_professional("AS01", windows=hours("09:00-12:00", days=["monday"]))]
    options = Options(time_limit=2, workers=1, deterministic=True)
    plans = []
    for reasons in (["dettes", None, None, "logement", None], [None, "dettes", None, None, "rsa"]):
        asked = [
            a_request(f"R{number}").model_copy(update={"reason": reason})
            for number, reason in enumerate(reasons)
        ]
        plan = plan_week(a_week(asked, professionals=short), options)
        assert len(plan.queue) == 2
        plans.append(plan.model_dump(include={"levels", "assignments", "reservations", "queue"}))
    assert plans[0] == plans[1]


def test_progress_tells_each_level_of_each_better_plan() -> None:
    told: list[tuple[str, float, float]] = []
    plan_week(a_week(), QUICK, lambda *level: told.append(level), fake_engines.prompt)
    assert told == [("commitments", 0.0, 0.0), ("preferences", 0.0, 0.0)]


def test_the_door_works_outside_the_main_thread() -> None:
    found: list[Plan] = []
    thread = threading.Thread(
        target=lambda: found.append(plan_week(a_week(), QUICK, engine=fake_engines.prompt))
    )
    thread.start()
    thread.join()
    assert found[0].status is Status.OPTIMAL


def test_a_plan_that_breaks_a_rule_is_never_the_best() -> None:
    dear, cheap = fake_engines.nothing(2.0), fake_engines.nothing(1.0)
    broken = fake_engines.nothing(passed=False)
    assert better(None, broken) is None
    assert better(dear, broken) is dear
    assert better(dear, cheap) is cheap
    assert better(cheap, dear) is cheap


# ------------------------------------------------------------ an engine that fails


@pytest.mark.parametrize(
    ("engine", "error", "told"),
    [
        (fake_engines.killed, SolverLost, "signal 9, sans doute faute de mémoire"),
        (fake_engines.leaving, SolverLost, "sans réponse"),
        (fake_engines.mistaken, SolverLost, "ZeroDivisionError : oups"),
        (fake_engines.refusing, ContradictoryWeek, "R1 et R2\nR3"),
        (fake_engines.early, NoPlanYet, "trop tôt"),
        (fake_engines.unknown, NoPlanYet, "--time-limit"),
        (fake_engines.wrong_price, SolverLost, "12,5 points annoncés, 0 comptés par le juge"),
        (fake_engines.wrong_bound, SolverLost, "borne de 3 au-dessus de la valeur"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_an_engine_that_fails_is_one_clear_error(
    engine: Engine, error: type[PolyvalenceError], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(error) as caught:
        plan_week(a_week(), QUICK, engine=engine)
    assert told in str(caught.value)
    assert not multiprocessing.active_children()
    assert capfd.readouterr() == ("", "")


def test_an_engine_that_dies_after_a_plan_costs_what_it_would_still_have_found() -> None:
    news: list[object] = []
    plan = plan_week(a_week(), QUICK, engine=fake_engines.crashing, on_news=news.append)
    assert plan.checker is not None and plan.checker.passed
    (told,) = [one.sentence for one in news if isinstance(one, Setback)]
    assert "signal 6" in told and "le dernier plan trouvé est gardé" in told


def test_what_was_said_and_not_heard_yet_counts_when_nobody_waits_any_longer() -> None:
    class Talking:
        def __init__(self) -> None:
            self.said = [Incumbent(fake_engines.nothing(2.0)), Incumbent(fake_engines.nothing(1.0))]

        def next_message(self, _seconds: float) -> Incumbent | None:
            return self.said.pop(0) if self.said else None

    best = solve._best_said(Talking(), None, solve.better)  # type: ignore[arg-type]
    assert best is not None and best.levels[0].value == 1.0


WITHOUT_A_MAIN = """
from instances.departement import departement
from instances.figures import Load
from optimizer.engines.options import Options
from optimizer.errors import SolverLost
from optimizer.solve import plan_week
try:
    plan_week(departement(3, 1, Load.LOW, 5), Options(time_limit=5))
except SolverLost as error:
    print(error)
"""


def test_a_process_that_dies_before_it_has_read_its_week_is_an_error_too() -> None:
    """A program read from standard input cannot be imported again by the processes that it starts."""
    done = subprocess.run(
        [sys.executable, "-"], input=WITHOUT_A_MAIN, cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert "sans réponse" in done.stdout


def test_a_plan_that_the_judge_rejects_never_leaves() -> None:
    # the engine leaves M1 without an answer
    week = a_week([a_mission("M1", "SUIVI", "FAM1")])
    with pytest.raises(SolverLost, match="M1 n'a pas de réponse"):
        plan_week(week, QUICK, engine=fake_engines.prompt)


# ------------------------------------------------------------ limits and the wish to stop


def interrupt(*_: object) -> None:
    """Ctrl-C, as soon as a plan is known."""
    os.kill(os.getpid(), signal.SIGINT)


def test_ctrl_c_keeps_the_best_plan() -> None:
    plan = plan_week(a_week(), Options(time_limit=600), interrupt, fake_engines.patient)
    assert plan.checker is not None and plan.checker.passed


def test_a_deterministic_plan_cut_short_does_not_claim_to_come_again() -> None:
    options = Options(time_limit=600, deterministic=True)
    plan = plan_week(a_week(), options, interrupt, fake_engines.patient)
    assert plan.provenance is not None
    assert not plan.provenance.deterministic
    assert plan.provenance.seconds is not None


def test_the_best_plan_is_kept_from_an_engine_that_does_not_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "SECONDS_WITH_A_PLAN", 0.3)
    plan = plan_week(a_week(), Options(time_limit=600), interrupt, fake_engines.deaf)
    assert plan.checker is not None and plan.checker.passed
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_asked_to_stop_before_any_plan_there_is_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(solve, "SECONDS_WITHOUT", 0.3)
    number = getattr(signal, name)
    timer = threading.Timer(0.5, os.kill, (os.getpid(), number))
    before = signal.getsignal(number)
    timer.start()
    with pytest.raises(NoPlanYet, match="arrêt demandé"):
        plan_week(a_week(), Options(time_limit=600), engine=fake_engines.mute)
    assert signal.getsignal(number) == before


def test_the_caller_may_ask_to_stop() -> None:
    options = Options(time_limit=600, is_stopped=lambda: True)
    assert plan_week(a_week(), options, engine=fake_engines.patient).levels


def test_an_engine_beyond_its_limit_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "SECONDS_WITH_A_PLAN", 0.5)
    monkeypatch.setattr(solve, "SECONDS_WITHOUT", 1.5)
    assert plan_week(a_week(), Options(time_limit=0.5), engine=fake_engines.deaf).levels
    with pytest.raises(NoPlanYet, match="augmentez --time-limit"):
        plan_week(a_week(), Options(time_limit=0.5), engine=fake_engines.mute)
    assert not multiprocessing.active_children()


@needs_proc
@pytest.mark.parametrize("engine", ["patient", "deaf", "mute"])
def test_an_engine_whose_parent_is_killed_leaves(tmp_path: Path, engine: str) -> None:
    pid_file, script = tmp_path / "pid", tmp_path / "parent.py"
    script.write_text(
        "from optimizer.engines.options import Options\n"
        "from optimizer.solve import plan_week\n"
        "from tests import builders, fake_engines\n"
        "if __name__ == '__main__':\n"
        f"    plan_week(builders.a_week(), Options(time_limit=600), engine=fake_engines.{engine})\n"
    )
    environment = os.environ | {fake_engines.PID_FILE: str(pid_file), "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, str(script)], env=environment, cwd=tmp_path)
    assert eventually(lambda: pid_file.exists() and pid_file.read_text() != "")
    child = int(pid_file.read_text())
    assert is_running(child)
    parent.kill()
    parent.wait()
    assert eventually(lambda: not is_running(child))


# ------------------------------------------------------------ a week that contradicts itself


def test_a_contradiction_is_told_before_any_engine_starts() -> None:
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "DROITS", "FAM1")],
        pins=[a_pin("M1", "AS01", "tuesday 09:00"), a_pin("M2", "AS01", "tuesday 09:30")],
        meetings=[a_meeting("R1", "monday 08:00", 660)],
    )
    with pytest.raises(ContradictoryWeek) as caught:
        plan_week(week, QUICK, engine=fake_engines.killed)
    assert any("M1 et M2" in fact for fact in caught.value.facts)
    assert any("R1" in fact and "660 minutes" in fact for fact in caught.value.facts)
