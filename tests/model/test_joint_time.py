"""What the buckets know of acts for two and of rooms: neither fits where only the people's own time would."""

import pytest

from optimizer.board import Board
from optimizer.model import COMMITMENTS, BucketModel
from optimizer.week import Meeting, Mission, Week
from tests.builders import SITES, a_case, a_meeting, a_mission, a_professional, a_site, a_week, hours
from tests.model_of_plan import cheapest

EVALUATORS = {"EV01": "AS", "EV02": "ES", "EV03": "PUER"}


def a_morning(missions: list[Mission], until: str, meetings: list[Meeting] | None = None) -> Week:
    """Three evaluators from 8:30 on, one morning, in one room."""
    windows = hours(f"08:30-{until}", days=["tuesday"])
    return a_week(
        missions,
        professionals=[
            a_professional(who, job, "EVAL-1", "POLE-E", windows=windows) for who, job in EVALUATORS.items()
        ],
        cases=[a_case(f"FAM{n}", None) for n in range(1, 4)],
        sites=[*SITES[:3], a_site("POLE-E", "EST", ["EVAL-1"], "E1")],
        meetings=meetings or [],
    )


def least(week: Week) -> int:
    """The least that the statement may cost at level 1, in tenths."""
    model = BucketModel(Board(week))
    model.post_commitments()
    values = cheapest(model.statement, {}, COMMITMENTS, None)
    assert values is not None
    return model.statement.value(COMMITMENTS, values)


@pytest.mark.parametrize(("until", "all_fit"), [("11:30", True), ("11:25", False)])
def test_concertations_of_pairs_among_three_take_turns(until: str, all_fit: bool) -> None:
    # each of the three has two hours of concertation; together they take three
    concertations = [a_mission(f"C{n}", "IP_CONC", f"FAM{n}", 60) for n in range(1, 4)]
    assert (least(a_morning(concertations, until)) == 0) is all_fit


@pytest.mark.parametrize(("until", "all_fit"), [("11:00", True), ("10:55", False)])
def test_a_meeting_of_all_three_empties_the_room(until: str, all_fit: bool) -> None:
    # one hour of meeting, 30 minutes before it, 60 after it for two acts of 30 minutes
    acts = [a_mission(f"M{n}", "IP_RENC", f"FAM{n}", 30) for n in range(1, 4)]
    meeting = a_meeting("R1", "tuesday 09:00", 60, "EVAL-1", site=None)
    assert (least(a_morning(acts, until, [meeting])) == 0) is all_fit
