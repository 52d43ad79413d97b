"""The cheapest team by the relaxation of its weeks: numbers derived by hand."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from optimizer.engines.composing.master import (
    Cheapest,
    Proposed,
    Share,
    cheapest_team,
    cost_of_a_share,
)
from optimizer.engines.composing.meaning import (
    Lacking,
    Shadow,
    half_days_lacking,
    shadow_values,
    under_one_grade,
)
from optimizer.engines.composing.paid import Fixed, PricedWeek, Unlimited, floors_of, least_paid
from optimizer.engines.composing.problem import Column, Limit, TeamProblem
from optimizer.team import TeamRules
from optimizer.week import Mission, Professional, Week
from optimizer.words import Profession
from tests.builders import SITES, a_mission, a_professional, a_session, a_site, a_week, day, hours

MORNING = hours("08:30-12:30", days=["monday"])
SECONDS = 20.0
FULL, HALF = 60_000, 30_000


def someone(name: str, profession: str = "AS") -> Professional:
    """Someone there on Monday morning, 240 minutes."""
    return a_professional(name, profession, windows=MORNING)


def interviews(count: int, kind: str = "DROITS") -> list[Mission]:
    """Interviews of an hour due on Monday: four fill a morning."""
    return [a_mission(f"M{n}", kind, "FAM1", 60, due=day("monday")) for n in range(count)]


def problem(
    weeks: Sequence[Week], columns: Sequence[Column], limits: Sequence[Limit] = (), **rules: object
) -> TeamProblem:
    """A team of the sector, without rules unless told."""
    told = TeamRules.model_validate({"as_at_opening": False} | rules)
    services = frozenset({"SECTEUR-1"})
    return TeamProblem("SECTEUR-1", tuple(columns), tuple(weeks), tuple(limits), told, services=services)


def post(name: str, profession: str = "AS", cost: int = FULL, most: int = 9) -> Column:
    """A post of Monday mornings that may be opened."""
    return Column(someone(name, profession), name, 0, most, cost)


def week_of(missions: Sequence[Mission], *people: Professional, rooms: int = 9) -> Week:
    """A week with as many rooms as it takes."""
    house = a_site("MDS-A", "NORD", ["SECTEUR-1"], " ".join(f"A{n}" for n in range(rooms)))
    return a_week(missions, professionals=people, sites=[house, *SITES[1:]])


@pytest.mark.parametrize(("count", "people"), [(4, 1), (5, 2), (8, 2), (9, 3)])
def test_as_many_people_as_the_interviews_fill_mornings(count: int, people: int) -> None:
    week = week_of(interviews(count), someone("P1"))
    found = cheapest_team(Cheapest(problem([week], [post("P1")]), (0,), SECONDS))
    assert (found.team, found.cost, found.bound) == ({"P1": people}, people * FULL, people * FULL)


def test_the_hardest_week_decides_wherever_it_stands() -> None:
    weeks = [week_of(interviews(count), someone("P1")) for count in (2, 9, 5)]
    found = cheapest_team(Cheapest(problem(weeks, [post("P1")]), (0, 0, 0), SECONDS))
    assert found.team == {"P1": 3}


def test_a_week_that_need_not_be_reached_does_not_count() -> None:
    weeks = [week_of(interviews(count), someone("P1")) for count in (2, 9)]
    found = cheapest_team(Cheapest(problem(weeks, [post("P1")]), (0, None), SECONDS))
    assert found.team == {"P1": 1}


def test_a_target_lets_some_be_late() -> None:
    # the fifth interview, late until the Monday after, costs 80 points
    week = week_of(interviews(5), someone("P1"))
    found = cheapest_team(Cheapest(problem([week], [post("P1")]), (800,), SECONDS))
    assert found.team == {"P1": 1}
    found = cheapest_team(Cheapest(problem([week], [post("P1")]), (799,), SECONDS))
    assert found.team == {"P1": 2}


def test_those_present_come_first_when_they_cost_less() -> None:
    week = week_of(interviews(5), someone("AS01"), someone("P1"))
    stays = Column(someone("AS01"), None, 0, 1, FULL - 1)
    found = cheapest_team(Cheapest(problem([week], [stays, post("P1")]), (0,), SECONDS))
    assert found.team == {"AS01": 1, "P1": 1}


def test_a_profession_is_not_another() -> None:
    # LOGEMENT is never an ES's, however cheap
    week = week_of(interviews(4, "LOGEMENT"), someone("P1"), someone("P2", "ES"))
    found = cheapest_team(Cheapest(problem([week], [post("P1"), post("P2", "ES", 1000)]), (0,), SECONDS))
    assert found.team == {"P1": 1, "P2": 0}


def test_under_one_grade_it_would_be() -> None:
    week = week_of(interviews(4, "LOGEMENT"), someone("P1"), someone("P2", "ES"))
    job = Cheapest(problem([week], [post("P1"), post("P2", "ES", 1000)]), (0,), SECONDS)
    assert cheapest_team(under_one_grade(job)).bound == 1000


def test_limits_that_no_team_keeps_are_told_with_the_smallest_change() -> None:
    week = week_of(interviews(9), someone("P1"))
    limit = Limit((("P1", 1),), None, 1, "AS dans SECTEUR-1")
    found = cheapest_team(Cheapest(problem([week], [post("P1")], [limit]), (0,), SECONDS))
    assert found.refused
    assert found.refused.excess == (("AS dans SECTEUR-1", 2),)


def test_an_as_is_there_for_each_open_half_day_of_each_site() -> None:
    # two sites of the team, open all week: two AS at every time, though nothing is asked
    week = a_week(professionals=[a_professional("P1")])
    column = Column(a_professional("P1"), "P1", 0, 9, FULL)
    found = cheapest_team(Cheapest(problem([week], [column], as_at_opening=True), (0,), SECONDS))
    assert found.team == {"P1": 2}


def test_what_a_given_team_pays_at_least() -> None:
    week = week_of(interviews(6), someone("P1"))
    fixed = Fixed(problem([week], [post("P1")]), {"P1": 1}, (0,), SECONDS)
    assert least_paid(fixed) == [1600.0]
    assert least_paid(replace(fixed, team={"P1": 2})) == [0.0]


def test_floors_are_what_no_team_goes_below() -> None:
    # one room: four interviews in a morning, whoever is there; the fifth is late
    week = week_of(interviews(5), someone("P1"), rooms=1)
    floors = floors_of(Unlimited(problem([week], [post("P1")]), SECONDS))
    assert floors.tenths == (800,)
    # by the minute, four hours of the one room take one person
    assert floors.teams[0]["P1"] == pytest.approx(1.0, abs=0.01)


def test_one_more_half_time_keeps_what_it_has_time_for() -> None:
    week = week_of(interviews(6), someone("P1"))
    values = shadow_values(Shadow(problem([week], [post("P1")]), {"P1": 1}, SECONDS))
    assert values == {(Profession.AS, "SECTEUR-1"): pytest.approx(1600.0)}


def test_half_days_that_lack_are_counted_by_profession() -> None:
    # eight hours of LOGEMENT for AS and CESF alone: two mornings of an AS, as no CESF may be had
    week = week_of(interviews(8, "LOGEMENT"), someone("P1"), someone("P2", "ES"))
    asked = problem([week], [post("P1"), post("P2", "ES")])
    (need,) = half_days_lacking(Lacking(asked, {"P1": 1, "P2": 5}, (0,), SECONDS))
    assert (need.kind, need.needed, need.covered) == ((Profession.AS, "SECTEUR-1"), 2, 1)


# ------------------------------------------------- the integer L-shaped method


def a_random_problem(rng: Random) -> tuple[TeamProblem, tuple[int, ...]]:
    """Two weeks of some interviews for AS, or AS and CESF alone, with posts of a whole or a half morning."""
    short = hours("08:30-10:30", days=["monday"])
    people = {
        "P1": post("P1", cost=FULL),
        "P2": Column(a_professional("P2", "AS", windows=short), "P2", 0, 4, rng.choice((25_000, 33_000))),
        "P3": post("P3", "ES", rng.choice((20_000, 50_000)), 4),
    }
    weeks, targets = [], []
    for _ in range(2):
        missions = interviews(rng.randint(0, 9))
        missions += [
            a_mission(f"L{n}", "LOGEMENT", "FAM1", 60, due=day("monday")) for n in range(rng.randint(0, 5))
        ]
        weeks.append(week_of(missions, *(column.person for column in people.values())))
        targets.append(rng.choice((0, 800, 1600)))
    return problem(weeks, list(people.values())), tuple(targets)


@pytest.mark.parametrize("seed", range(12))
def test_no_team_is_cheaper_of_all_that_reach_the_weeks(seed: int) -> None:
    asked, targets = a_random_problem(Random(seed))
    found = cheapest_team(Cheapest(asked, targets, SECONDS))
    costs = []
    for counts in product(range(5), repeat=3):
        team = dict(zip(("P1", "P2", "P3"), counts, strict=True))
        paid = least_paid(Fixed(asked, team, (0, 1), SECONDS))
        if all(one <= target + 0.01 for one, target in zip(paid, targets, strict=True)):
            costs.append(sum(column.cost * team[column.person.id] for column in asked.columns))
    assert found.cost == found.bound == min(costs)


@pytest.mark.parametrize("seed", range(6))
def test_a_cut_is_never_above_what_another_team_pays(seed: int) -> None:
    asked, _ = a_random_problem(Random(seed))
    week = PricedWeek(asked, 0)
    counts = [
        {("opened", f"P{n + 1}"): float(count) for n, count in enumerate(many)}
        for many in product((0, 1, 3), repeat=3)
    ]
    cuts = [week.cut(one, SECONDS) for one in counts]
    assert any(cut and any(cut.slopes.values()) for cut in cuts)
    for cut in cuts:
        assert cut is not None
        for other, at in zip(cuts, counts, strict=True):
            assert other is not None
            assert cut.at(at) <= other.paid + 1e-3


def test_without_time_nothing_is_known_and_nothing_fails() -> None:
    week = week_of(interviews(9), someone("P1"))
    found = cheapest_team(Cheapest(problem([week], [post("P1")]), (0,), 0.0))
    assert (found.team, found.bound) == (None, 0)


def test_a_proposal_keeps_time_to_spare_in_the_weeks_that_ask_for_it() -> None:
    # four interviews fill a morning; a fifth of it to spare leaves room for three
    weeks = [week_of(interviews(4), someone("P1")) for _ in range(2)]
    asked = problem(weeks, [post("P1")])
    assert cheapest_team(Proposed(asked, (0, 0), SECONDS)).team == {"P1": 1}
    assert cheapest_team(Proposed(asked, (0, 0), SECONDS, (0.0, 20.0))).team == {"P1": 2}
    assert cheapest_team(Proposed(asked, (0, None), SECONDS, (0.0, 20.0))).team == {"P1": 1}


def test_of_two_posts_alike_a_proposal_takes_the_preferred_one() -> None:
    week = week_of(interviews(4), someone("P1"), someone("P2"))
    asked = problem([week], [post("P1"), post("P2")])
    for preferred in ("P1", "P2"):
        found = cheapest_team(Proposed(asked, (0,), SECONDS, preferred=frozenset({preferred})))
        assert found.team is not None
        assert found.team[preferred] == 1


def test_weeks_each_alone_bound_a_share_of_them() -> None:
    weeks = [week_of(interviews(count), someone("P1")) for count in (1, 5, 9)]
    asked = problem(weeks, [post("P1")])
    bounds = [cost_of_a_share(Share(asked, (0, 0, 0), number, SECONDS)).bound for number in (1, 2, 3)]
    assert bounds == [FULL, 2 * FULL, 3 * FULL]


def test_few_people_to_train_lose_no_seat() -> None:
    # two seats of a session on Monday morning: whoever is alone to train takes one, the other is nobody's
    week = a_week([], professionals=[someone("P1")], meetings=[a_session("F1", 2, "monday 09:00")])
    asked = problem([week], [post("P1", most=5)])
    assert least_paid(Fixed(asked, {"P1": 1}, (0,), SECONDS)) == [0.0]
    free = PricedWeek(asked, 0).cut({("opened", "P1"): 1.0, ("few", "0", "F1"): 0.0}, SECONDS)
    assert free is not None
    assert free.paid == pytest.approx(1500.0)  # what a seat lost costs, were it said to be
