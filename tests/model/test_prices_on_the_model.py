"""What is promised or preferred, on the side of the model: each rule charges the right amount.

Each plan is judged too: both sides find the amount that the comment, or the name, derives by hand.
"""

from dataclasses import dataclass

import pytest

from optimizer.organisation import Organisation
from optimizer.rules import COMMITMENTS, PREFERENCES
from optimizer.week import Week
from optimizer.words import Urgency
from tests.builders import (
    Part,
    a_case,
    a_meeting,
    a_mission,
    a_need,
    a_plan,
    a_professional,
    a_referent,
    a_request,
    a_row,
    a_session,
    a_week,
    an_action,
    day,
    hours,
    kept,
    price,
    queued,
    team_with,
)
from tests.model_of_plan import answered, opinion_of


@dataclass
class Charge:
    """A plan and what a rule charges for it, in tenths of a point."""

    week: Week
    plan: list[Part]
    tenths: int


COLLECTIVE = Organisation(collective_share_percent=10, writing_share_percent=0)
WRITING = Organisation(collective_share_percent=0, writing_share_percent=10)
ALONE = [a_professional("AS01"), a_professional("CESF01", "CESF")]
ONE = [a_professional("AS01")]
MONDAY = day("monday")


def interview(people: str = "AS01", start: str = "tuesday 09:00") -> Part:
    return a_row("M1", people, start, 45, "MDS-A", "A1")


def late(kind: str, case: str | None = "FAM1") -> Week:
    """A mission due on Monday."""
    return a_week([a_mission("M1", kind, case, due=MONDAY)])


def request(urgency: Urgency | None = None) -> Week:
    found = a_request("R1", due=MONDAY).model_copy(update={"urgency": urgency})
    return a_week([found])


def received(name: str) -> Part:
    return a_row("R1", "AS01", f"{name} 09:00", 60, "MDS-A", "A1")


EVALUATED = a_week(
    [a_mission("V1", "IP_VAD", "FAM1"), a_mission("V2", "IP_VAD", "FAM1", due=day("friday", 1))]
)
VISIT_OF_TWO = a_row("V1", "EV01 EV02", "tuesday 09:00", 120, place="home:NORD")
MEETING = a_week(meetings=[a_meeting("T1")], professionals=ALONE)
MEETING_ON_DUTY = a_week(
    meetings=[a_meeting("T1")], professionals=ALONE, reception=[a_need("tuesday", morning=1)]
)
FREE_MEETING = a_week(
    meetings=[a_meeting("T1", None, release=day("tuesday"), due=day("tuesday"))], professionals=ALONE
)
SESSION = a_week(
    meetings=[a_session("F1", 2)], professionals=[*ALONE, a_professional("ES01", "ES", training_days=3)]
)
SERIES = a_week(
    actions=[an_action("G1", ("AS",), series="S"), an_action("G2", ("AS", "CESF"), series="S")],
    professionals=[*ALONE, a_professional("AS02")],
)
TWO_INTERVIEWS = a_week([a_mission("M1", "SUIVI", "FAM1"), a_mission("M2", "BUDGET", "FAM1")])
VISITS = a_week([a_mission("M1", "VAD", "FAM1"), a_mission("M2", "VAD", "FAM1")])
TO_ATTRIBUTE = a_week([a_mission("M1", "BUDGET", "FAM1")], cases=[a_case("FAM1", None, followers=["CESF01"])])
LEAVING = a_week(
    [a_mission("M1", "SUIVI", "FAM1")],
    professionals=team_with(a_professional("AS01", departure=day("tuesday"))),
)

