"""`rdv read` and `rdv write`, as they are typed, against a double on a real port."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from api.commands import register
from optimizer.files.plan_json import plan_json
from optimizer.files.reading import read_week
from optimizer.files.views import view
from optimizer.files.week_writing import write_week
from optimizer.plan import Plan, Provenance
from optimizer.usage import Group
from optimizer.week import Week
from tests.api.rdv.double import (
    OTHER_ORGANISATION,
    TOKEN,
    Double,
    a_motif,
    an_absence,
    an_rdv,
    leaks,
)
from tests.builders import a_meeting, a_plan, a_row, a_span, a_week, at, kept

DONE, UNUSABLE = 0, 2
TABLE: dict[str, Any] = {
    "agents": [
        {"professional_id": "AS01", "agent_id": 11},
        {"professional_id": "CESF01", "email": "agent_12@dep.exemple"},
    ],
    "motifs": [{"motif_id": 157, "type": "SUIVI"}],
    "lieux": [{"lieu_id": 97, "site_id": "MDS-A"}],
}
WEEK = a_week(
    meetings=[a_meeting("REUNION-FOYER")], absences=[a_span("AS01", "wednesday 00:00", "thursday 00:00")]
)
PLAN = a_plan(
    a_row("REUNION-FOYER", "AS01 CESF01", "tuesday 09:00", 120, site="MDS-A"),
    kept("writing", "AS01", "monday 08:30", 90),
    kept("collective", "AS01", "monday 10:00", 120),
    kept("reception", "CESF01", "monday 08:30", 240),
)
app = typer.Typer(cls=Group)
register(app)


class Desk:
    """A folder with a week, its table and its plan, and the commands."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.week, self.table, self.plan = (
            folder / "semaine.json",
            folder / "table.json",
            folder / "plan.json",
        )
        self.output = folder / "complete.json"
        self.put(WEEK)
        self.told(TABLE)

    def put(self, week: Week, plan: Plan = PLAN) -> None:
        """Have this week, and this plan of it."""
        write_week(week, self.week)
        self.plan.write_bytes(plan_json(view(week, plan, None)))

    def told(self, table: dict[str, Any]) -> None:
        """Have this table."""
        self.table.write_text(json.dumps(table), encoding="utf-8")

    def read(self, *more: str) -> tuple[int, str]:
        """`rdv read`: its exit code and all that it says."""
        return self.run("read", str(self.week), "--table", str(self.table), "-o", str(self.output), *more)

    def write(self, *more: str) -> tuple[int, str]:
        """`rdv write`."""
        return self.run("write", str(self.week), "--table", str(self.table), *more)

    def run(self, *arguments: str) -> tuple[int, str]:
        """A command."""
        code = app(["rdv", *arguments], standalone_mode=False)
        said = self._capsys.readouterr()
        text = said.out + said.err
        assert leaks(text) == [] and TOKEN not in text and "Traceback" not in text
        return code if isinstance(code, int) else DONE, text


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk of one's own."""
    return Desk(tmp_path, capsys)


def intervals(double: Double) -> list[tuple[int, str, str, str]]:
    """The absences there: whose, from when to when, and the title."""
    return sorted(
        (
            one["agent"]["id"],
            f"{one['first_day']} {one['start_time']}",
            f"{one['end_day']} {one['end_time']}",
            one["title"],
        )
        for one in double.absences
    )


# ------------------------------------------------------------ read


def test_a_week_is_read_and_no_person_with_it(double: Double, desk: Desk) -> None:
    double.rdvs += [
        an_rdv(n, "2026-01-06 14:00:00 +0100", "2026-01-06 14:45:00 +0100", 11) for n in range(1, 102)
    ]
    double.rdvs.append(an_rdv(200, "2026-01-08 09:00:00 +0100", "2026-01-08 10:00:00 +0100", 12))
    double.absences.append(an_absence(5, 12, "2026-01-09", "08:30", "17:30"))
    double.answers.append((429, {"Retry-After": "0"}, '{"errors": ["Quidam"]}'))
    code, said = desk.read()
    assert (code, "2 occupations, 1 absences de plus" in said) == (DONE, True)
    week = read_week(desk.output).week
    assert [(one.professional_id, one.start) for one in week.busy] == [
        ("AS01", at("tuesday 14:00")),
        ("CESF01", at("thursday 09:00")),
    ]
    assert [one.professional_id for one in week.absences] == ["AS01", "CESF01"]
    assert "Agents sans ligne dans la table, laissés de côté : 13." in said
    written = [path.read_bytes() for path in desk.folder.iterdir() if path != desk.table]
    assert leaks(*written) == [] and double.written == []


