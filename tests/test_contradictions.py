"""What a week fixes and cannot hold; the limit exactly met is no contradiction."""

from datetime import time

import pytest

from instances.families import instances
from optimizer.contradictions import contradictions
from optimizer.week import Week
from tests.builders import (
    a_case,
    a_meeting,
    a_mission,
    a_pin,
    a_professional,
    a_session,
    a_site,
    a_span,
    a_week,
    an_action,
    hours,
    team_with,
)

LONG_HOURS = hours("06:00-12:30", "13:30-23:00")


def pinned(*pins: str, **more: object) -> Week:
    """Interviews of 45 minutes at MDS-A, "AS01 tuesday 09:00" each."""
    missions = [a_mission(f"M{n}", "SUIVI", "FAM1", 45) for n in range(1, len(pins) + 1)]
    found = [a_pin(f"M{n}", *pin.split(" ", 1)) for n, pin in enumerate(pins, 1)]
    return a_week(missions, pins=found, **more)  # type: ignore[arg-type]


def told(week: Week) -> str:
    return "\n".join(contradictions(week))


def test_frozen_weeks_do_not_contradict_themselves() -> None:
    assert not [one.name for one in instances() if contradictions(one.week())]


# ------------------------------------------------------------ pins


def test_two_pins_of_one_person_may_follow_each_other_to_the_minute() -> None:
    assert not contradictions(pinned("AS01 tuesday 09:00", "AS01 tuesday 09:45"))


def test_two_pins_of_one_person_cannot_share_five_minutes() -> None:
    facts = told(pinned("AS01 tuesday 09:00", "AS01 tuesday 09:40"))
    assert "AS01 fait deux choses à la fois" in facts
    assert "M1 et M2" in facts


def test_a_pin_outside_hours_is_told() -> None:
    assert not contradictions(pinned("AS01 tuesday 11:45"))
    assert "AS01" in told(pinned("AS01 tuesday 11:50"))


def test_a_pin_during_an_absence_is_told() -> None:
    week = pinned("AS01 tuesday 09:00", absences=[a_span("AS01", "tuesday 09:40", "tuesday 12:30")])
    assert "AS01 n'est pas disponible" in told(week)


def test_a_pin_without_time_needs_somebody_there_long_enough() -> None:
    mission = a_mission("M1", "SUIVI", "FAM1", 45)
    away = a_span("AS01", "monday 00:00", "friday 16:45")
    assert not contradictions(a_week([mission], pins=[a_pin("M1", "AS01")], absences=[away]))
    away = a_span("AS01", "monday 00:00", "friday 16:50")
    assert "AS01 n'a jamais 45 minutes" in told(
        a_week([mission], pins=[a_pin("M1", "AS01")], absences=[away])
    )


def test_two_rooms_hold_two_pins_at_once_and_not_three() -> None:
    assert not contradictions(pinned("AS01 tuesday 09:00", "CESF01 tuesday 09:00"))
    three = pinned("AS01 tuesday 09:00", "CESF01 tuesday 09:00", "ES01 tuesday 09:00")
    assert "la salle" in told(three)


def test_an_evaluation_pinned_to_one_person_lacks_the_other() -> None:
    week = a_week([a_mission("IP1", "IP_VAD", "FAM1")], pins=[a_pin("IP1", "EV01", "tuesday 09:00")])
    assert "IP1 demande 2 personne(s)" in told(week)
    week = a_week([a_mission("IP1", "IP_VAD", "FAM1")], pins=[a_pin("IP1", "EV01 EV02", "tuesday 09:00")])
    assert not contradictions(week)


def test_an_evaluation_pinned_to_a_past_follower_is_told() -> None:
    week = a_week(
        [a_mission("IP1", "IP_VAD", "FAM1")],
        cases=[a_case("FAM1", followers=["EV01"])],
        pins=[a_pin("IP1", "EV01 EV02", "tuesday 09:00")],
    )
    assert "EV01" in told(week)


def test_an_action_pinned_lacks_a_leader_but_not_its_preparation() -> None:
    action = an_action("G1", preparation=60, fixed="thursday 14:00")
    assert not contradictions(a_week(actions=[action], pins=[a_pin("G1", "CESF01 AS01")]))
    assert "G1 demande CESF + AS" in told(a_week(actions=[action], pins=[a_pin("G1", "CESF01")]))


