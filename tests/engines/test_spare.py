"""Minutes that a half-day can lose at its end: what is long stands in a gap that is left."""

import pytest

from optimizer.engines.spare import spare_at_the_end
from optimizer.intervals import Interval


@pytest.mark.parametrize(
    ("dated", "pieces", "spare"),
    [
        ([], [], 240),
        ([], [60, 45], 135),
        ([(30, 150)], [], 90),
        ([(30, 150)], [45, 45], 0),  # 30 minutes before the meeting hold neither
        ([(30, 150)], [30, 45], 45),
        ([(60, 120)], [60, 45, 45], 30),
        ([(60, 120)], [45, 45, 45], 30),
        ([(180, 240)], [], 0),
        ([(0, 240)], [], 0),
        ([(30, 150)], [45, 60], 0),  # more than there is
    ],
)
def test_pieces_go_to_other_gaps_first(dated: list[Interval], pieces: list[int], spare: int) -> None:
    assert spare_at_the_end([(0, 240)], dated, pieces) == spare


def test_every_way_to_share_pieces_out_is_tried() -> None:
    # 50 in the first gap and 40 + 30 in the second leave nothing for the last
    assert spare_at_the_end([(0, 50), (60, 130), (140, 200)], [], [30, 40, 50]) == 60
