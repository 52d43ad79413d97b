"""Plausible weeks: a territory drawn from published figures, the same for a seed on every machine.

No real person, household or service stands behind any line. Figures and their basis: `figures.py`.
"""

from random import Random

from instances.draws import Draws
from instances.figures import FIRST_DAY, Load
from instances.places import add_places, add_reception
from instances.pole_demand import add_contracts, add_evaluations, add_nurse_visits
from instances.sector_demand import add_follow_ups, add_households, add_requests
from instances.staff import add_hours_away, add_people, posts_of
from instances.territory import SECTOR, SOCIAL_WORKERS, Territory
from instances.together import add_actions, add_meetings
from optimizer.clock import Calendar
from optimizer.week import Horizon, Week

SMALLEST, LARGEST = 6, 60
__all__ = ["Load", "generate"]


def generate(people: int, weeks: int, load: Load, seed: int, draw: int = 0) -> Week:
    """A week of one territory.

    Parameters
    ----------
    people : everybody of the territory, the poles included, 6 to 60.
    weeks : length of the horizon, 1 to 8.
    load : how much is asked; at `overloaded` a tenth of the requests end late in any plan.
    seed : the only source of randomness.
    draw : another draw of what is asked and of who is away; places and people stay those of the seed.
    """
    again = Draws(Random(f"{seed}, {draw}")) if draw else None
    return put_together([territory(Draws(Random(seed)), people, weeks, load, again=again)], weeks)


def territory(
    draws: Draws, people: int, weeks: int, load: Load, prefix: str = "", again: Draws | None = None
) -> Territory:
    """One territory, its ids beginning with `prefix`; `again` draws what is asked and who is away."""
    if not SMALLEST <= people <= LARGEST:
        raise ValueError(f"{people} people: expected {SMALLEST} to {LARGEST} in one territory")
    built = Territory(draws, Calendar(FIRST_DAY, weeks), load, prefix)
    posts = posts_of(people)
    workers = sum(service == SECTOR and profession in SOCIAL_WORKERS for _, profession, service in posts)
    add_places(built, people, workers, list(dict.fromkeys(service for _, _, service in posts)))
    add_people(built, people)
    built.draws = again or draws
    add_hours_away(built)
    add_reception(built)
    add_meetings(built)
    add_actions(built)
    add_households(built)
    add_follow_ups(built)
    add_requests(built)
    add_evaluations(built, built)
    add_contracts(built, built)
    add_nurse_visits(built)
    return built


def put_together(territories: list[Territory], weeks: int) -> Week:
    """The territories put together."""
    return Week(
        horizon=Horizon(first_day=FIRST_DAY, weeks=weeks),
        services=tuple(row for part in territories for row in part.services),
        sites=tuple(row for part in territories for row in part.sites),
        travel=tuple(row for part in territories for row in part.travel),
        professionals=tuple(row for part in territories for row in part.professionals),
        absences=tuple(row for part in territories for row in part.absences),
        busy=tuple(row for part in territories for row in part.busy),
        cases=tuple(row for part in territories for row in part.cases),
        missions=tuple(row for part in territories for row in part.missions),
        reception=tuple(row for part in territories for row in part.reception),
        actions=tuple(row for part in territories for row in part.actions),
        meetings=tuple(row for part in territories for row in part.meetings),
    )