def test_a_week_is_read_of_some_organisations_alone(double: Double, desk: Desk) -> None:
    double.motifs.append(a_motif(999))
    desk.told(TABLE | {"organisation_ids": [OTHER_ORGANISATION]})
    code, said = desk.read("--json", "--quiet")
    answer = json.loads(said)
    assert (code, answer["busy"]) == (DONE, 0)
    assert "999" not in said and "/organisations" not in {path for _, path, _ in double.calls}


def test_a_folder_of_tables_is_read_as_well(double: Double, desk: Desk) -> None:
    folder = desk.folder / "tables"
    write_week(WEEK, folder)
    desk.week = folder
    double.rdvs.append(an_rdv(1, "2026-01-06 14:00:00 +0100", "2026-01-06 14:45:00 +0100", 11))
    assert desk.read("--quiet")[0] == DONE
    assert len(read_week(desk.output).week.busy) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"autre": 1}, "/autre : champ inconnu"),
        ({"agents": []}, "/agents"),
        ({"agents": [{"professional_id": "AS01"}]}, "/agents/0 : ni agent_id ni email"),
        ({"agents": [{"professional_id": "AS1", "agent_id": 11}]}, "peut-être « AS01 »"),
        ({"agents": [{"professional_id": "AS01", "email": "quidam"}]}, "/agents/0/email"),
        ({"agents": [{"professional_id": "AS01", "agent_id": 11}] * 2}, "la ligne 2 en répète une autre"),
        ({"motifs": [{"motif_id": 157, "type": "SUIVII"}]}, "peut-être « SUIVI »"),
        ({"lieux": [{"lieu_id": 97, "site_id": "MDS"}]}, "/lieux/0/site_id"),
        ({"lieux": [{"lieu_id": 97, "site_id": "MDS-A", "room_id": "B1"}]}, "une salle du site MDS-A"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(
    double: Double, desk: Desk, changed: dict[str, Any], told: str
) -> None:
    desk.told(TABLE | changed)
    code, said = desk.read()
    assert (code, "table.json" in said, told in said) == (UNUSABLE, True, True), said
    assert double.calls == [] and not desk.output.exists()


def test_a_call_that_fails_is_told_and_nothing_is_written(double: Double, desk: Desk) -> None:
    double.answers.append((500, {}, "Quidam"))
    code, said = desk.read()
    assert (code, "GET /organisations, page 1 : une réponse 500" in said) == (UNUSABLE, True)
    assert not desk.output.exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("complete.xlsx", "les salles qui sont prises"),
        ("table.json", "qui est la table"),
        ("semaine.json", "c'est la semaine elle-même"),
    ],
)
def test_what_would_lose_something_is_not_written(double: Double, desk: Desk, name: str, told: str) -> None:
    desk.output = desk.folder / name
    before = desk.week.read_bytes(), desk.table.read_bytes()
    code, said = desk.read()
    assert (code, told in said, double.calls) == (UNUSABLE, True, [])
    assert (desk.week.read_bytes(), desk.table.read_bytes()) == before


def test_nothing_is_read_without_an_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLYVALENCE_RDV_URL", raising=False)
    code, said = desk.read()
    assert (code, "POLYVALENCE_RDV_URL" in said) == (UNUSABLE, True)


# ------------------------------------------------------------ write

OURS = "Indisponible [pv]"
# 8:30 writing then collective is one stretch to 12:00; the whole Wednesday ends a minute before midnight;
# reception is time when people are received
WRITTEN = [
    (11, "2026-01-05 08:30:00", "2026-01-05 12:00:00", OURS),
    (11, "2026-01-06 09:00:00", "2026-01-06 11:00:00", OURS),
    (11, "2026-01-07 00:00:00", "2026-01-07 23:59:00", OURS),
    (12, "2026-01-06 09:00:00", "2026-01-06 11:00:00", OURS),
]


def test_what_a_plan_keeps_is_written_once(double: Double, desk: Desk) -> None:
    code, said = desk.write("--plan", str(desk.plan))
    assert (code, "4 à créer, fait" in said) == (DONE, True)
    assert intervals(double) == WRITTEN
    calls = len(double.written)
    assert desk.write("--plan", str(desk.plan)) == (DONE, "Indisponibilités : rien à changer\n")
    assert (intervals(double), len(double.written)) == (WRITTEN, calls)


