"""A week and a plan full of traps: ids that say too much, an evaluation, a contract, a formula."""

from datetime import date, datetime, time, timedelta

from optimizer.organisation import Organisation
from optimizer.plan import (
    Assignment,
    Checker,
    Level,
    Plan,
    Queued,
    Reason,
    Referent,
    Reservation,
    ReservationKind,
    Status,
    Unserved,
)
from optimizer.week import (
    WEEKDAYS,
    Case,
    CollectiveAction,
    Horizon,
    Meeting,
    Mission,
    Professional,
    Room,
    Service,
    Site,
    Span,
    Week,
    Weekday,
    Window,
)
from optimizer.words import Profession, RoomKind, ServiceKind, Urgency

MONDAY = date(2027, 1, 11)
DUE = date(2027, 1, 22)

# What no sector output may hold, whatever its form: households, and whatever belongs to the other services.
FORBIDDEN = (
    "HH-",
    "DANGER",
    "EVAL",
    "RSA-",
    "SOUTIEN",
    "Soutien",
    "IP_",
    "valuation",
    "POLE-",
    "Contrat",
    "CONTRAT",
)
FORBIDDEN_PEOPLE = ("EV01", "EV02", "CT02", "CO01")


def full_hours(*away: Weekday) -> tuple[Window, ...]:
    """8:30-12:30 and 13:30-17:30 each day but some."""
    halves = ((time(8, 30), time(12, 30)), (time(13, 30), time(17, 30)))
    return tuple(
        Window(day=day, start=start, end=end) for day in WEEKDAYS if day not in away for start, end in halves
    )


def at(day: int, clock: str) -> datetime:
    """An instant of the first week (day 0 is the Monday) or later."""
    return datetime.combine(MONDAY + timedelta(days=day), time.fromisoformat(clock))


def person(name: str, profession: Profession, service: str, site: str, **more: object) -> Professional:
    """Somebody at full time."""
    fields = {"quotite": 100, "windows": full_hours()} | more
    return Professional.model_validate(
        {"id": name, "profession": profession, "service_ids": (service,), "site_id": site} | fields
    )


def mission(name: str, kind: str, case: str | None = None, minutes: int = 45, **more: object) -> Mission:
    """Something asked the Friday before and due in the second week."""
    fields = {"received": date(2027, 1, 8), "release": MONDAY, "due": DUE} | more
    return Mission.model_validate(
        {"id": name, "type": kind, "case_id": case, "duration_minutes": minutes} | fields
    )


def sites() -> tuple[Site, ...]:
    """One site a service, each with an interview room."""
    kinds = (("MDS-A", "Z1", "SECTEUR"), ("POLE-C", "Z1", "CONTRAT"), ("POLE-E", "Z3", "EVALUATION"))
    return tuple(
        Site(
            id=name,
            label={"MDS-A": "Maison des solidarités"}.get(name, ""),
            zone=zone,
            service_ids=(service,),
            opening=full_hours(),
            rooms=(
                Room(id=f"{name[-1]}1", kind=RoomKind.INTERVIEW),
                Room(id=f"{name[-1]}9", kind=RoomKind.GROUP),
            ),
        )
        for name, zone, service in kinds
    )


