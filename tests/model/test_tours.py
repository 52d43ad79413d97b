"""Posts and ways round: what the bucket stage says of them is what the judge finds on the clock."""

from optimizer.board import Board, Location
from optimizer.check import judge
from optimizer.plan import Plan
from optimizer.tours import TourBook
from optimizer.week import Travel, Week
from tests.builders import (
    SITES,
    a_case,
    a_mission,
    a_need,
    a_plan,
    a_professional,
    a_row,
    a_week,
    kept,
    price,
    team_with,
)
from tests.model_of_plan import answered, opinion_of

IN_A_LINE = [
    Travel(from_zone="NORD", to_zone="NEAR", minutes=20),
    Travel(from_zone="NEAR", to_zone="FAR", minutes=20),
]
ON_THE_WAY = a_week(
    [a_mission(f"M{n}", "VAD", home_zone=zone, minutes=40) for n, zone in enumerate(("NEAR", "FAR", "NEAR"))],
    travel=IN_A_LINE,
    cases=[],
    sites=[site for site in SITES if site.zone != "SUD"],
)


def travel_and_posts(week: Week, plan: Plan) -> tuple[int, int]:
    """Tenths of a point for travel and posting, for the judge and for the model."""
    plan = answered(week, plan)
    assert judge(week, plan).passed
    prices = opinion_of(week, plan).prices["preferences"]
    return (
        sum(price(week, plan, code) for code in ("travel time", "posting")),
        prices["travel time"] + prices["posting"],
    )


def test_a_tour_goes_through_each_place_once() -> None:
    near, far = Location("NEAR"), Location("FAR")
    tour = TourBook(Board(ON_THE_WAY)).tour("MDS-A", frozenset((near, far)))
    # 20 + 20 + 40 minutes, 10 of which each of the two visits pays as its own hop
    assert tour.fixed_minutes == 80 - 20
    # through NEAR again on the way back, in the same 80 minutes: three visits pay a hop
    assert tour.least_minutes == 80 - 30


def test_two_homes_on_the_way_out_and_back_cost_no_hop() -> None:
    starts = (("M0", "08:50", "NEAR"), ("M1", "09:50", "FAR"), ("M2", "10:50", "NEAR"))
    rows = [a_row(name, "AS01", f"tuesday {start}", 40, place=f"home:{zone}") for name, start, zone in starts]
    # 4 ways of 20 minutes at 0.2 a minute
    assert travel_and_posts(ON_THE_WAY, a_plan(*rows)) == (160, 160)


def test_one_is_posted_near_a_visit_when_that_is_shorter() -> None:
    # from MDS-B, in the zone of the visit: 10 + 10 minutes and 2 points; from MDS-A, one's own: 20 + 20
    week = a_week([a_mission("M1", "VAD", home_zone="SUD")])
    visit = a_row("M1", "AS01", "tuesday 09:00", 75, place="home:SUD")
    assert travel_and_posts(week, a_plan(visit)) == (40 + 20, 40 + 20)


def test_a_half_day_without_place_asks_for_no_change_of_post() -> None:
    # on duty at MDS-B all morning, at a partner's all afternoon: 2 points for the post and no way
    week = a_week([a_mission("M1", "PARTENARIAT")], reception=[a_need("tuesday", morning=1, site="MDS-B")])
    plan = a_plan(
        kept("reception", "AS01", "tuesday 08:30", 240, "MDS-B"),
        a_row("M1", "AS01", "tuesday 14:00", 90, place="outside"),
    )
    assert travel_and_posts(week, plan) == (20, 20)


def test_one_stays_posted_over_lunch_when_that_is_shorter() -> None:
    # MDS-B all day, 4 points; or back to MDS-A over lunch: 2 points and 20 minutes at 0.2
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1", site="MDS-B")],
        reception=[a_need("tuesday", morning=1, site="MDS-B")],
        cases=[a_case("FAM1", site="MDS-B", zone="SUD")],
        professionals=team_with(a_professional("AS01")),
    )
    plan = a_plan(
        kept("reception", "AS01", "tuesday 08:30", 240, "MDS-B"),
        a_row("M1", "AS01", "tuesday 13:30", 45, "MDS-B", "B1"),
    )
    assert travel_and_posts(week, plan) == (40, 40)