def test_what_is_written_says_nothing_of_what_it_is_for(double: Double, desk: Desk) -> None:
    desk.write("--plan", str(desk.plan))
    sent = [body for method, _, body in double.calls if method == "POST"]
    assert {name for body in sent for name in body} == {
        "agent_id",
        "title",
        "first_day",
        "start_time",
        "end_day",
        "end_time",
    }
    assert {body["title"] for body in sent} == {OURS}
    assert "FOYER" not in json.dumps(sent)


def test_another_plan_moves_and_removes_what_was_written(double: Double, desk: Desk) -> None:
    desk.write("--plan", str(desk.plan))
    ids = [one["id"] for one in double.absences]
    moved = a_plan(
        a_row("REUNION-FOYER", "AS01 CESF01", "tuesday 09:00", 120, site="MDS-A"),
        kept("writing", "AS01", "friday 14:00", 60),
    )
    desk.put(a_week(meetings=WEEK.meetings), moved)
    code, said = desk.write("--plan", str(desk.plan))
    # AS01: Monday's stretch goes to Friday, Wednesday is free again
    assert (code, "1 à déplacer, 1 à retirer, fait" in said) == (DONE, True)
    assert intervals(double) == [
        WRITTEN[1],
        (11, "2026-01-09 14:00:00", "2026-01-09 15:00:00", OURS),
        WRITTEN[3],
    ]
    assert {one["id"] for one in double.absences} <= set(ids)


def test_what_others_wrote_is_neither_touched_nor_doubled(double: Double, desk: Desk) -> None:
    theirs = an_absence(5, 11, "2026-01-05", "08:00", "11:00")
    other = an_absence(6, 13, "2026-01-05", "08:00", "11:00") | {"title": OURS}
    before = an_absence(7, 11, "2026-01-02", "08:00", "11:00") | {"title": OURS}
    double.absences += [theirs, other, before]
    assert desk.write("--plan", str(desk.plan))[0] == DONE
    assert [one for one in (theirs, other, before) if one not in double.absences] == []
    assert (11, "2026-01-05 11:00:00", "2026-01-05 12:00:00", OURS) in intervals(double)


@pytest.mark.usefixtures("double")
def test_what_was_written_is_no_absence_of_the_next_week_that_is_read(desk: Desk) -> None:
    desk.write("--plan", str(desk.plan))
    assert desk.read()[0] == DONE
    assert read_week(desk.output).week == WEEK


def test_absences_are_written_without_a_plan(double: Double, desk: Desk) -> None:
    assert desk.write()[0] == DONE
    assert intervals(double) == [WRITTEN[2]]


def test_a_rehearsal_tells_and_writes_nothing(double: Double, desk: Desk) -> None:
    code, said = desk.write("--plan", str(desk.plan), "--dry-run")
    assert (code, double.written) == (DONE, [])
    assert "créer  AS01  05/01/2026 08:30 – 05/01/2026 12:00" in said and "4 à créer" in said
    answer = json.loads(desk.write("--plan", str(desk.plan), "--dry-run", "--json")[1])
    assert (answer["dry_run"], len(answer["changes"])) == (True, 4)
    assert answer["changes"][0]["start"] == "2026-01-05T08:30:00+01:00"


def test_the_plan_of_another_week_is_not_written(double: Double, desk: Desk) -> None:
    provenance = Provenance(
        product_version="0",
        solver_version="0",
        engine="none",
        seed=0,
        time_limit_seconds=1,
        deterministic=False,
        workers=1,
        week_hash="0" * 64,
        plan_hash="0" * 64,
        seconds=1,
    )
    desk.put(WEEK, PLAN.model_copy(update={"provenance": provenance}))
    code, said = desk.write("--plan", str(desk.plan))
    assert (code, "un plan calculé pour une autre version" in said) == (UNUSABLE, True)
    assert double.calls == []


def test_a_writing_that_stops_says_how_far_it_went(double: Double, desk: Desk) -> None:
    double.writes_left = 1
    code, said = desk.write("--plan", str(desk.plan))
    assert code == UNUSABLE
    assert "POST /absences : une demande refusée (422)" in said and "1 absences écrites sur 4" in said
    double.writes_left = None
    assert "3 à créer, fait" in desk.write("--plan", str(desk.plan))[1]
    assert intervals(double) == WRITTEN