def trapped_week() -> Week:
    """Three services, two weeks."""
    return Week(
        horizon=Horizon(first_day=MONDAY, weeks=2),
        services=tuple(Service(id=kind.value, kind=kind) for kind in list(ServiceKind)[:3]),
        sites=sites(),
        professionals=(
            person("AS01", Profession.AS, "SECTEUR", "MDS-A", dossiers=67, telework_days=(Weekday.FRIDAY,)),
            # An id that a spreadsheet would run as a formula.
            person("+AS02", Profession.AS, "SECTEUR", "MDS-A", dossiers=80),
            person("CESF01", Profession.CESF, "SECTEUR", "MDS-A", dossiers=105),
            person("CT01", Profession.CT, "SECTEUR", "MDS-A"),
            person("EV01", Profession.AS, "EVALUATION", "POLE-E"),
            person("EV02", Profession.PUER, "EVALUATION", "POLE-E"),
            person("CT02", Profession.CT, "EVALUATION", "POLE-E"),
            person("CO01", Profession.AS, "CONTRAT", "POLE-C"),
        ),
        absences=(Span(professional_id="AS01", start=at(2, "08:30"), end=at(2, "12:30")),),
        busy=(Span(professional_id="CESF01", start=at(3, "09:00"), end=at(3, "10:00")),),
        cases=(
            Case(id="HH-SUIVI-1", site_id="MDS-A", referent_id="AS01", zone="Z1"),
            Case(id="HH-NEUF-2", site_id="MDS-A", zone="Z2", weight=2),
            Case(id="HH-DANGER-3", site_id="MDS-A", referent_id="CESF01", zone="Z2"),
            Case(id="HH-RSA-4", site_id="MDS-A", referent_id="AS01", zone="Z1"),
        ),
        missions=_missions(),
        actions=(
            CollectiveAction(
                id="G1",
                type="ISIC_GRP",
                series="BUDGET",
                duration_minutes=120,
                leaders=(Profession.CESF, Profession.AS),
                site_id="MDS-A",
                release=MONDAY,
                due=DUE,
                preparation_minutes=60,
            ),
        ),
        meetings=(
            _meeting("R1", at(1, "09:00"), service_id="SECTEUR", site_id="MDS-A"),
            _meeting("R2", at(1, "14:00"), service_id="EVALUATION", site_id="POLE-E"),
            _meeting(
                "SYNTHESE-HH-DANGER-3", at(4, "14:00"), professional_ids=("AS01", "EV01"), site_id="MDS-A"
            ),
        ),
        organisation=Organisation(),
    )


def _missions() -> tuple[Mission, ...]:
    return (
        mission("M1-HH-SUIVI-1", "SUIVI", "HH-SUIVI-1", site_id="MDS-A"),
        mission("SOUTIEN-IP-9", "IP_SOUTIEN", "HH-DANGER-3", site_id="MDS-A"),
        mission("V1", "VAD", "HH-NEUF-2", 75, home_zone="Z2"),
        mission("EVAL-VAD-3", "IP_VAD", "HH-DANGER-3", 120, home_zone="Z2", people=2),
        mission("EVAL-CONC-3", "IP_CONC", "HH-DANGER-3", 60, people=2),
        mission("EVAL-RAPPORT-3", "IP_ECR", "HH-DANGER-3", 240, due=date(2027, 1, 15)),
        mission("RSA-77", "CONTRAT", "HH-RSA-4", 60, site_id="POLE-C"),
        mission("RSA-78", "CONTRAT", "HH-RSA-4", 60, site_id="POLE-C"),
        mission(
            "DEM-1", "ACCUEIL", None, 60, site_id="MDS-A", due=MONDAY, urgency=Urgency.PRIORITY, reason="LOG"
        ),
        mission("DEM-2", "ACCUEIL", None, 60, site_id="MDS-A", urgency=Urgency.ORDINARY),
        mission("D7", "DSF", "HH-SUIVI-1", 90, site_id="MDS-A"),
    )


def _meeting(name: str, start: datetime, **more: object) -> Meeting:
    fields = {"id": name, "type": "REUNION", "duration_minutes": 120, "fixed_start": start}
    return Meeting.model_validate(fields | {"release": start.date(), "due": start.date()} | more)


def row(name: str, people: str, day: int, start: str, end: str, **more: object) -> Assignment:
    """A part held at MDS-A unless told otherwise."""
    fields = {"site_id": "MDS-A", "start": at(day, start), "end": at(day, end)} | more
    return Assignment.model_validate({"mission_id": name, "professional_ids": tuple(people.split())} | fields)


def kept(
    kind: ReservationKind, people: str, day: int, start: str, end: str, site: str | None = "MDS-A"
) -> Reservation:
    """Time reserved."""
    return Reservation(
        kind=kind,
        professional_ids=tuple(people.split()),
        site_id=site,
        start=at(day, start),
        end=at(day, end),
    )


