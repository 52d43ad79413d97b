"""Jobs side by side: answers, errors, lost processes, and nothing left behind."""

from pathlib import Path

from optimizer.engines.workers import Done, Job, Workers
from tests.engines import jobs
from tests.processes import is_running


def done(*given: Job, count: int = 2) -> dict[object, Done]:
    """What comes of some jobs."""
    with Workers(count) as workers:
        return {one.name: one for one in workers.do(iter(given), is_over=lambda: False)}


def test_each_job_has_its_answer() -> None:
    found = done(*(Job(number, jobs.double, number) for number in range(5)))
    assert {name: one.answer for name, one in found.items()} == {n: 2 * n for n in range(5)}


def test_something_else_is_done_while_jobs_are_under_way() -> None:
    """Two processes, three jobs: once both have one, and again once the third is given out."""
    asked, given = 0, iter([Job(number, jobs.double, number) for number in range(3)])

    def meanwhile() -> None:
        nonlocal asked
        asked += 1

    with Workers(2) as workers:
        answers = list(workers.do(given, lambda: False, meanwhile))
        assert asked >= 2
        before = asked
        assert list(workers.do(iter([]), lambda: False, meanwhile)) == []
    assert len(answers) == 3
    assert asked == before


def test_an_error_is_told_and_costs_no_other_job() -> None:
    found = done(Job("wrong", jobs.fail, 3), Job("right", jobs.double, 3), count=1)
    assert found["wrong"].failure == "ValueError: nothing to do with 3"
    assert found["right"].answer == 6


def test_a_lost_process_is_tried_again(tmp_path: Path) -> None:
    found = done(Job("twice", jobs.die_once, str(tmp_path / "mark")), Job("right", jobs.double, 4))
    assert found["twice"].answer == "done"
    assert found["right"].answer == 8


def test_a_process_lost_twice_is_told_and_costs_no_other_job() -> None:
    found = done(Job("lost", jobs.die, 1), *(Job(number, jobs.double, number) for number in range(3)))
    assert found["lost"].failure == "processus perdu 2 fois"
    assert [found[number].answer for number in range(3)] == [0, 2, 4]


def test_what_is_under_way_when_it_is_over_leaves_no_process(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    with Workers(1) as workers:
        found = list(workers.do(iter([Job("endless", jobs.hang, str(mark))]), is_over=mark.exists))
        assert found == []
        assert not is_running(int(mark.read_text()))
