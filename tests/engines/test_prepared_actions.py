"""An action and its preparation in one half-day: what fits in minutes must fit in order."""

import pytest

from optimizer.engines.decomposition import solve
from optimizer.engines.options import Options
from optimizer.organisation import Organisation
from optimizer.plan import ReservationKind, Status
from optimizer.week import Week
from tests.builders import a_professional, a_site, a_span, a_week, an_action, hours

OPTIONS = Options(time_limit=3, workers=1, deterministic=True)
MORNING = hours("09:00-12:30", days=["monday"])


def a_morning(start: str, end: str) -> Week:
    """Two leaders from 9:00 to 12:30, one of them busy for half an hour.

    180 minutes are left for an action of 120 that asks for 60 of preparation.
    """
    return a_week(
        [],
        professionals=[
            a_professional("AS01", windows=MORNING),
            a_professional("CESF01", "CESF", windows=MORNING),
        ],
        sites=[a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1", "AG", MORNING)],
        busy=[a_span("AS01", f"monday {start}", f"monday {end}")],
        actions=[an_action("G1", preparation=60)],
        organisation=Organisation(collective_share_percent=0, writing_share_percent=0),
    )


@pytest.mark.parametrize(
    ("start", "end", "pieces"),
    [("12:00", "12:30", [60]), ("09:30", "10:00", [30, 30]), ("09:00", "09:30", [60])],
)
def test_preparation_is_done_before_the_action_in_one_piece_or_two(
    start: str, end: str, pieces: list[int]
) -> None:
    plan = solve(a_morning(start, end), OPTIONS)
    assert plan.checker and plan.checker.violations == ()
    assert [row.mission_id for row in plan.assignments] == ["G1"]
    prepared = [row for row in plan.reservations if row.kind is ReservationKind.PREPARATION]
    minutes = [
        int((row.end - row.start).total_seconds()) // 60 for row in prepared if "AS01" in row.professional_ids
    ]
    assert minutes == pieces


def test_what_is_left_after_the_action_prepares_nothing() -> None:
    # free from 9:00 to 11:30 and from 12:00 on: 30 minutes at most before an action of 120
    plan = solve(a_morning("11:30", "12:00"), OPTIONS)
    assert plan.assignments == ()
    assert plan.status is Status.OPTIMAL
