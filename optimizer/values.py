"""The values that fields of a week are made of: ids, minutes and moments on the 5-minute grid."""

from datetime import date, datetime, time
from typing import Annotated

from pydantic import AfterValidator, Field

from optimizer.clock import GRID_MINUTES, to_wall_clock
from optimizer.errors import WrongValue

YEARS = range(2000, 2100)


def _on_grid(minutes: int) -> int:
    if minutes % GRID_MINUTES:
        raise WrongValue(f"{minutes} minutes", f"un multiple de {GRID_MINUTES} minutes")
    return minutes


def _instant_on_grid(instant: datetime) -> datetime:
    if instant.year not in YEARS:
        raise WrongValue(f"année {instant.year}", f"une année de {YEARS.start} à {YEARS.stop - 1}")
    wall = to_wall_clock(instant)
    _time_on_grid(wall.time())
    return wall


def _time_on_grid(moment: time) -> time:
    if moment.tzinfo:
        raise WrongValue(f"heure {moment}", "une heure de Paris, sans décalage")
    if moment.second or moment.microsecond or moment.minute % GRID_MINUTES:
        raise WrongValue(f"heure {moment}", f"une heure dont les minutes sont un multiple de {GRID_MINUTES}")
    return moment


def _of_this_century(day: date) -> date:
    if day.year not in YEARS:
        raise WrongValue(f"année {day.year}", f"une année de {YEARS.start} à {YEARS.stop - 1}")
    return day


Identifier = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:@+-]+$")]
Minutes = Annotated[int, Field(ge=0), AfterValidator(_on_grid)]
Duration = Annotated[int, Field(gt=0, le=7 * 24 * 60), AfterValidator(_on_grid)]
Day = Annotated[date, AfterValidator(_of_this_century)]
Instant = Annotated[datetime, AfterValidator(_instant_on_grid)]
ClockTime = Annotated[time, AfterValidator(_time_on_grid)]
