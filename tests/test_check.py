"""The judge as a whole: values by level, and plans that nobody would write."""

import random
from datetime import date, datetime, timedelta

import pytest

from optimizer.check import judge
from optimizer.plan import Assignment, Plan, Queued, Reason, Referent, Reservation, ReservationKind, Status
from optimizer.week import Week
from tests.builders import (
    Part,
    a_case,
    a_mission,
    a_need,
    a_pin,
    a_plan,
    a_request,
    a_row,
    a_session,
    a_week,
    an_action,
    at,
    day,
    kept,
    queued,
    unserved,
)


def a_full_week() -> Week:
    """A week with one thing of each sort."""
    return a_week(
        [
            a_mission("SUIVI1", "SUIVI", "FAM1"),
            a_request("R1"),
            a_mission("IP1", "IP_VAD", "FAM1"),
            a_mission("IP2", "IP_CONC", "FAM1"),
            a_mission("IP3", "IP_ECR", "FAM1"),
            a_mission("CO1", "CONTRAT", "FAM1"),
        ],
        cases=[a_case("FAM1"), a_case("FAM2", referent=None)],
        reception=[a_need("monday", morning=1, urgency=1)],
        actions=[an_action("G1", preparation=60)],
        meetings=[a_session("F1")],
        pins=[a_pin("SUIVI1", "AS01")],
    )


def test_an_empty_plan_of_an_empty_week_passes_at_no_cost() -> None:
    verdict = judge(a_week(), a_plan())
    assert verdict.passed
    assert (verdict.value("commitments"), verdict.value("preferences")) == (0, 0)


def test_values_are_the_sums_of_their_levels() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1", due=day("monday"))])
    verdict = judge(week, a_plan(unserved("M1")))
    # done on Monday 12, five working days late: 60 + 4 × 5 points
    assert verdict.value("commitments") == 800
    assert verdict.value("preferences") == 0


def test_prices_are_computed_when_a_hard_rule_is_broken() -> None:
    week = a_week([a_mission("M1", "SUIVI", "FAM1", due=day("monday")), a_mission("M2", "SUIVI", "FAM1")])
    verdict = judge(week, a_plan(unserved("M1")))
    assert not verdict.passed
    assert verdict.value("commitments") >= 800


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="disturbance"):
        judge(a_week(), a_plan()).value("disturbance")


def test_every_hard_violation_has_an_amount_and_no_price() -> None:
    verdict = judge(a_full_week(), a_plan(a_row("?", "NOBODY NOBODY", "sunday 23:55", 30, "NOWHERE", "R")))
    assert verdict.hard
    assert all(violation.amount > 0 and violation.tenths is None for violation in verdict.hard)
    assert all(violation.tenths is not None for violation in verdict.priced)


