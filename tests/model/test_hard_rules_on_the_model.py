"""What is never done, on the side of the model: a plan at the limit is accepted, one step beyond is refused.

Refused means that the statement has no such value, that a row says no, or that the clock of a half-day does.
Each pair of plans is judged too, so that both sides are seen to speak of the same thing.
"""

from dataclasses import dataclass, field

import pytest

from optimizer.plan import Plan
from optimizer.rules import NEVER
from optimizer.week import Week
from tests.builders import (
    SERVICES,
    SITES,
    Part,
    a_case,
    a_meeting,
    a_mission,
    a_need,
    a_pin,
    a_plan,
    a_professional,
    a_referent,
    a_request,
    a_row,
    a_service,
    a_session,
    a_site,
    a_span,
    a_week,
    amounts,
    an_action,
    day,
    hours,
    kept,
    queued,
    team_with,
    unserved,
)
from tests.clock_of_plan import clock_refuses, posts_of
from tests.model_of_plan import answered, opinion_of

LEFT_TO_THE_JUDGE = {"W4", "W5", "H4.1c", "grid", "ids"}
"""Windows decide nights and breaks, the engine the last slots; ids and grid cannot be said wrongly."""


@dataclass
class Pair:
    """A plan that a rule allows and one that it forbids, by a step."""

    week: Week
    right: list[Part]
    wrong: list[Part] = field(default_factory=list)


INTERVIEW = a_week([a_mission("M1", "SUIVI", "FAM1")])
VISIT = a_week([a_mission("M1", "VAD", "FAM1")])
TWO_VISITS = a_week([a_mission("M1", "VAD", "FAM1"), a_mission("M2", "VAD", "FAM1")])
TWO_TEAMS = a_week(
    [a_mission("M1", "SUIVI", "FAM2")],
    services=[
        a_service("SECTEUR-1", covers=["MDS-A"]),
        a_service("SECTEUR-2", covers=["MDS-B"]),
        *SERVICES[1:],
    ],
    cases=[a_case("FAM2", "AS02", "MDS-B", "SUD")],
    professionals=team_with(a_professional("AS02", service="SECTEUR-2", site="MDS-B")),
)
REPORT = a_week([a_mission("M1", "ECRITS", minutes=120)])
EVALUATION = a_week(
    [
        a_mission("V1", "IP_VAD", "FAM1"),
        a_mission("C1", "IP_CONC", "FAM1"),
        a_mission("R1", "IP_ECR", "FAM1", minutes=60),
    ]
)
VISIT_OF_TWO = a_row("V1", "EV01 EV02", "tuesday 09:00", 120, place="home:NORD")
CONCERTATION = a_row("C1", "EV01 EV02", "tuesday 14:00", 60, place="outside")
THREE_EVALUATORS = team_with(a_professional("EV03", "PUER", "EVAL-1", "POLE-E"))
TWO_HATS = team_with(a_professional("PO01", "AS", ["CONTRAT-1", "EVAL-1"], "POLE-E"))
BOTH_SERVICES = [a_mission("M1", "CONTRAT", "FAM1"), a_mission("M2", "IP_RENC", "FAM1")]
LONG_DAYS = team_with(a_professional("AS01", windows=hours("07:00-12:30", "13:15-19:00")))
SHARED_SITE = (*SITES, a_site("SHARED", "NORD", ["CONTRAT-1", "SECTEUR-1"], "S1"))
HOME = team_with(a_professional("AS01", telework=["monday", "tuesday", "wednesday", "thursday"]))
GROUP = an_action("G1", preparation=60)
GROUP_HELD = a_row("G1", "AS01 CESF01", "tuesday 09:00", 120, "MDS-A", "AG")
LEFT_BY = team_with(
    *(a_professional(p, job, departure=day("friday")) for p, job in (("AS01", "AS"), ("ES01", "ES")))
)


def interview(people: str = "AS01", start: str = "tuesday 09:00", room: str = "A1") -> Part:
    return a_row("M1", people, start, 45, "MDS-A", room)