CHARGES: dict[str, list[Charge]] = {
    # 60 the first day, × 1.2 the second: 132 points; 150 with a priority; 300 a day when urgent
    "late request": [
        Charge(request(), [received("monday")], 0),
        Charge(request(), [received("tuesday")], 600),
        Charge(request(), [received("wednesday")], 1320),
        Charge(request(Urgency.PRIORITY), [received("tuesday")], 1500),
        Charge(request(Urgency.URGENT), [received("wednesday")], 6000),
        # queued on the next Monday: 5 days, 60 × (5 + 0.2 × 10)
        Charge(request(), [queued("R1")], 4200),
    ],
    "late legal": [
        Charge(late("DSF"), [a_row("M1", "AS01", "monday 09:00", 90, "MDS-A", "A1")], 0),
        Charge(late("DSF"), [a_row("M1", "AS01", "wednesday 09:00", 90, "MDS-A", "A1")], 2000),
        Charge(late("DSF"), [], 5000),
    ],
    "late": [
        Charge(late("SUIVI"), [interview(start="monday 09:00")], 0),
        Charge(late("SUIVI"), [interview()], 600),
        Charge(late("SUIVI"), [interview(start="thursday 09:00")], 700),
        Charge(late("SUIVI"), [], 800),
        # the last part of a report is on Tuesday
        Charge(
            a_week([a_mission("M1", "ECRITS", minutes=120, due=MONDAY)]),
            [a_row("M1", "AS01", f"{name} 09:00", 60, place="outside") for name in ("monday", "tuesday")],
            600,
        ),
        Charge(a_week(actions=[an_action("G1", due=MONDAY)]), [], 800),
    ],
    "waiting": [
        # from Monday to the Monday after: 5 days
        Charge(a_week([a_mission("M1", "SUIVI", "FAM1", due=day("friday", 1))]), [], 50),
        Charge(a_week([a_mission("M1", "SUIVI", "FAM1", due=day("friday", 1))]), [interview()], 0),
    ],
    "home meeting": [Charge(EVALUATED, [], 1500), Charge(EVALUATED, [VISIT_OF_TWO], 0)],
    "reception": [
        Charge(
            a_week(reception=[a_need("tuesday", morning=2)]),
            [kept("reception", "AS01", "tuesday 08:30", 240)],
            2000,
        ),
        Charge(
            a_week(reception=[a_need("tuesday", morning=1)]),
            [kept("reception", "AS01", "tuesday 08:30", 240)],
            0,
        ),
    ],
    "urgency hour": [
        # an hour in the morning, an hour in the afternoon
        Charge(
            a_week(reception=[a_need("tuesday", urgency=1)]),
            [kept("urgency", "AS01", "tuesday 09:00", 60)],
            500,
        ),
    ],
    "training seat": [
        # two under target, two seats: both lost, one lost, none; ES01 has had the three days of the year
        Charge(SESSION, [], 3000),
        Charge(SESSION, [a_row("F1", "AS01 ES01", "tuesday 09:00", 180, place="outside")], 1500),
        Charge(SESSION, [a_row("F1", "AS01 CESF01", "tuesday 09:00", 180, place="outside")], 0),
    ],
    "collective time": [
        # 10 % of 2,400 minutes: 240
        Charge(a_week(professionals=ONE, organisation=COLLECTIVE), [], 2400),
        Charge(
            a_week(professionals=ONE, organisation=COLLECTIVE),
            [kept("collective", "AS01", "tuesday 08:30", 235)],
            50,
        ),
        Charge(
            a_week([a_mission("M1", "ISIC_DIAG", people=1)], professionals=ONE, organisation=COLLECTIVE),
            [a_row("M1", "AS01", "tuesday 09:00", 120, place="outside")],
            1200,
        ),
    ],
    "writing time": [
        Charge(
            a_week(professionals=ONE, organisation=WRITING),
            [kept("writing", "AS01", f"{name} 08:30", 115) for name in ("monday", "tuesday")],
            50,
        ),
        Charge(
            a_week([a_mission("M1", "ECRITS", minutes=120)], professionals=ONE, organisation=WRITING),
            [a_row("M1", "AS01", "tuesday 09:00", 120, place="outside")],
            600,
        ),
    ],
    "meeting": [
        Charge(MEETING, [], 400),
        Charge(MEETING, [a_row("T1", "AS01", "tuesday 09:00", 120, "MDS-A")], 200),
        Charge(
            MEETING_ON_DUTY,
            [
                kept("reception", "CESF01", "tuesday 08:30", 240),
                a_row("T1", "AS01", "tuesday 09:00", 120, "MDS-A"),
            ],
            0,
        ),
        Charge(FREE_MEETING, [], 400),
        Charge(FREE_MEETING, [a_row("T1", "AS01", "tuesday 14:00", 120, "MDS-A")], 200),
    ],
    "core": [Charge(TWO_INTERVIEWS, [interview()], 0), Charge(TWO_INTERVIEWS, [interview("CESF01")], 40)],
    "continuity": [
        Charge(TWO_INTERVIEWS, [interview()], 0),
        Charge(TWO_INTERVIEWS, [interview("CESF01")], 60),
        Charge(
            TO_ATTRIBUTE,
            [a_referent("FAM1", "CESF01"), a_row("M1", "CESF01", "tuesday 09:00", 60, "MDS-A", "A1")],
            0,
        ),
        Charge(
            TO_ATTRIBUTE,
            [a_referent("FAM1", "ES01"), a_row("M1", "CESF01", "tuesday 09:00", 60, "MDS-A", "A1")],
            60,
        ),
        # the referent given is there on Tuesday still, the one attributed all week
        Charge(LEAVING, [a_referent("FAM1", "ES01"), interview()], 0),
        Charge(LEAVING, [a_referent("FAM1", "ES01"), interview("CESF01", "thursday 09:00")], 60),
    ],
    "new referent": [
        # BUDGET is the core of CESF01, who followed the household; it is not AS01's, who did not
        Charge(TO_ATTRIBUTE, [a_referent("FAM1", "CESF01")], 0),
        Charge(TO_ATTRIBUTE, [a_referent("FAM1", "AS01")], 60),
    ],
    "steps": [
        Charge(TWO_INTERVIEWS, [interview(), a_row("M2", "AS01", "tuesday 10:00", 60, "MDS-A", "A1")], 30),
        Charge(TWO_INTERVIEWS, [interview(), a_row("M2", "AS01", "thursday 10:00", 60, "MDS-A", "A1")], 60),
        Charge(
            a_week([a_mission("M1", "IP_ECR", "FAM1", minutes=60, site="POLE-E")]),
            [a_row("M1", "EV01", "tuesday 09:00", 60, "POLE-E")],
            0,
        ),
        # two alike, one household: two steps on two days, one on one day
        Charge(
            a_week([a_mission(f"M{n}", "SUIVI", "FAM1") for n in (1, 2)]),
            [interview(), a_row("M2", "AS01", "tuesday 10:00", 45, "MDS-A", "A1")],
            30,
        ),
    ],
    "caseload": [
        # 10 cases for two people alike: 5 each, at most 5, at least 5
        Charge(
            a_week(
                professionals=[a_professional("AS01", dossiers=6), a_professional("ES01", "ES", dossiers=3)],
                cases=[a_case("FAM1", None)],
            ),
            [a_referent("FAM1", "ES01")],
            40,
        ),
    ],
    "load": [
        # 45 minutes, 22.5 each: AS01 has 20.25 above 24.75, so 25; CESF01 lacks 20.25, so 25
        Charge(a_week([a_mission("M1", "SUIVI", "FAM1")], professionals=ALONE), [interview()], 50),
    ],
    "evaluators": [
        # 60 minutes, 30 each: 27 above 33, 27 under 27: 30 and 30 by whole steps
        Charge(
            a_week([a_mission("M1", "IP_RENC", "FAM1")]),
            [a_row("M1", "EV01", "tuesday 09:00", 60, "POLE-E", "E1")],
            60,
        ),
    ],
    "travel time": [
        # out 10 and back 10; from one home to the other 10 more
        Charge(VISITS, [a_row("M1", "AS01", "tuesday 09:00", 75, place="home:NORD")], 40),
        Charge(
            VISITS,
            [
                a_row(f"M{n}", "AS01", f"tuesday {start}", 75, place="home:NORD")
                for n, start in ((1, "09:00"), (2, "10:25"))
            ],
            60,
        ),
    ],
    "posting": [
        Charge(
            a_week(reception=[a_need("tuesday", morning=1, site="MDS-B")]),
            [kept("reception", "AS01", "tuesday 08:30", 240, "MDS-B")],
            20,
        )
    ],
    "telework": [
        Charge(
            a_week(professionals=[a_professional("AS01", telework=["tuesday"])]),
            [kept("writing", "AS01", "tuesday 09:00", 60)],
            50,
        ),
        Charge(
            a_week(professionals=[a_professional("AS01", telework=["tuesday"])]),
            [kept("writing", "AS01", "tuesday 09:00", 60, None)],
            0,
        ),
    ],
    "lunch": [
        # from 12:30 to 13:15: 15 minutes short of an hour
        Charge(
            a_week(professionals=[a_professional("AS01", windows=hours("08:30-12:30", "13:15-17:30"))]),
            [
                kept("collective", "AS01", "tuesday 08:30", 240),
                kept("collective", "AS01", "tuesday 13:15", 255),
            ],
            30,
        ),
    ],
    "leaders": [
        # AS01, then AS02 and CESF01: three leaders, two in the largest session held; one in the smaller alone
        Charge(
            SERIES,
            [
                a_row("G1", "AS01", "tuesday 09:00", 120, "MDS-A", "AG"),
                a_row("G2", "AS02 CESF01", "thursday 09:00", 120, "MDS-A", "AG"),
            ],
            100,
        ),
        Charge(SERIES, [a_row("G1", "AS01", "tuesday 09:00", 120, "MDS-A", "AG")], 0),
    ],
    "training order": [
        Charge(SESSION, [a_row("F1", "AS01 ES01", "tuesday 09:00", 180, place="outside")], 90)
    ],
}

CASES = [
    pytest.param(code, charge, id=f"{code}-{n}")
    for code, charges in CHARGES.items()
    for n, charge in enumerate(charges)
]


def test_every_priced_rule_has_its_charge() -> None:
    assert {rule.code for rule in (*COMMITMENTS, *PREFERENCES)} == set(CHARGES)


@pytest.mark.parametrize(("code", "charge"), CASES)
def test_model_and_judge_charge_what_is_derived_by_hand(code: str, charge: Charge) -> None:
    plan = answered(charge.week, a_plan(*charge.plan))
    opinion = opinion_of(charge.week, plan)
    assert opinion.refusals == []
    prices = [prices[code] for prices in opinion.prices.values() if code in prices]
    assert (price(charge.week, plan, code), *prices) == (charge.tenths, charge.tenths)
