"""A département one of whose territories contradicts itself plans the others, and says which is left out."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from instances.departement import departement
from instances.figures import Load
from optimizer.check import judge
from optimizer.cli import run
from optimizer.contradictions import contradictions
from optimizer.engines.options import Options
from optimizer.files.week_writing import write_week
from optimizer.holding import week_of, what_holds
from optimizer.plan import LeftOut
from optimizer.solve import plan_week
from optimizer.week import Mission, Pin, Week
from tests import fake_engines
from tests.builders import SITES, TEAM, a_mission, a_service, a_week

WHOLE = departement(3, 1, Load.LOW, 5)


def twice_at_once(week: Week, territory: str) -> Week:
    """The week where someone of a territory is pinned on two follow-ups of the same hour."""
    own = f"{territory}-SECTEUR"
    person = next(one for one in week.professionals if one.service_ids == (own,) and one.profession == "AS")
    day = week.horizon.first_day + timedelta(days=3)
    asked = [one for one in week.missions if one.id.startswith(territory) and one.type == "SUIVI"]
    follow_ups = [one for one in asked if one.release <= day]
    start = datetime.combine(day, datetime.min.time()).replace(hour=10)
    pins = tuple(pinned(one, person.id, start) for one in follow_ups[:2])
    return Week.model_validate(week.model_copy(update={"pins": (*week.pins, *pins)}).model_dump())


def pinned(mission: Mission, person: str, start: datetime) -> Pin:
    return Pin(item_id=mission.id, professional_ids=(person,), start=start)


def test_a_territory_that_contradicts_itself_is_left_out_whole_and_by_name() -> None:
    week = twice_at_once(WHOLE, "T002")
    assert contradictions(week)
    holding = what_holds(week)
    assert holding is not None
    (left,) = holding.left_out
    assert left.services == ("T002-SECTEUR",)
    assert any("T002" in fact for fact in left.facts)
    assert not contradictions(holding.week)
    planned = {item.id for item in (*holding.week.missions, *holding.week.actions, *holding.week.meetings)}
    everything = {item.id for item in (*week.missions, *week.actions, *week.meetings)}
    assert planned | set(left.item_ids) == everything
    assert not planned & set(left.item_ids)
    assert {one.id for one in week.missions if one.id.startswith("T002") and one.id not in planned} == {
        id_ for id_ in left.item_ids if id_ in week.mission
    }


def test_the_others_keep_their_people_and_what_they_were_asked() -> None:
    week = twice_at_once(WHOLE, "T002")
    holding = what_holds(week)
    assert holding is not None
    for territory in ("T001", "T003"):
        asked = [one.id for one in week.missions if one.id.startswith(territory)]
        assert asked == [one.id for one in holding.week.missions if one.id.startswith(territory)]
    gone = {one.id for one in week.professionals} - {one.id for one in holding.week.professionals}
    assert gone == {one.id for one in week.professionals if one.service_ids == ("T002-SECTEUR",)}


def test_several_may_be_left_out() -> None:
    holding = what_holds(twice_at_once(twice_at_once(WHOLE, "T001"), "T003"))
    assert holding is not None
    assert [left.services for left in holding.left_out] == [("T001-SECTEUR",), ("T003-SECTEUR",)]


def test_nothing_is_left_of_a_week_that_does_not_divide() -> None:
    missions = [a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "SUIVI", "FAM1")]
    pins = [
        Pin(item_id=id_, professional_ids=("AS01",), start=datetime(2027, 3, 2, 10)) for id_ in ("M1", "M2")
    ]
    week = a_week(
        missions, pins=pins, services=[a_service("SECTEUR-1")], professionals=TEAM[:1], sites=SITES[:2]
    )
    assert contradictions(week)
    assert what_holds(week) is None


def test_the_plan_of_the_others_says_who_is_left_out_and_is_no_plan_of_the_whole() -> None:
    week = twice_at_once(WHOLE, "T002")
    holding = what_holds(week)
    assert holding is not None
    plan = plan_week(
        holding.week,
        Options(time_limit=60.0),
        engine=fake_engines.first_plans,
        left_out=holding.left_out,
    )
    assert plan.left_out == holding.left_out
    assert judge(holding.week, plan).passed
    assert not judge(week, plan).passed
    assert week_of(week, plan) == (holding.week, [])


def test_a_plan_that_says_wrongly_who_contradicts_itself_is_judged_as_one_of_the_whole() -> None:
    lying = LeftOut(services=("T001-SECTEUR",), facts=("x",), item_ids=("T001-M0001",))
    plan = fake_engines.nothing().model_copy(update={"left_out": (lying,)})
    for week, right in ((WHOLE, "aucune équipe"), (twice_at_once(WHOLE, "T002"), "T002-SECTEUR")):
        judged, claims = week_of(week, plan)
        assert judged is week
        (claim,) = claims
        assert "T001-SECTEUR" in claim and right in claim
    assert week_of(WHOLE, fake_engines.nothing()) == (WHOLE, [])


def test_the_others_sheets_are_written_from_the_plan_and_the_left_out_team_s_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    week_path, plan_path, sheet = tmp_path / "w.json", tmp_path / "p.json", tmp_path / "t1.html"
    write_week(twice_at_once(WHOLE, "T002"), week_path)
    options = ["--time-limit", "2", "--workers", "1", "--engine", "departement", "--quiet"]
    assert run(["plan", str(week_path), "-o", str(plan_path), *options]) == 1
    assert run(["check", str(week_path), str(plan_path), "-o", str(sheet), "--for", "T001-SECTEUR"]) == 0
    assert "T001-SECTEUR" in sheet.read_text()
    capsys.readouterr()
    lost = tmp_path / "t2.html"
    assert run(["plan", str(week_path), "-o", str(lost), *options, "--for", "T002-SECTEUR"]) == 1
    assert "se contredit" in capsys.readouterr().err
    assert not lost.exists()
    whole = tmp_path / "whole.html"
    assert run(["check", str(week_path), str(plan_path), "-o", str(whole), "--quiet"]) == 0
    page = whole.read_text()
    assert page.index("Laissé de côté") < page.index('class="sheet"')
