"""What happened since a plan was published: the week that it makes, and what is refused with a word."""

from datetime import timedelta

import pytest

from optimizer.errors import UnusableInput
from optimizer.events import (
    Absent,
    Added,
    Dropped,
    Event,
    HandsOver,
    Lasts,
    Leaves,
    MeetingMoved,
    Missed,
    RoomClosed,
    changed_by,
    start_of_day,
)
from optimizer.hashes import hash_of_week
from optimizer.week import Week
from tests.builders import MONDAY, a_meeting, a_mission, a_plan, a_request, a_row, a_week, an_action, at, day

NOW = at("tuesday 08:00")
WEEK = a_week(
    [a_mission("M1", "SUIVI", "FAM1", 60), a_mission("M2", "SUIVI", "FAM1", 60)],
    meetings=[a_meeting("R1", "thursday 09:00")],
    actions=[an_action("G1")],
)
PLAN = a_plan(
    a_row("M1", "AS01", "monday 09:00", 60, site="MDS-A", room="A1"),
    a_row("M2", "AS01", "wednesday 09:00", 60, site="MDS-A", room="A1"),
)


def after(*events: Event) -> Week:
    """The week after some events."""
    return changed_by(WEEK, PLAN, events, NOW).week


def test_an_absence_has_no_motive() -> None:
    (span,) = after(Absent("AS01", at("wednesday 08:30"), at("wednesday 17:30"))).absences
    assert (span.professional_id, span.start, span.end) == (
        "AS01",
        at("wednesday 08:30"),
        at("wednesday 17:30"),
    )


def test_what_is_past_is_said_by_the_week() -> None:
    assert after().horizon.now == NOW


def test_a_week_that_was_never_planned_again_keeps_its_hash() -> None:
    assert "now" not in WEEK.model_dump()["horizon"]
    assert hash_of_week(WEEK) == hash_of_week(Week.model_validate(WEEK.model_dump()))
    assert hash_of_week(after()) != hash_of_week(WEEK)


def test_missions_come_go_and_last() -> None:
    changed = changed_by(WEEK, PLAN, [Added(a_request("D1")), Dropped("G1"), Lasts("M2", 90)], NOW)
    assert "D1" in changed.week.mission
    assert not changed.week.actions
    assert changed.week.mission["M2"].duration_minutes == 90
    assert changed.items == {"D1", "G1", "M2"}


def test_a_missed_appointment_is_to_be_placed_from_now_on() -> None:
    mission = after(Missed("M1")).mission["M1"]
    assert (mission.release, mission.due) == (NOW.date(), day("friday"))
    assert mission.case_id == "FAM1"


def test_a_meeting_moves_with_its_dates() -> None:
    meeting = after(MeetingMoved("R1", at("friday 14:00"))).meeting["R1"]
    assert meeting.fixed_start == at("friday 14:00")
    assert meeting.release <= day("friday") <= meeting.due


def test_a_room_closes_and_someone_leaves() -> None:
    week = after(RoomClosed("A1"), Leaves("AS01", day("wednesday")))
    (room,) = (room for site in week.sites for room in site.rooms if room.id == "A1")
    assert room.is_open(at("monday 09:00"), NOW)
    assert not room.is_open(NOW, at("tuesday 08:05"))
    assert not room.is_open(at("friday 09:00"), at("friday 10:00"))
    assert week.professional["AS01"].departure == day("wednesday")


def test_a_room_closes_for_some_time() -> None:
    week = after(RoomClosed("A1", at("wednesday 09:00"), at("wednesday 12:00")))
    (room,) = (room for site in week.sites for room in site.rooms if room.id == "A1")
    assert room.is_open(at("wednesday 08:00"), at("wednesday 09:00"))
    assert not room.is_open(at("wednesday 11:55"), at("wednesday 12:30"))
    assert room.is_open(at("wednesday 12:00"), at("wednesday 12:30"))


def test_someone_hands_their_households_over_and_stays() -> None:
    person = after(HandsOver("AS01")).professional["AS01"]
    assert person.hands_over
    assert person.departure is None
    assert "hands_over" not in WEEK.professional["AS01"].model_dump()


def test_an_absence_begins_after_what_is_under_way() -> None:
    event = Absent("AS01", at("wednesday 09:30"), at("wednesday 17:30"))
    (span,) = changed_by(WEEK, PLAN, [event], at("wednesday 09:30")).week.absences
    assert span.start == at("wednesday 10:00")


def test_an_instant_out_of_the_horizon_is_refused() -> None:
    with pytest.raises(UnusableInput, match="hors de la période"):
        changed_by(WEEK, PLAN, [Dropped("G1")], at("monday 08:00", 60))


def test_a_meeting_moves_to_an_hour_when_somebody_works() -> None:
    with pytest.raises(UnusableInput, match="où personne d'invité ne travaille"):
        after(MeetingMoved("R1", at("friday 03:00")))


def test_an_appointment_that_has_not_begun_is_not_missed() -> None:
    with pytest.raises(UnusableInput, match="qui commence le"):
        after(Missed("M2"))


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Absent("XX", at("wednesday 08:30"), at("wednesday 17:30")), "« XX », que la semaine ne connaît pas"),
        (Absent("AS01", at("monday 08:30"), at("monday 17:30")), "qui est passé"),
        (Absent("AS01", at("friday 17:30"), at("friday 08:30")), "une fin après le début"),
        (Absent("AS01", at("monday 08:30", 3), at("monday 17:30", 3)), "hors de la période"),
        (Leaves("AS01", MONDAY), "qui est passé"),
        (Leaves("XX", day("friday")), "que la semaine ne connaît pas"),
        (Added(a_request("M1")), "déjà dans la semaine"),
        (Dropped("XX"), "que la semaine ne connaît pas"),
        (Dropped("M1"), "qui a commencé le 05/01 à 09:00"),
        (Lasts("XX", 60), "que la semaine ne connaît pas"),
        (Missed("G1"), "que la semaine ne connaît pas"),
        (MeetingMoved("XX", at("friday 14:00")), "que la semaine ne connaît pas"),
        (MeetingMoved("R1", at("monday 14:00")), "qui est passé"),
        (RoomClosed("XX"), "que la semaine ne connaît pas"),
        (RoomClosed("A1", at("monday 08:30"), at("monday 17:30")), "qui est passé"),
        (RoomClosed("A1", at("friday 17:30"), at("friday 08:30")), "une fin après le début"),
    ],
)
def test_an_event_that_cannot_be_is_refused(event: Event, words: str) -> None:
    with pytest.raises(UnusableInput, match=words):
        after(event)


def test_every_wrong_event_is_told_at_once() -> None:
    with pytest.raises(UnusableInput) as raised:
        after(Dropped("XX"), RoomClosed("YY"))
    assert len(raised.value.problems) == 2


def test_a_missed_appointment_was_one() -> None:
    with pytest.raises(UnusableInput, match="que le plan ne place pas"):
        changed_by(WEEK, a_plan(), [Missed("M1")], NOW)


def test_a_mission_that_the_week_cannot_hold_is_refused() -> None:
    with pytest.raises(UnusableInput):
        after(Added(a_mission("X1", "SUIVI", "NOBODY")))


def test_the_day_begins_at_midnight() -> None:
    assert start_of_day(MONDAY) + timedelta(hours=9) == at("monday 09:00")
