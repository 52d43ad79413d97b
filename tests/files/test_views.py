"""Who sees what: each form of each sector output is searched for what it must not tell."""

import io
import zipfile
from pathlib import Path

import pytest
from plan_samples import FORBIDDEN, FORBIDDEN_PEOPLE, trapped_plan, trapped_week

from optimizer.check import judge
from optimizer.errors import UnusableInput
from optimizer.files.shown import reference
from optimizer.files.views import EntryKind, view
from optimizer.files.writing import WRITERS, write_plan
from optimizer.plan import Plan
from tests.builders import a_mission, a_plan, a_row, a_week

SECTOR = ("SECTEUR", "CT01", "AS01", "+AS02", "CESF01")


def everything_in(path: Path) -> str:
    """All the bytes of a file as text, archives opened."""
    content = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return unfolded(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(name + unfolded(archive.read(name)) for name in archive.namelist())


def unfolded(content: bytes) -> str:
    return content.decode("utf-8").replace("\r\n ", "")


@pytest.mark.parametrize("ending", sorted(WRITERS))
@pytest.mark.parametrize("audience", SECTOR)
def test_a_sector_output_holds_no_household_evaluation_nor_contract(
    tmp_path: Path, audience: str, ending: str
) -> None:
    path = tmp_path / f"plan{ending}"
    write_plan(trapped_week(), trapped_plan(), path, audience)
    text = everything_in(path)
    if audience == "CT01":  # the referent list is the manager's
        text = text.replace("HH-NEUF-2", "")
    assert [word for word in (*FORBIDDEN, *FORBIDDEN_PEOPLE) if word in text] == []


@pytest.mark.parametrize("audience", SECTOR)
def test_an_evaluation_or_a_contract_more_changes_no_byte_of_a_sector_output(
    tmp_path: Path, audience: str
) -> None:
    week, plan = trapped_week(), trapped_plan()
    apart = ("EVAL-", "RSA-")
    without = plan.model_copy(
        update={
            "assignments": tuple(row for row in plan.assignments if not row.mission_id.startswith(apart)),
            "unserved": tuple(row for row in plan.unserved if not row.mission_id.startswith(apart)),
            "indicators": {},
        }
    )
    for ending in WRITERS:
        write_plan(week, plan, tmp_path / f"with{ending}", audience)
        write_plan(week, without, tmp_path / f"without{ending}", audience)
        assert (tmp_path / f"with{ending}").read_bytes() == (tmp_path / f"without{ending}").read_bytes()


@pytest.mark.parametrize("ending", sorted(WRITERS))
@pytest.mark.parametrize("audience", SECTOR)
def test_a_meeting_at_an_evaluation_site_does_not_name_it(tmp_path: Path, audience: str, ending: str) -> None:
    week, plan = trapped_week(), trapped_plan()
    away = {"site_id": "POLE-E", "room_id": "E9"}
    rows = [row.model_copy(update=away if row.mission_id == "R1" else {}) for row in plan.assignments]
    path = tmp_path / f"plan{ending}"
    write_plan(week, plan.model_copy(update={"assignments": tuple(rows)}), path, audience)
    assert "POLE-E" not in everything_in(path)
    shown = view(week, plan.model_copy(update={"assignments": tuple(rows)}), audience)
    (meeting,) = (entry for entry in shown.entries if entry.reference == reference("R1"))
    assert (meeting.site_id, meeting.room_id, meeting.place) == (None, None, "outside")


def test_support_to_parents_reads_as_any_other_interview() -> None:
    shown = view(trapped_week(), trapped_plan(), "SECTEUR")
    support, interview = (
        next(entry for entry in shown.entries if entry.reference == reference(name))
        for name in ("SOUTIEN-IP-9", "M1-HH-SUIVI-1")
    )
    for field in ("kind", "code", "label", "short", "item_id", "case_id", "minutes"):
        assert getattr(support, field) == getattr(interview, field)


def test_only_the_manager_reads_the_referent_list() -> None:
    week, plan = trapped_week(), trapped_plan()
    assert [row.case_id for row in view(week, plan, "CT01").referents] == ["HH-NEUF-2"]
    for audience in ("SECTEUR", "AS01", "EVALUATION", "CT02", "EV01"):
        assert view(week, plan, audience).referents == ()


def test_a_load_is_read_by_its_person_and_the_manager() -> None:
    week, plan = trapped_week(), trapped_plan()
    assert view(week, plan, "SECTEUR").loads == ()
    assert view(week, plan).loads == ()
    assert {load.professional_id for load in view(week, plan, "AS01").loads} == {"AS01"}
    assert {load.professional_id for load in view(week, plan, "CT01").loads} == {
        "AS01",
        "+AS02",
        "CESF01",
        "CT01",
    }


def test_an_appointment_during_reception_is_counted_once() -> None:
    first = view(trapped_week(), trapped_plan(), "AS01").loads[0]
    # 45 + 60 minutes of appointments; 240 of reception less the 60 held within it; Wednesday morning absent.
    assert (first.minutes["rendez-vous"], first.minutes["permanence"]) == (105, 180)
    assert first.paid == 5 * 480 - 240


def test_the_travel_of_a_load_is_what_the_judge_counts() -> None:
    visits = [
        a_mission("M1", "VAD", "FAM1", home_zone="SUD"),
        a_mission("M2", "VAD", "FAM1", home_zone="NORD"),
    ]
    week = a_week(visits)
    rows = [
        a_row("M1", "AS01", "tuesday 09:30", 60, place="home:SUD"),
        a_row("M2", "AS01", "wednesday 09:30", 60, place="home:NORD"),
    ]
    plan = a_plan(*rows)
    counted = [v.amount for v in judge(week, plan).preferences if v.rule == "travel time"]
    (load,) = view(week, plan, "AS01").loads
    assert load.minutes["trajets"] == sum(counted) > 0


def test_evaluators_read_their_rows_with_the_household() -> None:
    shown = view(trapped_week(), trapped_plan(), "EVALUATION")
    rows = [entry for entry in shown.entries if entry.kind is EntryKind.APPOINTMENT]
    assert [(row.item_id, row.case_id) for row in rows] == [("EVAL-VAD-3", "HH-DANGER-3")]
    assert {row.item_id for row in shown.unserved} == {"EVAL-CONC-3", "EVAL-RAPPORT-3"}


def test_contract_staff_read_nothing_of_the_accompaniment(tmp_path: Path) -> None:
    write_plan(trapped_week(), trapped_plan(), tmp_path / "plan.json", "CONTRAT")
    text = (tmp_path / "plan.json").read_text()
    assert "RSA-77" in text
    assert [word for word in ("M1-HH", "SOUTIEN", "EVAL", "DANGER", "AS01", "DEM-") if word in text] == []


def test_the_planner_reads_everything_marked_confidential(tmp_path: Path) -> None:
    for ending in (".json", ".csv", ".html", ".xlsx"):
        path = tmp_path / f"plan{ending}"
        write_plan(trapped_week(), trapped_plan(), path)
        text = everything_in(path)
        assert "réservé au planificateur" in text
        for word in ("HH-DANGER-3", "EVAL-VAD-3", "RSA-77", "SOUTIEN-IP-9"):
            assert word in text


def test_an_unknown_audience_names_what_exists() -> None:
    with pytest.raises(UnusableInput, match=r"SECTEUR.*AS01"):
        view(trapped_week(), trapped_plan(), "SECTEUR-SUD")


def test_a_plan_of_another_week_is_refused() -> None:
    plan = trapped_plan()
    stranger = plan.assignments[0].model_copy(update={"mission_id": "M999"})
    with pytest.raises(UnusableInput, match="M999"):
        view(trapped_week(), Plan(status=plan.status, assignments=(stranger,)), "SECTEUR")
