"""What is asked when a team is composed: who must stay, posts that may be opened, what they cost, its rules.

A post is a profession, in one service, at one site, with the hours of a part-time pattern. Nobody holds it
yet: it has no absence, and no training done.
"""

from enum import StrEnum

from pydantic import Field, model_validator

from optimizer.errors import WrongValue
from optimizer.frozen import Frozen
from optimizer.organisation import Points
from optimizer.values import Identifier
from optimizer.week import Windows
from optimizer.words import Profession

FULL_TIME_COST = 67_000
"""Euros a year for a full-time post of any profession: derived from the Cour des comptes (2025), 1.2 bn euros
for 18,000 social workers; to be replaced by a département's own figures."""
MOST_POSTS = 200
MOST_HOURS = 50
"""Hours a week between which a full-time post works its own: ASSUMPTION, wider than any legal week."""


class Start(StrEnum):
    """From where a team is composed."""

    PRESENT = "present"
    NOTHING = "nothing"


class Pattern(Frozen):
    """A part-time pattern: a name, a fraction in percent of full time, and the hours worked."""

    name: Identifier
    quotite: int = Field(ge=2, le=100)
    windows: Windows = Field(min_length=1)

    @model_validator(mode="after")
    def hours_are_those_of_the_fraction(self) -> "Pattern":
        """A tenth of full time is not there all week."""
        minutes = sum(end - begin for begin, end in (window.minutes for window in self.windows))
        most = MOST_HOURS * 60 * self.quotite // 100
        if minutes > most:
            found = f"{self.quotite} % de temps plein pour {_hours(minutes)} par semaine"
            raise WrongValue(found, f"au plus {_hours(most)}")
        return self


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.4g} h".replace(".", ",")


class Opening(Frozen):
    """Posts that may be opened: of a profession in a service, at one of its sites or at any.

    `patterns` names the part-time patterns allowed (none: all); `least` and `most` bound their number, over
    all sites and patterns.
    """

    profession: Profession
    service_id: Identifier
    site_id: Identifier | None = None
    patterns: tuple[Identifier, ...] = ()
    least: int = Field(default=0, ge=0, le=MOST_POSTS)
    most: int = Field(default=MOST_POSTS, ge=0, le=MOST_POSTS)

    @model_validator(mode="after")
    def least_is_no_more_than_most(self) -> "Opening":
        """Bounds that contradict each other open nothing."""
        if self.least > self.most:
            raise WrongValue(f"au moins {self.least} et au plus {self.most}", "des bornes dans cet ordre")
        return self


class Bounds(Frozen):
    """How many people of a profession a service may have, those who stay included."""

    profession: Profession
    service_id: Identifier
    least: int = Field(default=0, ge=0, le=10_000)
    most: int = Field(default=10_000, ge=0, le=10_000)

    @model_validator(mode="after")
    def least_is_no_more_than_most(self) -> "Bounds":
        """Bounds that contradict each other allow no team."""
        if self.least > self.most:
            raise WrongValue(f"au moins {self.least} et au plus {self.most}", "des bornes dans cet ordre")
        return self


class TeamRules(Frozen):
    """What makes a team, beyond what its weeks ask for.

    An AS of the sector team there for each of its sites, in each half-day open to the public; the hours of
    each post opened hold the dated meetings of its whole service; two people able to do each type of mission
    named (`*`: each that the weeks ask for); a manager for so many people of a sector team.
    """

    as_at_opening: bool = True
    at_meetings: bool = True
    two_people_for: tuple[str, ...] = ()
    people_per_manager: int | None = Field(default=None, ge=1, le=100)


class TeamRequest(Frozen):
    """What a team is composed from, and what it must hold.

    `keep` names people who must stay (of the present team; everyone else may leave). Without `posts`, those
    that the weeks call for may be opened. `costs` is in euros a year for a full-time post. A week is reached
    when the level 1 of each team in it (services planned together) is at most `tolerance` points above what
    unlimited posts reach; `share_percent` of the weeks must be.
    """

    start: Start = Start.PRESENT
    keep: tuple[Identifier, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    posts: tuple[Opening, ...] = ()
    costs: dict[Profession, int] = Field(default_factory=dict)
    bounds: tuple[Bounds, ...] = ()
    rules: TeamRules = TeamRules()
    share_percent: int = Field(default=100, ge=1, le=100)
    tolerance: Points = 10

    @model_validator(mode="after")
    def costs_are_positive(self) -> "TeamRequest":
        """A post that costs nothing, or less, could be opened without end."""
        for profession, cost in self.costs.items():
            if not 1 <= cost <= 10_000_000:
                raise WrongValue(f"{cost} euros par an pour {profession}", "un coût de 1 à 10 000 000 euros")
        return self

    @model_validator(mode="after")
    def patterns_have_names_of_their_own(self) -> "TeamRequest":
        """A name stands for one pattern."""
        names = [pattern.name for pattern in self.patterns]
        for name in names:
            if names.count(name) > 1:
                raise WrongValue(f"deux temps « {name} »", "un nom pour chacun")
        return self

    def cost_of(self, profession: Profession) -> int:
        """Euros a year for a full-time post."""
        return self.costs.get(profession, FULL_TIME_COST)


class Post(Frozen):
    """A post that may be opened, as often as needed; its name says what it is.

    `is_anywhere`: at any site of its service, `site_id` being the first.
    """

    profession: Profession
    service_id: Identifier
    site_id: Identifier
    pattern: Pattern
    is_anywhere: bool = False

    @property
    def name(self) -> str:
        """Profession, service, site and pattern."""
        return f"{self.profession}.{self.service_id}.{self.site_id}.{self.pattern.name}"
