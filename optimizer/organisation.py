"""The parameters and weights of an organisation: data read by the rules, never a branch on its name.

Weights of commitments are the project's defaults, shown to the user with every plan; those of preferences
were chosen once, before anything was measured (docs/decisions.md).
"""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from optimizer.errors import WrongValue
from optimizer.frozen import Frozen
from optimizer.values import ClockTime


def tenths(points: float) -> int:
    """A price in tenths of a point, the integer unit in which engines and judge count."""
    return round(points * 10)


def _whole_tenths(points: float) -> float:
    if abs(points * 10 - tenths(points)) > 1e-6:
        raise WrongValue(f"{points} points", "au plus une décimale")
    return points


Points = Annotated[float, Field(ge=0, le=10_000), AfterValidator(_whole_tenths)]


class CommitmentWeights(Frozen):
    """Prices of level 1, in points. A day is a working day."""

    urgency_late_day: Points = 300
    priority_request_late_day: Points = 150
    ordinary_request_late_day: Points = 60
    request_growth_percent: int = Field(default=20, ge=0, le=100)
    legal_late_day: Points = 100
    late: Points = 60
    late_day: Points = 5
    home_meeting_missing: Points = 150
    waiting_day: Points = 1
    reception_missing: Points = 200
    urgency_hour_missing: Points = 50
    training_seat: Points = 150
    collective_minute_missing: Points = 1
    writing_minute_missing: Points = 0.5
    meeting_absent: Points = 20


class PreferenceWeights(Frozen):
    """Prices of level 2, in points."""

    possible_not_core: Points = Field(
        default=4, description="a mission, per person whose profession is only possible"
    )
    not_referent: Points = Field(default=6, description="a mission of a household done without its referent")
    referent_not_core: Points = Field(default=4, description="an open mission not core for a new referent")
    referent_not_follower: Points = Field(
        default=2, description="a new referent who never followed the household"
    )
    caseload_deviation: Points = Field(default=2, description="a unit of caseload beyond the pro-rata band")
    load_minute_deviation: Points = Field(
        default=0.1, description="a minute of missions beyond the pro-rata band"
    )
    evaluator_minute_deviation: Points = Field(default=0.1, description="the same, among evaluators")
    step: Points = Field(default=3, description="a trip of a household to a site, one a site and day")
    travel_minute: Points = Field(
        default=0.2, description="a minute of travel within a half-day or over lunch"
    )
    posted_elsewhere: Points = Field(default=2, description="a half-day posted away from one's own site")
    telework_wish: Points = Field(default=5, description="a wished telework half-day with work done on site")
    short_lunch_minute: Points = Field(default=0.2, description="a minute of lunch under the wished length")
    leader_change: Points = Field(default=10, description="a leader of a series beyond the number it takes")
    training_day_done: Points = Field(
        default=3, description="a training day that an attendee had already done"
    )


class Organisation(Frozen):
    """How a département organises the service, within the five propositions."""

    name: str = ""
    collective_share_percent: int = Field(default=8, ge=0, le=100)
    writing_share_percent: int = Field(default=39, ge=0, le=100)
    isic_days_per_year: int = Field(default=3, ge=0, le=50)
    lunch_minutes: int = Field(default=60, ge=45, le=180)
    midday: ClockTime = time(12, 30)
    cesf_excluded_from_ip: bool = True
    pentecost_worked: bool = False
    commitments: CommitmentWeights = CommitmentWeights()
    preferences: PreferenceWeights = PreferenceWeights()

    @model_validator(mode="after")
    def shares_leave_time_to_receive(self) -> "Organisation":
        """Reserved shares cannot exceed the whole of the time."""
        total = self.collective_share_percent + self.writing_share_percent
        if total > 100:
            raise WrongValue(f"part_collective + part_ecrits = {total} %", "100 % au plus")
        return self