def trapped_plan() -> Plan:
    """A plan of the trapped week; not judged, outputs do not care."""
    return Plan(
        status=Status.FEASIBLE,
        levels=(Level.of("commitments", 1234.5, 1200), Level.of("preferences", 60, 60)),
        assignments=(
            row("M1-HH-SUIVI-1", "AS01", 0, "09:00", "09:45", room_id="A1"),
            row("SOUTIEN-IP-9", "+AS02", 0, "10:00", "10:45", room_id="A1"),
            row("V1", "+AS02", 0, "14:00", "15:15", site_id=None, place="home:Z2"),
            row("DEM-1", "AS01", 1, "14:00", "15:00", room_id="A1"),
            row("G1", "CESF01 AS01", 3, "14:00", "16:00", room_id="A9"),
            row("EVAL-VAD-3", "EV01 EV02", 0, "10:00", "12:00", site_id=None, place="home:Z2"),
            row("RSA-77", "CO01", 0, "10:00", "11:00", site_id="POLE-C", room_id="C1"),
            row("R1", "AS01 +AS02 CESF01 CT01", 1, "09:00", "11:00"),
            row("R2", "EV01 EV02 CT02", 1, "14:00", "16:00", site_id="POLE-E"),
            row("SYNTHESE-HH-DANGER-3", "AS01 EV01", 4, "14:00", "16:00"),
        ),
        reservations=(
            kept(ReservationKind.RECEPTION, "AS01", 1, "13:30", "17:30"),
            kept(ReservationKind.URGENCY, "CESF01", 0, "09:00", "10:00"),
            kept(ReservationKind.WRITING, "AS01", 4, "09:00", "11:00", site=None),
            kept(ReservationKind.PREPARATION, "CESF01", 3, "10:30", "11:30"),
            kept(ReservationKind.TRAVEL, "+AS02", 0, "13:40", "14:00", site=None),
            kept(ReservationKind.TRAVEL, "EV01 EV02", 0, "09:35", "10:00", site=None),
        ),
        referents=(Referent(case_id="HH-NEUF-2", professional_id="AS01"),),
        queue=(Queued(mission_id="DEM-2", date=date(2027, 1, 25), reason=Reason.NO_CAPACITY),),
        unserved=(
            Unserved(mission_id="EVAL-CONC-3", reason=Reason.NO_PAIR, earliest_date=date(2027, 1, 25)),
            Unserved(
                mission_id="EVAL-RAPPORT-3", reason=Reason.EVALUATION_ORDER, earliest_date=date(2027, 1, 26)
            ),
            Unserved(mission_id="RSA-78", reason=Reason.NO_CAPACITY, earliest_date=date(2027, 1, 25)),
            Unserved(mission_id="D7", reason=Reason.NO_ROOM, earliest_date=date(2027, 1, 25)),
        ),
        indicators={"R2.7_evaluations_late": 1},
        checker=Checker(passed=True),
    )


def crowded_week(people: int) -> Week:
    """One sector team of many people, a week."""
    return Week(
        horizon=Horizon(first_day=MONDAY, weeks=1),
        services=(Service(id="SECTEUR", kind=ServiceKind.SECTEUR),),
        sites=sites()[:1],
        professionals=tuple(
            person(f"AS{n:02d}", Profession.AS, "SECTEUR", "MDS-A", dossiers=80) for n in range(1, people + 1)
        ),
        cases=(Case(id="S0001", site_id="MDS-A", referent_id="AS01", zone="Z2"),),
        missions=tuple(mission(f"M{n:04d}", "SUIVI", "S0001", site_id="MDS-A") for n in range(people * 20)),
    )


def crowded_plan(people: int) -> Plan:
    """Two appointments, an urgency hour and writing in every half-day of everybody."""
    halves = (("08:30", "09:15", "10:15", "11:15", "12:15"), ("13:30", "14:15", "15:15", "16:15", "17:15"))
    assignments, reservations = [], []
    for n in range(people):
        for day in range(5):
            for half, clock in enumerate(halves):
                name, first = f"AS{n + 1:02d}", n * 20 + day * 4 + half * 2
                assignments.append(row(f"M{first:04d}", name, day, clock[0], clock[1], room_id="A1"))
                assignments.append(row(f"M{first + 1:04d}", name, day, clock[1], clock[2], room_id="A1"))
                reservations.append(kept(ReservationKind.URGENCY, name, day, clock[2], clock[3]))
                reservations.append(kept(ReservationKind.WRITING, name, day, clock[3], clock[4]))
    return Plan(status=Status.OPTIMAL, assignments=tuple(assignments), reservations=tuple(reservations))
