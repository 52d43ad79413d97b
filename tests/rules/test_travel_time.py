"""People have the time to go where they are planned, from their post and back to it."""

from datetime import timedelta

import pytest

from optimizer.week import Travel
from tests.builders import SITES, a_mission, a_plan, a_professional, a_row, a_week, amounts, kept, team_with

STEP = timedelta(minutes=5)


def a_visit(start: str) -> list[int]:
    week = a_week([a_mission("M1", "VAD", "FAM1", minutes=60)])
    return amounts(week, a_plan(a_row("M1", "AS01", start, 60, place="home:NORD")), "travel")


def test_a_visit_starts_after_the_way_from_the_post() -> None:
    # the morning starts at 8:30; a home of the same zone is 10 minutes away
    assert a_visit("tuesday 08:40") == []
    assert a_visit("tuesday 08:35") == [5]


def test_a_visit_ends_before_the_way_back() -> None:
    # the morning ends at 12:30
    assert a_visit("tuesday 11:20") == []
    assert a_visit("tuesday 11:25") == [5]


@pytest.mark.parametrize(("start", "expected"), [("tuesday 10:20", []), ("tuesday 10:15", [5])])
def test_one_goes_from_a_site_to_another(start: str, expected: list[int]) -> None:
    # MDS-A until 10:00, then MDS-B: 20 minutes between their zones
    plan = a_plan(kept("writing", "AS01", "tuesday 09:00", 60), kept("writing", "AS01", start, 60, "MDS-B"))
    assert amounts(a_week(), plan, "travel") == expected


def test_time_elsewhere_is_not_idle() -> None:
    # 30 minutes between the two sites, 15 of them at a partner's: 5 short of 20
    week = a_week([a_mission("M1", "PARTENARIAT", minutes=15)])
    plan = a_plan(
        kept("writing", "AS01", "tuesday 09:00", 60),
        a_row("M1", "AS01", "tuesday 10:05", 15, place="outside"),
        kept("writing", "AS01", "tuesday 10:30", 60, "MDS-B"),
    )
    assert amounts(week, plan, "travel") == [5]


def test_one_may_be_posted_at_another_site_of_the_service() -> None:
    assert amounts(a_week(), a_plan(kept("writing", "AS01", "tuesday 08:30", 60, "MDS-B")), "travel") == []


def test_one_is_not_posted_at_a_site_of_another_service() -> None:
    # from MDS-A to POLE-E: 15 minutes, with no time for the way out
    assert amounts(a_week(), a_plan(kept("writing", "AS01", "tuesday 08:30", 60, "POLE-E")), "travel") == [15]


def test_a_teleworked_half_day_has_no_way() -> None:
    team = team_with(a_professional("AS01", telework=["tuesday"]))
    plan = a_plan(kept("writing", "AS01", "tuesday 08:30", 60, None))
    assert amounts(a_week(professionals=team), plan, "travel") == []


def test_an_absent_pair_of_zones_is_the_shortest_way_through_others() -> None:
    # NORD-SUD 20 and SUD-LOIN 15: 35 minutes to LOIN; 30 to a zone that no pair reaches; no site in SUD
    travel = [
        Travel(from_zone="NORD", to_zone="SUD", minutes=20),
        Travel(from_zone="SUD", to_zone="LOIN", minutes=15),
    ]
    sites = [site for site in SITES if site.zone != "SUD"]
    for zone, start in (("LOIN", "09:05"), ("AILLEURS", "09:00")):
        week = a_week([a_mission("M1", "VAD", home_zone=zone, minutes=60)], travel=travel, sites=sites)
        right = a_row("M1", "AS01", f"tuesday {start}", 60, place=f"home:{zone}")
        assert amounts(week, a_plan(right), "travel") == []
        early = right.model_copy(update={"start": right.start - STEP, "end": right.end - STEP})
        assert amounts(week, a_plan(early), "travel") == [5]


def test_a_way_of_the_table_is_never_longer_than_one_through_others() -> None:
    # NORD-LOIN is given as 60, but NORD-SUD 20 and SUD-LOIN 15 make 35
    pairs = [("NORD", "SUD", 20), ("SUD", "LOIN", 15), ("NORD", "LOIN", 60)]
    travel = [Travel(from_zone=here, to_zone=there, minutes=minutes) for here, there, minutes in pairs]
    sites = [site for site in SITES if site.zone != "SUD"]
    week = a_week([a_mission("M1", "VAD", home_zone="LOIN", minutes=60)], travel=travel, sites=sites)
    right = a_row("M1", "AS01", "tuesday 09:05", 60, place="home:LOIN")
    assert amounts(week, a_plan(right), "travel") == []
    early = right.model_copy(update={"start": right.start - STEP, "end": right.end - STEP})
    assert amounts(week, a_plan(early), "travel") == [5]