HOSTILE: dict[str, Part] = {
    "nobody": a_row("SUIVI1", "", "tuesday 09:00", 45, "MDS-A", "A1"),
    "somebody unknown": a_row("SUIVI1", "NOBODY", "tuesday 09:00", 45, "MDS-A", "A1"),
    "something unknown": a_row("?", "AS01", "tuesday 09:00", 45, "MDS-A", "A1"),
    "a site unknown": a_row("SUIVI1", "AS01", "tuesday 09:00", 45, "NOWHERE", "A1"),
    "a room unknown": a_row("SUIVI1", "AS01", "tuesday 09:00", 45, "MDS-A", "NOWHERE"),
    "a place unknown": a_row("SUIVI1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1", "on the moon"),
    "the end before the start": a_row("SUIVI1", "AS01", "tuesday 09:00", -45, "MDS-A", "A1"),
    "no length": a_row("SUIVI1", "AS01", "tuesday 09:00", 0, "MDS-A", "A1"),
    "the same person twice": a_row("IP1", "EV01 EV01", "tuesday 09:00", 120, place="home:NORD"),
    "over midnight": a_row("SUIVI1", "AS01", "tuesday 23:30", 45, "MDS-A", "A1"),
    "after the horizon": a_row("SUIVI1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1", week=3),
    "before the horizon": a_row("SUIVI1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1", week=-3),
    "at night": a_row("SUIVI1", "AS01", "tuesday 03:00", 45, "MDS-A", "A1"),
    "on Sunday": a_row("SUIVI1", "AS01", "sunday 10:00", 45, "MDS-A", "A1"),
    "for days": a_row("SUIVI1", "AS01", "monday 09:00", 7200, "MDS-A", "A1"),
    "a case for a mission": a_row("FAM1", "AS01", "tuesday 09:00", 45, "MDS-A", "A1"),
    "an endless year": Assignment(
        mission_id="SUIVI1", professional_ids=("AS01",), start=datetime(1, 1, 1), end=datetime(9999, 12, 31)
    ),
    "a queue of year 9999": Queued(mission_id="R1", date=date.max, reason=Reason.WAITING),
    "a queue of year 1": Queued(mission_id="R1", date=date.min, reason=Reason.WAITING),
    "a queue of something unknown": queued("?"),
    "a request unserved": unserved("R1"),
    "a referent unknown": Referent(case_id="FAM2", professional_id="NOBODY"),
    "a case unknown": Referent(case_id="NOBODY", professional_id="AS01"),
    "reception nowhere": kept("reception", "AS01", "monday 08:30", 240, "NOWHERE"),
    "reception by nobody": kept("reception", "", "monday 08:30", 240),
    "reception backwards": kept("reception", "AS01", "monday 12:30", -240),
    "urgency by telework": kept("urgency", "AS01", "monday 09:00", 60, None),
    "travel by nobody known": kept("travel", "NOBODY", "monday 09:00", 60, None),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_line_is_a_violation(case: str) -> None:
    week = a_full_week()
    before = {str(violation) for violation in judge(week, a_plan()).hard}
    after = {str(violation) for violation in judge(week, a_plan(HOSTILE[case])).hard}
    assert after - before


@pytest.mark.parametrize("seed", range(40))
def test_a_random_plan_never_raises_and_is_told_wrong(seed: int) -> None:
    verdict = judge(a_full_week(), _random_plan(random.Random(seed)))
    assert not verdict.passed
    assert all(violation.amount > 0 for violation in (*verdict.hard, *verdict.priced))


def _random_plan(generator: random.Random) -> Plan:
    def ids(*names: str) -> tuple[str, ...]:
        return tuple(generator.choices(names, k=generator.randint(0, 3)))

    def times() -> tuple[datetime, datetime]:
        start = at("monday 00:00") + timedelta(minutes=generator.randint(-3000, 12000))
        return start, start + timedelta(minutes=generator.randint(-60, 600))

    people = ("AS01", "CESF01", "ES01", "CT01", "EV01", "EV02", "CO01", "NOBODY")
    items = ("SUIVI1", "R1", "IP1", "IP2", "IP3", "CO1", "G1", "F1", "FAM1", "?")
    sites = ("MDS-A", "MDS-B", "POLE-C", "POLE-E", "NOWHERE", None)
    rows, reservations = [], []
    for _ in range(generator.randint(0, 40)):
        start, end = times()
        rows.append(
            Assignment(
                mission_id=generator.choice(items),
                professional_ids=ids(*people),
                site_id=generator.choice(sites),
                room_id=generator.choice(("A1", "AG", "E1", "C1", "?", None)),
                place=generator.choice(("site", "telework", "outside", "home:NORD", "home:", "home", "")),
                start=start,
                end=end,
            )
        )
        start, end = times()
        reservations.append(
            Reservation(
                kind=generator.choice(list(ReservationKind)),
                professional_ids=ids(*people),
                site_id=generator.choice(sites),
                start=start,
                end=end,
            )
        )
    return Plan(
        status=Status.FEASIBLE,
        assignments=tuple(rows),
        reservations=tuple(reservations),
        queue=tuple(queued(generator.choice(items), week=generator.randint(-1, 3)) for _ in range(3)),
        unserved=tuple(unserved(generator.choice(items)) for _ in range(3)),
        referents=(Referent(case_id=generator.choice(items), professional_id=generator.choice(people)),),
    )