def visit(item: str, start: str, people: str = "AS01") -> Part:
    return a_row(item, people, start, 75, place="home:NORD")


def filled(*parts: tuple[str, int]) -> list[Part]:
    """Reserved time of AS01 on Tuesday, at MDS-A."""
    return [kept("collective", "AS01", f"tuesday {start}", minutes) for start, minutes in parts]


def worked_week(last: int) -> list[Part]:
    """Four days of 600 minutes of AS01, and a fifth of some minutes."""
    days = ["monday", "tuesday", "wednesday", "thursday"]
    rows = [kept("collective", "AS01", f"{name} 07:00", 300) for name in days]
    rows += [kept("collective", "AS01", f"{name} 13:15", 300) for name in days]
    return [
        *rows,
        kept("collective", "AS01", "friday 07:00", 300),
        kept("collective", "AS01", "friday 13:15", last),
    ]


def at_home(*days: str) -> list[Part]:
    return [kept("writing", "AS01", f"{name} 09:00", 60, None) for name in days]


PAIRS: dict[str, list[Pair]] = {
    "H0": [
        Pair(
            a_week([a_mission("M1", "CONTRAT", "FAM1")]),
            [a_row("M1", "CO01", "tuesday 09:00", 60, "POLE-C", "C1")],
            [a_row("M1", "AS01", "tuesday 09:00", 60, "POLE-C", "C1")],
        ),
        Pair(
            TWO_TEAMS,
            [a_row("M1", "AS02", "tuesday 09:00", 45, "MDS-B", "B1")],
            [a_row("M1", "AS01", "tuesday 09:00", 45, "MDS-B", "B1")],
        ),
    ],
    "H5.1": [Pair(INTERVIEW, [interview()], [interview("CT01")])],
    "people": [
        Pair(
            a_week([a_mission("M1", "VAD", "FAM1", people=2)]),
            [visit("M1", "tuesday 09:00", "AS01 ES01")],
            [visit("M1", "tuesday 09:00")],
        ),
        Pair(
            a_week([a_mission("R1", "IP_ECR", "FAM1", minutes=60, people=2)]),
            [a_row("R1", "EV01 EV02", "tuesday 09:00", 60, place="outside")],
            [a_row("R1", "EV01", "tuesday 09:00", 60, place="outside")],
        ),
    ],
    "H2.3": [
        Pair(
            a_week(
                [a_mission("V1", "IP_VAD", "FAM1")],
                professionals=team_with(a_professional("EV03", "AS", "EVAL-1", "POLE-E")),
            ),
            [VISIT_OF_TWO],
            [a_row("V1", "EV01 EV03", "tuesday 09:00", 120, place="home:NORD")],
        ),
        Pair(
            REPORT,
            [a_row("M1", "AS01", f"{name} 09:00", 60, place="outside") for name in ("monday", "tuesday")],
            [
                a_row("M1", who, f"{name} 09:00", 60, place="outside")
                for who, name in (("AS01", "monday"), ("ES01", "tuesday"))
            ],
        ),
    ],
    "H1.4": [
        Pair(
            a_week(BOTH_SERVICES, professionals=TWO_HATS),
            [a_row("M1", "PO01", "tuesday 09:00", 60, "POLE-C", "C1")],
            [
                a_row("M1", "PO01", "tuesday 09:00", 60, "POLE-C", "C1"),
                a_row("M2", "PO01", "thursday 09:00", 60, "POLE-E", "E1"),
            ],
        ),
        Pair(
            a_week(
                [BOTH_SERVICES[0], a_mission("M2", "IP_RENC", "FAM2")],
                cases=[a_case("FAM1"), a_case("FAM2")],
                professionals=TWO_HATS,
            ),
            [
                a_row("M1", "PO01", "tuesday 09:00", 60, "POLE-C", "C1"),
                a_row("M2", "PO01", "tuesday 14:00", 60, "POLE-E", "E1"),
            ],
            [
                a_row("M1", "PO01", "tuesday 09:00", 60, "POLE-C", "C1"),
                a_row("M2", "PO01", "tuesday 10:45", 60, "POLE-E", "E1"),
            ],
        ),
    ],
    "H2.5": [
        Pair(
            a_week([a_mission("M1", "IP_RENC", "FAM1")], cases=[a_case("FAM1", followers=["EV01"])]),
            [a_row("M1", "EV02", "tuesday 09:00", 60, "POLE-E", "E1")],
            [a_row("M1", "EV01", "tuesday 09:00", 60, "POLE-E", "E1")],
        ),
    ],
    "H2.6": [
        Pair(
            a_week(
                [a_mission("V1", "IP_VAD", "FAM1"), a_mission("M1", "IP_RENC", "FAM1")],
                professionals=THREE_EVALUATORS,
            ),
            [VISIT_OF_TWO, a_row("M1", "EV02", "monday 09:00", 60, "POLE-E", "E1")],
            [VISIT_OF_TWO, a_row("M1", "EV03", "monday 09:00", 60, "POLE-E", "E1")],
        ),
    ],
    "H2.6b": [
        Pair(
            EVALUATION,
            [VISIT_OF_TWO, CONCERTATION, a_row("R1", "EV01", "tuesday 15:00", 60, place="outside")],
            [
                VISIT_OF_TWO,
                CONCERTATION,
                a_row("R1", "EV01", "tuesday 13:30", 60, place="outside").model_copy(
                    update={"professional_ids": ("EV02",)}
                ),
            ],
        ),
        Pair(EVALUATION, [VISIT_OF_TWO, CONCERTATION], [CONCERTATION]),
        Pair(
            a_week(
                [
                    a_mission("C1", "IP_CONC", "FAM1"),
                    a_mission("R1", "IP_ECR", "FAM1", minutes=60, people=2),
                ]
            ),
            [CONCERTATION, a_row("R1", "EV01 EV02", "tuesday 15:00", 60, place="outside")],
            [a_row("R1", "EV01 EV02", "tuesday 15:00", 60, place="outside")],
        ),
    ],
    "place": [Pair(INTERVIEW, [interview()], [a_row("M1", "AS01", "tuesday 09:30", 45, "MDS-B", "B1")])],
    "H1.2": [
        Pair(
            a_week([a_mission("M1", "IP_RENC", "FAM1")]),
            [a_row("M1", "EV01", "tuesday 09:00", 60, "POLE-E", "E1")],
            [a_row("M1", "EV01", "tuesday 09:00", 60, "MDS-A", "A1")],
        ),
    ],
    "H1.3": [
        Pair(
            a_week(
                [a_mission("M1", "CONTRAT", "FAM1", site="SHARED")],
                sites=SHARED_SITE,
                reception=[a_need("tuesday", morning=1, site="SHARED")],
            ),
            [a_row("M1", "CO01", "tuesday 13:30", 60, "SHARED", "S1")],
            [a_row("M1", "CO01", "tuesday 11:30", 60, "SHARED", "S1")],
        ),
    ],
    "rooms": [
        Pair(
            a_week([a_mission(f"M{n}", "SUIVI", "FAM1", minutes=60) for n in (1, 2)]),
            [
                a_row("M1", "AS01", "tuesday 09:00", 60, "MDS-A", "A1"),
                a_row("M2", "ES01", "tuesday 10:00", 60, "MDS-A", "A1"),
            ],
            [
                a_row("M1", "AS01", "tuesday 09:00", 60, "MDS-A", "A1"),
                a_row("M2", "ES01", "tuesday 09:55", 60, "MDS-A", "A1"),
            ],
        ),
    ],
    "opening": [Pair(INTERVIEW, [interview(start="tuesday 11:45")], [interview(start="tuesday 11:50")])],
    "presence": [
        Pair(
            a_week(
                [a_mission("M1", "PARTENARIAT")], absences=[a_span("AS01", "tuesday 10:30", "tuesday 12:30")]
            ),
            [a_row("M1", "AS01", "tuesday 09:00", 90, place="outside")],
            [a_row("M1", "AS01", "tuesday 09:05", 90, place="outside")],
        ),
    ],
    "overlap": [
        Pair(INTERVIEW, [interview(), *filled(("09:45", 90))], [interview(), *filled(("09:40", 90))]),
    ],
    "travel": [
        # 10 minutes from MDS-A to a home of its zone, 10 from one home to the other
        Pair(VISIT, [visit("M1", "tuesday 08:40")], [visit("M1", "tuesday 08:35")]),
        Pair(
            TWO_VISITS,
            [visit("M1", "tuesday 08:40"), visit("M2", "tuesday 10:05")],
            [visit("M1", "tuesday 08:40"), visit("M2", "tuesday 10:00")],
        ),
        # 3 visits of 70 minutes and 40 of travel do not fit in 240
        Pair(
            a_week([a_mission(f"M{n}", "VAD", "FAM1", minutes=65) for n in (1, 2, 3)]),
            [
                a_row(f"M{n}", "AS01", f"tuesday {start}", 65, place="home:NORD")
                for n, start in ((1, "08:40"), (2, "09:55"), (3, "11:10"))
            ],
            [
                a_row(f"M{n}", "AS01", f"tuesday {start}", 65, place="home:NORD")
                for n, start in ((1, "08:40"), (2, "09:55"), (3, "11:20"))
            ],
        ),
    ],
    "W6": [
        # posted at MDS-B in the morning (duty to 12:30) and at MDS-A after: 60 minutes, 45 + 20 are needed
        Pair(
            a_week(
                [],
                reception=[a_need("tuesday", morning=1, site="MDS-B"), a_need("tuesday", afternoon=1)],
                professionals=team_with(
                    a_professional("AS01", windows=hours("08:30-12:30", "13:30-17:30")),
                    a_professional("ES01", "ES"),
                ),
            ),
            [
                kept("reception", "AS01", "tuesday 08:30", 240, "MDS-B"),
                kept("reception", "ES01", "tuesday 13:30", 240),
            ],
            [
                kept("reception", "AS01", "tuesday 08:30", 240, "MDS-B"),
                kept("reception", "AS01", "tuesday 13:30", 240),
            ],
        ),
    ],
    "W2": [
        Pair(
            a_week(professionals=LONG_DAYS),
            filled(("07:00", 300), ("13:15", 300)),
            filled(("07:00", 300), ("13:15", 305)),
        ),
    ],
    "W3": [
        Pair(a_week(professionals=LONG_DAYS), worked_week(180), worked_week(185)),
    ],
    "W9": [
        Pair(
            a_week(professionals=HOME),
            at_home("monday", "tuesday", "wednesday"),
            at_home("monday", "tuesday", "wednesday", "thursday"),
        ),
        Pair(
            a_week(professionals=HOME),
            at_home("monday"),
            [*at_home("monday"), kept("writing", "AS01", "monday 10:30", 60)],
        ),
        Pair(a_week(professionals=HOME), at_home("monday"), at_home("friday")),
        # two people of one report telework together or not at all
        Pair(
            a_week(
                [a_mission("M1", "ECRITS", minutes=60, people=2)],
                professionals=team_with(*HOME[-1:], a_professional("ES01", "ES", telework=["tuesday"])),
            ),
            [a_row("M1", "AS01 ES01", "tuesday 09:00", 60, place="telework")],
            [a_row("M1", "AS01 CESF01", "tuesday 09:00", 60, place="telework")],
        ),
    ],
    "H4.4": [
        Pair(
            a_week(reception=[a_need("tuesday", morning=1)]),
            [kept("reception", "AS01", "tuesday 08:30", 240)],
            [
                kept("reception", "AS01", "tuesday 08:30", 240),
                kept("reception", "ES01", "tuesday 08:30", 240),
            ],
        ),
        # half of 240 minutes may be taken: 120 of writing, not 125
        Pair(
            a_week(reception=[a_need("tuesday", morning=1)]),
            [kept("reception", "AS01", "tuesday 08:30", 240), kept("writing", "AS01", "tuesday 08:30", 120)],
            [
                kept("reception", "AS01", "tuesday 08:30", 240),
                kept("writing", "AS01", "tuesday 08:30", 90),
                kept("writing", "AS01", "tuesday 10:00", 35),
            ],
        ),
    ],
    "H4.4b": [
        Pair(
            a_week(reception=[a_need("tuesday", morning=1, urgency=1)]),
            [kept("reception", "AS01", "tuesday 08:30", 240), kept("urgency", "ES01", "tuesday 09:00", 60)],
            [kept("reception", "AS01", "tuesday 08:30", 240), kept("urgency", "AS01", "tuesday 09:00", 60)],
        ),
        Pair(
            a_week(reception=[a_need("tuesday", urgency=2)]),
            [kept("urgency", who, "tuesday 09:00", 60) for who in ("AS01", "ES01")],
            [kept("urgency", "AS01", f"tuesday {start}", 60) for start in ("09:00", "10:00")],
        ),
        # posted at MDS-A, an hour is kept at MDS-B between the ways of 20 minutes
        Pair(
            a_week(
                [a_mission("M1", "SUIVI", "FAM1", 60)], reception=[a_need("tuesday", urgency=1, site="MDS-B")]
            ),
            [
                a_row("M1", "AS01", "tuesday 08:30", 60, "MDS-A", "A1"),
                kept("urgency", "AS01", "tuesday 09:50", 60, "MDS-B"),
            ],
            [
                a_row("M1", "AS01", "tuesday 08:30", 60, "MDS-A", "A1"),
                kept("urgency", "CO01", "tuesday 09:50", 60, "MDS-B"),
            ],
        ),
    ],
    "H3.3": [
        Pair(
            a_week(actions=[GROUP]),
            [
                kept("preparation", "AS01 CESF01", "monday 09:00", 60),
                a_row("G1", "AS01 CESF01", "tuesday 09:00", 120, "MDS-A", "AG"),
            ],
            [
                kept("preparation", "AS01", "monday 09:00", 60),
                kept("preparation", "CESF01", "monday 09:00", 55),
                a_row("G1", "AS01 CESF01", "tuesday 09:00", 120, "MDS-A", "AG"),
            ],
        ),
        Pair(
            a_week(actions=[an_action("G1")]),
            [a_row("G1", "AS01 CESF01", "tuesday 09:00", 120, "MDS-A", "AG")],
            [a_row("G1", "AS01 ES01", "tuesday 09:00", 120, "MDS-A", "AG")],
        ),
    ],
    "meetings": [
        Pair(
            a_week(meetings=[a_meeting("T1")]),
            [a_row("T1", "AS01", "tuesday 09:00", 120, "MDS-A")],
            [a_row("T1", "AS01", "tuesday 09:05", 120, "MDS-A")],
        ),
        Pair(
            a_week(meetings=[a_meeting("T1", None)]),
            [a_row("T1", "AS01", "tuesday 09:30", 120, "MDS-A")],
            [a_row("T1", "AS01", "tuesday 09:35", 120, "MDS-A")],
        ),
        Pair(
            a_week(meetings=[a_session("F1", 1)]),
            [a_row("F1", "AS01", "tuesday 09:00", 180, place="outside")],
            [a_row("F1", "AS01 ES01", "tuesday 09:00", 180, place="outside")],
        ),
    ],
    "H3.3b": [
        Pair(
            a_week(actions=[GROUP]),
            [kept("preparation", "AS01 CESF01", "monday 09:00", 60), GROUP_HELD],
            [kept("preparation", "AS01 CESF01", "monday 09:00", 65), GROUP_HELD],
        ),
    ],
    "H3.2": [Pair(a_week(), filled(("09:00", 90)), filled(("09:00", 85)))],
    "H4.1": [
        Pair(INTERVIEW, [interview()], [interview(), unserved("M1")]),
    ],
    "parts": [
        Pair(
            REPORT,
            [a_row("M1", "AS01", f"{name} 09:00", 60, place="outside") for name in ("monday", "tuesday")],
            [
                a_row("M1", "AS01", f"{name} 09:00", size, place="outside")
                for name, size in (("monday", 65), ("tuesday", 55))
            ],
        ),
        Pair(
            a_week([a_mission("M1", "SUIVI", "FAM1", fixed="tuesday 09:00")]),
            [interview()],
            [interview(start="tuesday 09:05")],
        ),
        Pair(
            a_week([a_mission("M1", "SUIVI", "FAM1", release=day("tuesday"))]),
            [interview()],
            [interview(start="monday 09:00")],
        ),
    ],
    "H4.1b": [
        Pair(
            a_week([a_mission("R1", "ACCUEIL", site="MDS-A", release=day("tuesday", 1))]),
            [queued("R1", "tuesday")],
            [queued("R1", "monday")],
        ),
    ],
    "H4.1d": [
        # nobody of ACCUEIL stays but CESF01, who is away all week: one request a week, no more
        Pair(
            a_week(
                [a_request("R1"), a_request("R2")],
                professionals=LEFT_BY,
                absences=[a_span("CESF01", "monday 08:00", "friday 18:00")],
                cases=[],
            ),
            [queued("R1", "monday", 1), queued("R2", "monday", 2)],
            [queued("R1", "monday", 1), queued("R2", "tuesday", 1)],
        ),
    ],
    "referents": [
        Pair(
            a_week(cases=[a_case("FAM1", None)]), [a_referent("FAM1", "AS01")], [a_referent("FAM1", "CT01")]
        ),
        Pair(a_week(cases=[a_case("FAM1", None)]), [a_referent("FAM1", "AS01")], []),
    ],
    "pins": [
        Pair(
            a_week([a_mission("M1", "SUIVI", "FAM1")], pins=[a_pin("M1", "AS01")]),
            [interview()],
            [interview("ES01")],
        ),
        Pair(
            a_week([a_mission("M1", "SUIVI", "FAM1")], pins=[a_pin("M1", "AS01", "tuesday 09:00")]),
            [interview()],
            [interview(start="tuesday 09:05")],
        ),
        Pair(a_week([a_mission("M1", "SUIVI", "FAM1")], pins=[a_pin("M1", "AS01")]), [interview()], []),
        Pair(
            a_week(meetings=[a_meeting("T1")], pins=[a_pin("T1", "AS01 ES01")]),
            [a_row("T1", "AS01 ES01", "tuesday 09:00", 120, "MDS-A")],
            [a_row("T1", "AS01", "tuesday 09:00", 120, "MDS-A")],
        ),
    ],
}

CASES = [
    pytest.param(code, pair, id=f"{code}-{n}")
    for code, pairs in PAIRS.items()
    for n, pair in enumerate(pairs)
]


def accepts(week: Week, plan: Plan) -> list[str]:
    """Why the model refuses a plan."""
    plan = answered(week, plan)
    return opinion_of(week, plan).refusals or clock_refuses(week, plan, posts_of(week, plan))


def test_every_rule_that_the_model_knows_has_its_pair() -> None:
    assert {rule.code for rule in NEVER} - LEFT_TO_THE_JUDGE == set(PAIRS)


@pytest.mark.parametrize(("code", "pair"), CASES)
def test_the_limit_is_allowed(code: str, pair: Pair) -> None:
    plan = a_plan(*pair.right)
    assert amounts(pair.week, plan, code) == []
    assert accepts(pair.week, plan) == []


@pytest.mark.parametrize(("code", "pair"), CASES)
def test_one_step_beyond_is_refused(code: str, pair: Pair) -> None:
    plan = a_plan(*pair.wrong)
    assert amounts(pair.week, plan, code) != []
    assert accepts(pair.week, plan) != []
