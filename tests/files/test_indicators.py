"""The R codes of a plan, derived by hand on the trapped week."""

import json

from plan_samples import at, trapped_plan, trapped_week

from optimizer.indicators import indicators
from optimizer.plan import Assignment, Reason
from optimizer.sentences import INDICATORS, REASONS, RESERVATIONS, STATUSES
from optimizer.week import Meeting, Week


def figures() -> dict[str, object]:
    return indicators(trapped_week(), trapped_plan())


def test_indicators_are_json_and_name_no_household_nor_person_but_for_training() -> None:
    told = {code: found for code, found in figures().items() if code != "H3.1_training_days_missing"}
    text = json.dumps(told, allow_nan=False)
    assert [word for word in ("HH-", "AS01", "CESF01", "EV01") if word in text] == []


def test_every_key_begins_with_a_code() -> None:
    assert [key for key in figures() if key[0] not in "HRS" or "_" not in key] == []


def test_evaluations_late_are_a_share() -> None:
    # One household evaluated; its report was due on 15/01 and counts as done on 25/01.
    found = figures()
    assert (found["R2.7_evaluations"], found["R2.7_evaluations_late"], found["R2.7_share_late"]) == (
        1,
        1,
        1.0,
    )


def test_hours_freed_count_both_people_of_a_pair() -> None:
    # P1: two contracts of 60 minutes. P2: 2 × 120 + 2 × 60 + 240 minutes = 10 h.
    assert figures()["R2.7_hours_freed"] == {"P1": 2.0, "P2": 10.0}


def test_collective_hours_against_the_quota() -> None:
    # Held: two leaders for 2 h. Reserved: 1 h. Quota: 8 % of 40 h, cut at 5 minutes, is 190 minutes a week;
    # AS01 is away for 4 h in the first one: 170. So 8 × 190 - 20 = 1,500 minutes.
    found = figures()["R3_collective_hours"]
    assert isinstance(found, dict)
    assert (found["held"], found["reserved"], found["quota"]) == (4.0, 1.0, 25.0)


def test_training_days_missing_are_told_by_person() -> None:
    # Four of the sector team, 3 days a year each; the day session gives 1 to AS01; CESF01 already has 3.
    week, plan = trapped_week(), trapped_plan()
    session = Meeting.model_validate(week.meetings[0].model_dump() | {"id": "F1", "seats": 4})
    team = tuple(
        one.model_copy(update={"isic_days_done": 3 if one.id == "CESF01" else 0})
        for one in week.professionals
    )
    week = Week.model_validate(
        week.model_dump() | {"professionals": team, "meetings": (*week.meetings, session)}
    )
    rows = (
        Assignment(mission_id="F1", professional_ids=("AS01",), place="outside", start=start, end=end)
        for start, end in ((at(1, "08:30"), at(1, "12:30")), (at(1, "13:30"), at(1, "16:30")))
    )
    plan = plan.model_copy(update={"assignments": (*plan.assignments, *rows)})
    found = indicators(week, plan)
    assert found["H3.1_training_days_missing"] == {"+AS02": 3.0, "AS01": 2.0, "CT01": 3.0}
    assert found["H3.1_training_days"] == {"quota": 12, "missing": 8.0}


def test_delays_of_requests_by_site_and_class() -> None:
    # Received on Friday 08/01: done on Tuesday 12/01 is 2 working days, queued to Monday 25/01 is 11.
    found = figures()
    assert found["R4.7_delay_median_days"] == {"MDS-A": {"ordinary": 11, "priority": 2}}
    assert (found["R4.7_waiting"], found["R4.7_share_without_reason"]) == (1, 0.5)


def test_core_share_by_profession() -> None:
    # CESF01 led a group (core). PUER made the home meeting (core).
    found = figures()["R5.2_core_share"]
    assert isinstance(found, dict)
    assert (found["CESF"], found["PUER"]) == (1.0, 1.0)


def test_every_code_has_its_sentences() -> None:
    assert set(REASONS) == set(Reason)
    assert all(text for row in REASONS.values() for text in (row.french, row.english, row.remedy_french))
    assert len(RESERVATIONS) == 6 and len(STATUSES) == 4


def test_every_indicator_has_its_words() -> None:
    assert set(figures()) == set(INDICATORS)