def test_a_pin_at_another_hour_than_the_fixed_one_is_told() -> None:
    week = a_week(
        [a_mission("M1", "SUIVI", "FAM1", fixed="tuesday 09:00")], pins=[a_pin("M1", "AS01", "tuesday 10:00")]
    )
    assert "M1 commence" in told(week)


def test_a_report_pinned_at_its_start_may_go_on_later() -> None:
    report = a_mission("IP1", "IP_ECR", "FAM1", 480)
    assert not contradictions(a_week([report], pins=[a_pin("IP1", "EV01", "tuesday 09:00")]))


def test_a_pin_at_home_leaves_time_to_go_there() -> None:
    # FAM2 lives in SUD, 20 minutes from MDS-A
    visit = a_mission("V1", "VAD", "FAM2", 60, home_zone="SUD")
    cases = [a_case("FAM1"), a_case("FAM2", zone="SUD")]
    day = a_week([visit], cases=cases, pins=[a_pin("V1", "AS01", "tuesday 08:50")])
    assert not contradictions(day)
    # MDS-B is in SUD, ten minutes away: nobody can be there at 8:35
    early = a_week([visit], cases=cases, pins=[a_pin("V1", "AS01", "tuesday 08:35")])
    assert "trajet" in told(early)


# ------------------------------------------------------------ fixed meetings


@pytest.mark.parametrize("minutes", [595, 600, 605])
def test_a_meeting_longer_than_ten_hours_is_told(minutes: int) -> None:
    # 600 minutes: 7:30-12:30 and 13:30-18:30
    week = a_week(meetings=[a_meeting("R1", "monday 07:30", minutes)])
    assert bool(contradictions(week)) == (minutes > 600)


def test_a_night_between_two_meetings_lasts_eleven_hours() -> None:
    def meetings(morning: str) -> Week:
        team = team_with(a_professional("AS01", windows=LONG_HOURS))
        return a_week(
            professionals=team,
            meetings=[
                a_meeting("SOIR", "monday 20:00", 120, people=["AS01"]),
                a_meeting("MATIN", f"tuesday {morning}", 60, people=["AS01"]),
            ],
        )

    assert not contradictions(meetings("09:00"))
    assert "SOIR, MATIN" in told(meetings("08:55"))


def test_the_law_binds_a_team_whose_hours_are_elsewhere() -> None:
    week = a_week(meetings=[a_meeting("SOIR", "monday 20:00", 120), a_meeting("MATIN", "tuesday 07:00", 120)])
    facts = contradictions(week)
    assert len(facts) == 1
    assert "3 autre(s)" in facts[0]


def test_two_meetings_at_once_are_a_choice_and_no_contradiction() -> None:
    week = a_week(
        meetings=[a_meeting("R1", "monday 09:00", 120), a_meeting("R2", "monday 10:00", 120, people=["AS01"])]
    )
    assert not contradictions(week)


def test_sessions_with_seats_are_not_added_up() -> None:
    sessions = [
        a_session(f"F{n}", fixed=f"{day} 08:30", minutes=420) for n, day in enumerate(("monday",) * 3)
    ]
    assert not contradictions(a_week(meetings=sessions))


def test_a_week_of_meetings_beyond_forty_eight_hours_is_told() -> None:
    team = team_with(a_professional("AS01", windows=hours("07:30-12:30", "13:30-18:30")))
    names = ("monday", "tuesday", "wednesday", "thursday", "friday")

    def week(friday: int) -> Week:
        lengths = (600, 600, 600, 600, friday)
        found = [
            a_meeting(f"R{n}", f"{day} 07:30", lengths[n], people=["AS01"]) for n, day in enumerate(names)
        ]
        return a_week(professionals=team, meetings=found)

    assert not contradictions(week(480))  # 48 hours
    assert "en semaine 1" in told(week(485))


def test_a_site_closed_is_no_place_for_a_pin() -> None:
    site = a_site("MDS-A", "NORD", ["SECTEUR-1"], "A1", opening=hours("09:00-12:30"))
    week = pinned("AS01 tuesday 08:30", sites=[site, *a_week().sites[1:]])
    assert contradictions(week)
    assert time(9) == site.opening[0].start
