"""The week that appointments, absences and opening windows make of another."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from api.rdv.entities import Absence, Agent, Lieu, Motif, PlageOuverture, Rdv
from api.rdv.heard import ELSEWHERE
from api.rdv.received import Parsed, Received
from api.rdv.table import AgentRow, LieuRow, MotifRow, RdvTable
from api.rdv.week import week_with
from optimizer.errors import UnusableInput
from optimizer.files.week_json import week_json
from optimizer.week import Horizon, Week
from tests.api.rdv.double import a_lieu, a_motif, a_plage, an_absence, an_agent, an_rdv, leaks
from tests.builders import a_mission, a_professional, a_span, a_week, at, hours, team_with

TABLE = RdvTable(
    agents=(
        AgentRow(professional_id="AS01", agent_id=11),
        AgentRow(professional_id="CESF01", email="agent_12@DEP.exemple"),
        AgentRow(professional_id="EV01", agent_id=21),
    ),
    motifs=(MotifRow(motif_id=157, type="SUIVI"), MotifRow(motif_id=158, type="CONTRAT")),
    lieux=(LieuRow(lieu_id=97, site_id="MDS-A"), LieuRow(lieu_id=98, site_id="MDS-A", room_id="A1")),
)
BASE = a_week()
MODELS = {
    "agents": Agent,
    "motifs": Motif,
    "lieux": Lieu,
    "rdvs": Rdv,
    "absences": Absence,
    "plages": PlageOuverture,
}
Json = dict[str, Any]


def received(**rows: list[Json]) -> Received:
    """What is kept of documents; the agents of the table are known."""
    parsed = Parsed()
    found = {name: parsed.all_of(MODELS[name], rows.get(name, [])) for name in MODELS}
    found["agents"] = parsed.all_of(Agent, rows.get("agents", [an_agent(one) for one in (11, 12, 21)]))
    return Received(**found, unread=tuple(parsed.unread))  # type: ignore[arg-type]


def read(base: Week = BASE, **rows: list[Json]) -> tuple[Week, list[str]]:
    """The week, and what is told beside what the base tells by itself."""
    found = week_with(base, TABLE, received(**rows), "semaine.json")
    assert leaks(week_json(found.week), *found.warnings) == []
    usual = week_with(base, TABLE, received(), "semaine.json").warnings
    return found.week, [one for one in found.warnings if one not in usual]


def monday_in(first_day: str) -> Week:
    """The base, another week of the year."""
    fields = {name: getattr(BASE, name) for name in Week.model_fields}
    horizon = Horizon(first_day=date.fromisoformat(first_day), weeks=1)
    return Week.model_validate(fields | {"horizon": horizon})


def spans(spans_: Any) -> set[tuple[str, datetime, datetime]]:
    return {(one.professional_id, one.start, one.end) for one in spans_}


# ------------------------------------------------------------ appointments


def test_an_appointment_makes_its_agents_busy() -> None:
    rdv = an_rdv(1, "2026-01-06 09:00:00 +0100", "2026-01-06 09:45:00 +0100", 11, 12)
    week, told = read(rdvs=[rdv])
    when = at("tuesday 09:00"), at("tuesday 09:45")
    assert spans(week.busy) == {("AS01", *when), ("CESF01", *when)}
    assert (week.missions, told) == (BASE.missions, [])


@pytest.mark.parametrize(
    ("status", "is_busy"),
    [("unknown", True), ("seen", True), ("noshow", True), ("excused", False), ("revoked", False)],
)
def test_a_cancelled_appointment_leaves_its_time(status: str, is_busy: bool) -> None:
    rdv = an_rdv(1, "2026-01-06 09:00:00 +0100", "2026-01-06 09:45:00 +0100", 11, status=status)
    assert bool(read(rdvs=[rdv])[0].busy) is is_busy


def test_appointments_that_overlap_or_touch_are_one_stretch() -> None:
    rdvs = [
        an_rdv(n, f"2026-01-06 {start}:00 +0100", f"2026-01-06 {end}:00 +0100", 11)
        for n, (start, end) in enumerate((("09:00", "10:00"), ("09:30", "09:45"), ("10:00", "10:30")), 1)
    ]
    week, _ = read(rdvs=rdvs)
    assert spans(week.busy) == {("AS01", at("tuesday 09:00"), at("tuesday 10:30"))}


def test_an_appointment_off_the_grid_takes_whole_steps() -> None:
    # 9:02 to 9:31 with seconds takes 9:00 to 9:35
    rdv = an_rdv(1, "2026-01-06 09:02:30 +0100", "2026-01-06 09:31:00 +0100", 11)
    week, _ = read(rdvs=[rdv])
    assert spans(week.busy) == {("AS01", at("tuesday 09:00"), at("tuesday 09:35"))}


def test_what_is_out_of_the_horizon_is_left() -> None:
    rdvs = [
        an_rdv(1, "2026-01-04 23:00:00 +0100", "2026-01-05 00:00:00 +0100", 11),
        an_rdv(2, "2026-01-12 00:00:00 +0100", "2026-01-12 09:00:00 +0100", 11),
    ]
    assert read(rdvs=rdvs)[0] == BASE


def test_an_instant_is_on_the_clock_of_paris_whatever_its_offset() -> None:
    # the clocks changed on Sunday 29 March 2026: 9:00 in Paris is 7:00 UTC from then on
    base = monday_in("2026-03-30")
    rdvs = [
        an_rdv(1, "2026-03-30 09:00:00 +0200", "2026-03-30 09:30:00 +0200", 11),
        an_rdv(2, "2026-03-31T07:00:00.000Z", "2026-03-31T07:30:00.000Z", 11),
        an_rdv(3, "2026-04-01 07:00:00 UTC", "2026-04-01 07:30:00 UTC", 11),
    ]
    week, _ = read(base, rdvs=rdvs)
    assert [one.start.time().isoformat() for one in week.busy] == ["09:00:00"] * 3


def test_an_appointment_in_the_hour_that_comes_twice_still_takes_time() -> None:
    base = monday_in("2026-10-19")  # Sunday 25: 2:50 summer time to 2:20 winter time is half an hour
    rdv = an_rdv(1, "2026-10-25 02:50:00 +0200", "2026-10-25 02:20:00 +0100", 11)
    (busy,) = read(base, rdvs=[rdv])[0].busy
    assert busy.end > busy.start


def test_a_place_with_a_room_takes_that_room() -> None:
    rdvs = [
        an_rdv(1, "2026-01-06 09:00:00 +0100", "2026-01-06 09:45:00 +0100", 11, lieu=98),
        an_rdv(2, "2026-01-06 09:30:00 +0100", "2026-01-06 10:00:00 +0100", 12, lieu=98),
        an_rdv(3, "2026-01-06 14:00:00 +0100", "2026-01-06 15:00:00 +0100", 12, lieu=97),
    ]
    week, _ = read(rdvs=rdvs)
    closed = {room.id: room.closed for site in week.sites for room in site.rooms if room.closed}
    assert [(one.start, one.end) for one in closed.pop("A1")] == [(at("tuesday 09:00"), at("tuesday 10:00"))]
    assert closed == {}


# ------------------------------------------------------------ absences


def test_an_absence_of_several_days_goes_from_its_first_hour_to_its_last() -> None:
    away = an_absence(5, 11, "2026-01-06", "14:00", "12:00", end_day="2026-01-08")
    week, _ = read(absences=[away])
    assert spans(week.absences) == {("AS01", at("tuesday 14:00"), at("thursday 12:00"))}


def test_an_absence_that_began_before_the_horizon_is_there() -> None:
    away = an_absence(5, 11, "2025-12-29", "08:00", "18:00", end_day="2026-01-05")
    week, _ = read(absences=[away])
    assert spans(week.absences) == {("AS01", datetime(2025, 12, 29, 8), at("monday 18:00"))}


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=TU,TH;", ["tuesday", "thursday"]),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;UNTIL=20260106T235959;", ["tuesday"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20260107T225959Z;", ["tuesday"]),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260105T235959;", []),
        # from Tuesday 4 November 2025, every two weeks: 18 November, 2, 16 and 30 December, 13 January
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;", []),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU;", ["tuesday"]),
        ("FREQ=MONTHLY;BYDAY=1TU;", ["tuesday"]),
        ("FREQ=MONTHLY;BYDAY=2TU;", []),
        ("FREQ=WEEKLY;BYDAY=TU", ["tuesday"]),
    ],
)
def test_an_absence_that_repeats_is_there_on_its_days(rule: str, days: list[str]) -> None:
    away = an_absence(5, 11, "2025-11-04", "09:00", "10:00", rrule=rule)
    week, _ = read(absences=[away])
    assert [one.start for one in week.absences] == [at(f"{day} 09:00") for day in days]


def test_an_hour_that_repeats_stays_that_hour_when_the_clocks_change() -> None:
    away = an_absence(5, 11, "2026-01-06", "09:00", "10:00", rrule="FREQ=WEEKLY;BYDAY=TU;")
    (found,) = read(monday_in("2026-03-30"), absences=[away])[0].absences
    assert (found.start, found.end) == (datetime(2026, 3, 31, 9), datetime(2026, 3, 31, 10))


def test_what_this_product_wrote_is_no_absence() -> None:
    ours = an_absence(5, 11, "2026-01-06", "14:00", "15:00") | {"title": "Indisponible [pv]"}
    assert read(absences=[ours])[0] == BASE


def test_nothing_is_there_twice() -> None:
    base = a_week(absences=[a_span("AS01", "tuesday 14:00", "tuesday 15:00")])
    away = an_absence(5, 11, "2026-01-06", "14:00", "15:00")
    assert read(base, absences=[away, away])[0] == base


# ------------------------------------------------------------ opening windows


def test_whoever_has_no_hours_has_those_of_their_opening_windows() -> None:
    base = a_week(professionals=team_with(a_professional("AS01", windows=())))
    plages = [
        a_plage(1, 11, "2025-11-04", "09:00", "12:00", "FREQ=WEEKLY;BYDAY=TU,TH;"),
        a_plage(2, 11, "2026-01-06", "11:58", "15:02"),
        a_plage(3, 12, "2026-01-06", "07:00", "22:00"),
    ]
    week, told = read(base, plages=plages)
    # the second, on the grid within, is 12:00 to 15:00; CESF01 has hours of their own and keeps them
    expected = (*hours("09:00-15:00", days=["tuesday"]), *hours("09:00-12:00", days=["thursday"]))
    assert week.professional["AS01"].windows == expected
    assert week.professional["CESF01"] == base.professional["CESF01"]
    assert (week.busy, told) == ((), [])


def test_a_window_of_one_week_alone_is_no_hour_of_the_others() -> None:
    base = a_week(professionals=team_with(a_professional("AS01", windows=())), weeks=2)
    week, _ = read(base, plages=[a_plage(1, 11, "2026-01-06", "09:00", "12:00")])
    assert week.professional["AS01"].windows == hours("09:00-12:00", days=["tuesday"])
    later = timedelta(weeks=1)
    assert spans(week.busy) == {("AS01", at("tuesday 09:00") + later, at("tuesday 12:00") + later)}


def test_a_window_at_the_weekend_is_told() -> None:
    base = a_week(professionals=team_with(a_professional("AS01", windows=())))
    _, told = read(base, plages=[a_plage(7, 11, "2026-01-10", "09:00", "12:00")])
    assert told == ["Plages d'ouverture un samedi ou un dimanche, laissées de côté : 7."]


def test_windows_too_short_for_what_the_week_asks_are_told() -> None:
    evaluator = a_professional("EV01", "AS", "EVAL-1", "POLE-E", windows=())
    alone = [one for one in team_with(evaluator) if one.id != "EV02"]
    base = a_week([a_mission("M1", "IP_RENC", "FAM1", minutes=60)], professionals=alone)
    with pytest.raises(UnusableInput, match=r"/missions/0/duration_minutes : 60 minutes"):
        read(base, plages=[a_plage(1, 21, "2026-01-06", "09:00", "09:30")])


# ------------------------------------------------------------ what is told


def test_what_has_no_row_is_told_by_its_id() -> None:
    rdv = an_rdv(1, "2026-01-06 09:00:00 +0100", "2026-01-06 09:45:00 +0100", 77, motif=999, lieu=888)
    _, told = read(
        rdvs=[rdv],
        absences=[an_absence(5, 78, "2026-01-06", "09:00", "10:00")],
        plages=[a_plage(6, 79, "2026-01-06", "09:00", "10:00")],
        motifs=[a_motif(998)],
        lieux=[a_lieu(889)],
    )
    assert told == [
        "Agents sans ligne dans la table, laissés de côté : 77, 78, 79.",
        "Motifs sans ligne dans la table, dont les rendez-vous occupent quand même : 998, 999.",
        "Lieux sans ligne dans la table, dont les rendez-vous occupent quand même : 888, 889.",
    ]


def test_people_whose_agent_is_nowhere_are_told() -> None:
    _, told = read(agents=[an_agent(21)])
    assert told == ["Professionnels dont l'agent est introuvable : AS01, CESF01."]


def test_a_contract_booked_with_the_sector_team_is_told_and_given_to_nobody() -> None:
    rdv = an_rdv(31, "2026-01-06 09:00:00 +0100", "2026-01-06 09:45:00 +0100", 11, motif=158)
    week, told = read(rdvs=[rdv])
    assert told == [f"{ELSEWHERE} : 31 (CONTRAT, AS01)."]
    assert week.missions == () and len(week.busy) == 1


def test_what_cannot_be_read_is_told_by_kind_id_and_field() -> None:
    rdv = an_rdv(1, "2026-01-06 09:00:00 +0100", "2026-01-06 09:45:00 +0100", 11)
    absence = an_absence(5, 11, "2026-01-06", "09:00", "10:00")
    rule = "FREQ=DAILY;COUNT=3"
    _, told = read(
        rdvs=[rdv | {"status": "quidam"}, rdv | {"id": 2, "starts_at": "quidam"}, rdv | {"id": "quidam"}],
        absences=[absence | {"rrule": rule}, absence | {"id": 6, "rrule": "FREQ=WEEKLY;QUIDAM"}, "quidam"],  # type: ignore[list-item]
    )
    assert told == [
        "Illisibles, laissés de côté : Rdv 1 (status), Rdv 2 (starts_at), Rdv ? (id), Absence 5 (rrule), "
        "Absence 6 (rrule), Absence ? (?)."
    ]


def test_hours_with_a_zone_and_endless_repetitions_are_not_read() -> None:
    absence = an_absence(5, 11, "2026-01-06", "09:00", "10:00")
    zoned = absence | {"start_time": "09:00:00+02:00"}
    long = absence | {
        "id": 6,
        "first_day": "2001-01-01",
        "end_day": "2090-01-01",
        "rrule": "FREQ=WEEKLY;BYDAY=MO",
    }
    week, told = read(absences=[zoned, long])
    assert told == ["Illisibles, laissés de côté : Absence 5 (start_time), Absence 6 (?)."]
    assert not week.absences


def test_an_agent_is_one_person() -> None:
    agents = (AgentRow(professional_id="AS01", agent_id=11), AgentRow(professional_id="ES01", email="a@b.fr"))
    table = RdvTable(agents=agents)
    twice = Received(agents=(Agent(id=11, email="A@b.fr"),))
    with pytest.raises(UnusableInput, match="/agents/1 : l'agent 11, qui est déjà AS01"):
        week_with(BASE, table, twice, "semaine.json")
