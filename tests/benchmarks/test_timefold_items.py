"""What Timefold is asked, and what becomes of its choices: no Java here."""

import json

import pytest

from benchmarks.peers.timefold import contender, solver
from benchmarks.peers.timefold.deciding import Choice, decided
from benchmarks.peers.timefold.items import Item, Option, Part
from benchmarks.peers.timefold.writing import as_json
from benchmarks.peers.timing import in_groups, timed_plan
from optimizer.check import judge
from optimizer.engines.options import Options
from optimizer.organisation import Organisation
from optimizer.week import Week
from tests.builders import (
    MONDAY,
    a_meeting,
    a_mission,
    a_need,
    a_professional,
    a_request,
    a_week,
    an_action,
    team_with,
)

QUICK = Options(time_limit=10)


def one_mission(week: Week, name: str) -> Item:
    """The item of a mission."""
    return next(item for item in Part(week).items if item.id == name)


def judged(week: Week, chosen: dict[str, int]) -> int:
    """What a plan costs at level 1, in tenths, when some items take their option of that rank, the others
    none."""
    part = Part(week)
    choice = Choice([chosen.get(item.id, -1) for item in part.items])
    verdict = judge(week, timed_plan(part.board, decided([(part, choice)]), QUICK))
    assert verdict.passed
    return verdict.value("commitments")


def test_an_option_is_priced_by_its_day_and_its_people() -> None:
    # due on Monday: Tuesday costs 60, Wednesday 65; ES01 is possible and not core (4), nor the referent (6)
    item = one_mission(a_week(missions=[a_mission("M1", "SUIVI", case_id="FAM1", due=MONDAY)]), "M1")
    prices = {(option.people, option.slots[0]): option for option in item.options}
    assert [prices[("AS01",), slot].commitments for slot in (0, 1, 2, 4)] == [0, 0, 600, 650]
    assert prices[("AS01",), 0].preferences == 0
    assert prices[("ES01",), 0].preferences == 100
    assert item.unplaced == 600 + 4 * 50


def test_a_pair_of_evaluators_has_two_professions() -> None:
    third = a_professional("EV03", "AS", "EVAL-1", "POLE-E")
    week = a_week(missions=[a_mission("I1", "IP_VAD", case_id="FAM1")], professionals=team_with(third))
    # EV01 and EV03 are both AS: EV02 is in every pair. Without its home meeting the evaluation pays 150
    pairs = {option.people for option in one_mission(week, "I1").options}
    assert pairs == {("EV01", "EV02"), ("EV02", "EV03")}
    assert one_mission(week, "I1").unplaced == 1000 + 1500


def test_a_report_is_written_in_one_part_or_in_two_half_days() -> None:
    item = one_mission(a_week(missions=[a_mission("I4", "IP_ECR", case_id="FAM1")]), "I4")
    # 240 minutes fit in a half-day of four hours; for each of two evaluators 10 half-days, 45 couples of them
    assert len(item.options) == 2 * (10 + 45)
    assert {tuple(load.minutes for load in option.loads) for option in item.options} == {(240,), (120, 120)}


def test_leaders_prepare_in_the_half_day_before() -> None:
    item = one_mission(a_week(actions=[an_action("A1", preparation=60)]), "A1")
    option = item.options[0]
    # nothing comes before Monday morning: the first half-day is Monday afternoon
    assert option.slots == [1]
    assert {load.key[1] for load in option.loads[len(option.held) :]} == {0}


def test_a_part_is_written_as_whole_numbers() -> None:
    week = a_week(
        missions=[a_request("R1")], reception=[a_need("monday", morning=1)], meetings=[a_meeting("R")]
    )
    (part,) = json.loads(as_json([Part(week)]))
    assert len(part["cells"]) == 70
    assert [item["minutes"] for item in part["items"]] == [60, *[120] * 4, 240]
    assert all(isinstance(number, int) for item in part["items"] for row in item["options"] for number in row)


def test_what_is_chosen_is_held_and_what_is_not_waits() -> None:
    week = a_week(missions=[a_mission("I1", "IP_VAD", case_id="FAM1", due=MONDAY)])
    assert judged(week, {"I1": 0}) == 0
    # due on Monday and done on the next one: five working days late, and no home meeting
    assert judged(week, {}) == 5 * 1000 + 1500


def test_quotas_are_kept_in_what_is_left() -> None:
    shares = Organisation(collective_share_percent=8, writing_share_percent=39)
    assert judged(a_week(organisation=shares), {}) == 0


def test_a_duty_and_its_requests_share_a_half_day() -> None:
    week = a_week(missions=[a_request("R1")], reception=[a_need("monday", morning=1)])
    assert judged(week, {"R1": 0, "MDS-A": 0}) == 0


def test_people_are_timed_together_when_they_use_the_same_rooms() -> None:
    # in one half-day they may lack a room, in two half-days they cannot
    week = a_week(missions=[a_request("R1", "MDS-B"), a_request("R2", "MDS-B")])
    part = Part(week)
    first, second = part.items

    def at(item: Item, person: str, slot: int) -> int:
        asked = (person,), [slot]
        return next(n for n, one in enumerate(item.options) if (one.people, one.slots) == asked)

    together = decided([(part, Choice([at(first, "AS01", 0), at(second, "ES01", 0)]))])
    apart = decided([(part, Choice([at(first, "AS01", 0), at(second, "ES01", 1)]))])
    assert len(in_groups(together)) == len(in_groups(apart)) - 1
    assert judge(week, timed_plan(part.board, together, QUICK)).passed


def test_without_java_or_the_package_there_is_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver.shutil, "which", lambda _name: None)
    answer = contender.plan(a_week(), 10)
    assert answer.plan is None
    assert answer.note.startswith("skipped: no JDK")


def test_an_option_knows_who_holds_it() -> None:
    assert Option(()).people == ()
