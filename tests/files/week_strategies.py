"""Random weeks that hold together: two sites, three services, people with whole days."""

from datetime import date, datetime, time, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from optimizer.catalogue import catalogue
from optimizer.organisation import CommitmentWeights, Organisation, PreferenceWeights
from optimizer.week import (
    Case,
    CollectiveAction,
    Horizon,
    Meeting,
    Mission,
    Pin,
    Professional,
    ReceptionNeed,
    Room,
    Service,
    Site,
    Span,
    Travel,
    Week,
    Weekday,
    Window,
)
from optimizer.words import Aptitude, Profession, RoomKind, ServiceKind, Urgency

MONDAY = date(2027, 1, 11)
LABELS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), max_size=12)
PEOPLE = ("AS1", "CESF1", "EV1", "EV2", "CO1")
Value = TypeVar("Value")
HOURS = ((time(8, 30), time(12, 30)), (time(13, 30), time(17, 30)))


def steps(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(least // 5, most // 5).map(lambda step: 5 * step)


def instant(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def maybe(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Value | None]:
    return st.none() | values


days = st.integers(0, 40).map(lambda n: MONDAY + timedelta(days=n))
moments = st.builds(lambda day, m: datetime.combine(day, time()) + timedelta(minutes=m), days, steps(0, 1435))
day_hours = st.lists(st.sampled_from(Weekday), unique=True, min_size=1, max_size=3).map(
    lambda found: tuple(Window(day=day, start=a, end=b) for day in found for a, b in HOURS)
)
spans = st.builds(
    lambda who, start, length: Span(professional_id=who, start=start, end=start + timedelta(minutes=length)),
    st.sampled_from(PEOPLE),
    moments,
    steps(5, 5_000),
)


def professionals() -> st.SearchStrategy[tuple[Professional, ...]]:
    def one(who: str, profession: Profession, service: str, site: str) -> st.SearchStrategy[Professional]:
        return st.builds(
            Professional,
            id=st.just(who),
            profession=st.just(profession),
            grade=maybe(LABELS.filter(bool)),
            service_ids=st.just((service,)),
            site_id=st.just(site),
            quotite=st.integers(2, 100),
            windows=day_hours,
            telework_days=st.lists(st.sampled_from(Weekday), unique=True, max_size=2).map(tuple),
            dossiers=st.integers(0, 200),
            isic_days_done=st.integers(0, 5),
            departure=maybe(days),
        )

    return st.tuples(
        one("AS1", Profession.AS, "NORD", "MDS"),
        one("CESF1", Profession.CESF, "NORD", "MDS"),
        one("EV1", Profession.AS, "EVALUATION", "POLE"),
        one("EV2", Profession.PUER, "EVALUATION", "POLE"),
        one("CO1", Profession.CESF, "CONTRAT", "POLE"),
    )


def is_worked(day: date) -> bool:
    """Monday to Friday; no public holiday lies that near the horizon."""
    return day.weekday() < len(Weekday)


@st.composite
def missions(draw: st.DrawFn) -> tuple[Mission, ...]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["SUIVI", "ACCUEIL", "IP_VAD", "CONTRAT", "IP_ECR"]))
        release = draw(days)
        site = "POLE" if kind in ("IP_VAD", "CONTRAT", "IP_ECR") else "MDS"
        home = kind in ("IP_VAD", "SUIVI")
        place = draw(
            st.sampled_from([{"site_id": site}, {"home_zone": "Z2"}] if home else [{"site_id": site}])
        )
        wanted = [{}, {"people": 2}]
        if kind == "IP_VAD":
            wanted += [{"professions": (Profession.AS, Profession.PUER)}]
        mission = Mission(
            id=f"M{number}",
            type=kind,
            case_id=draw(st.sampled_from([None, "S1", "S2"])),
            received=draw(days),
            duration_minutes=draw(steps(5, 240)),
            release=release,
            due=release + timedelta(days=draw(st.integers(0, 60))),
            urgency=draw(maybe(st.sampled_from(Urgency))),
            fixed_start=instant(release, minute)
            if (minute := draw(maybe(steps(0, 1435)))) is not None and is_worked(release)
            else None,
            reason=draw(maybe(st.sampled_from(["R1", "LOGEMENT"]))),
            **place,
            **draw(st.sampled_from(wanted)),
        )
        found.append(mission)
    return tuple(found)


def dated(prefix: str, longest: int = 420) -> st.SearchStrategy[dict[str, object]]:
    def build(number: int, day: date, length: int, minutes: int | None) -> dict[str, object]:
        start = None
        if minutes is not None and is_worked(day):
            start = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return {
            "id": f"{prefix}{number}",
            "release": day,
            "due": day,
            "duration_minutes": length,
            "fixed_start": start,
        }

    return st.builds(build, st.integers(0, 9), days, steps(30, longest), maybe(steps(480, 900)))


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    held = draw(missions())
    actions = [
        CollectiveAction(
            type="ISIC_GRP",
            series=draw(maybe(st.just("BUDGET"))),
            leaders=(Profession.AS, Profession.CESF),
            preparation_minutes=draw(steps(0, 120)),
            **draw(st.sampled_from([{}, {"site_id": "MDS"}, {"site_id": "MDS", "room_id": "G1"}])),
            **fields,
        )
        for fields in draw(st.lists(dated("G", 240), max_size=2, unique_by=lambda fields: fields["id"]))
    ]
    meetings = [
        Meeting(
            type=draw(st.sampled_from(["REUNION", "ANALYSE", "FORM_ISIC"])),
            site_id=draw(st.sampled_from([None, "MDS"])),
            seats=draw(maybe(st.integers(1, 5))),
            **draw(st.sampled_from([{"service_id": "NORD"}, {"professional_ids": ("AS1", "EV1")}])),
            **fields,
        )
        for fields in draw(st.lists(dated("R"), max_size=2, unique_by=lambda fields: fields["id"]))
    ]
    pinned = [mission for mission in held if mission.type == "SUIVI" and draw(st.booleans())]
    return Week(
        horizon=Horizon(first_day=MONDAY, weeks=draw(st.integers(1, 3))),
        services=(
            Service(id="NORD", kind=ServiceKind.SECTEUR),
            Service(id="EVALUATION", kind=ServiceKind.EVALUATION),
            Service(id="CONTRAT", kind=ServiceKind.CONTRAT),
        ),
        sites=(
            Site(
                id="MDS",
                label=draw(LABELS),
                zone="Z1",
                service_ids=("NORD",),
                opening=draw(day_hours),
                rooms=(
                    Room(id="M1", kind=RoomKind.INTERVIEW, seats=draw(st.integers(1, 9))),
                    Room(id="G1", kind=RoomKind.GROUP),
                ),
            ),
            Site(id="POLE", zone="Z2", service_ids=("EVALUATION", "CONTRAT"), opening=draw(day_hours)),
        ),
        travel=draw(st.sampled_from([(), (Travel(from_zone="Z1", to_zone="Z2", minutes=20),)])),
        professionals=draw(professionals()),
        absences=tuple(draw(st.lists(spans, max_size=3))),
        busy=tuple(draw(st.lists(spans, max_size=3))),
        mission_types=draw(st.lists(edited_types(), max_size=1).map(tuple)),
        cases=(
            Case(id="S1", site_id="MDS", zone="Z1", referent_id=draw(st.sampled_from([None, "AS1", "AS9"]))),
            Case(id="S2", site_id="MDS", zone="Z2", weight=draw(st.integers(1, 5)), followers=("EV1", "AS1")),
        ),
        missions=held,
        reception=draw(
            st.sampled_from(
                [(), (ReceptionNeed(site_id="MDS", day=Weekday.MONDAY, morning=2, urgency_hours=1),)]
            )
        ),
        actions=tuple(actions),
        meetings=tuple(meetings),
        pins=tuple(
            Pin(item_id=mission.id, professional_ids=("AS1",), start=mission.fixed_start)
            for mission in pinned
        ),
        organisation=draw(organisations()),
    )


def edited_types() -> st.SearchStrategy[object]:
    return st.builds(
        lambda known, minutes, aptitude: known.model_copy(
            update={
                "duration_minutes": minutes,
                "matrix": known.matrix | {Profession.ES: aptitude},
            }
        ),
        st.sampled_from([catalogue()["BUDGET"], catalogue()["ECRITS"]]),
        steps(5, 300),
        st.sampled_from(Aptitude),
    )


def organisations() -> st.SearchStrategy[Organisation]:
    points = st.integers(0, 5_000).map(lambda tenths: tenths / 10)
    return st.builds(
        Organisation,
        name=LABELS,
        collective_share_percent=st.integers(0, 50),
        writing_share_percent=st.integers(0, 50),
        cesf_excluded_from_ip=st.just(True),
        pentecost_worked=st.booleans(),
        commitments=st.builds(CommitmentWeights, late=points, request_growth_percent=st.integers(0, 100)),
        preferences=st.builds(PreferenceWeights, step=points, travel_minute=points),
    )
