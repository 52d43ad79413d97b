"""What is known of a team while it is composed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from optimizer.engines.composing.lacking import Refused
from optimizer.engines.composing.parts import TeamToCompose
from optimizer.engines.composing.problem import keeps_limits, openings
from optimizer.engines.part_jobs import PartPlan
from optimizer.references import DAY_NAMES
from optimizer.scenarios import Scenario

SMALL = 60
"""Missions a week up to which a team is small: it is often at its bound, and its weeks are solved whole."""
Team = Mapping[str, int]
"""How many of each column, by the id of the person who stands for it."""


@dataclass
class Composed:
    """What is known of one team: its targets in tenths with their floors, the cheapest team whose weeks are
    reached, their plans, what any costs at least, and the weeks that the last team tried missed, by how many
    tenths; a team that lacks nothing, and its plans; plans made again where others left it seats; how many
    teams were tried."""

    of: TeamToCompose
    floors: tuple[int, ...] = ()
    plenty: Team = field(default_factory=dict)
    plans_of_plenty: dict[int, PartPlan] = field(default_factory=dict)
    targets: tuple[int, ...] = ()
    bound: int = 0
    team: Team = field(default_factory=dict)
    plans: dict[int, PartPlan] = field(default_factory=dict)
    refused: Refused | None = None
    missed: Mapping[int, float] = field(default_factory=dict)
    plans_together: dict[int, PartPlan] = field(default_factory=dict)
    tries: int = 0
    is_searched: bool = False

    @property
    def there(self) -> Team:
        """Everyone present."""
        return {person.id: 1 for person in self.of.present}

    @property
    def cost(self) -> int:
        """Euros a year of the team."""
        return self.cost_of(self.team)

    def cost_of(self, team: Team) -> int:
        """Euros a year of a team."""
        return sum(column.cost * team.get(column.person.id, 0) for column in self.of.problem.columns)

    @property
    def saving(self) -> int:
        """Euros a year that it costs less than the one that lacks nothing."""
        return self.cost_of(self.plenty) - self.cost

    @property
    def may_have_plenty(self) -> bool:
        """Whether it lacks something that limits would let it have."""
        return self.team != self.plenty and keeps_limits(self.of.problem, self.plenty)

    def have_plenty(self) -> None:
        """Lack nothing."""
        self.team, self.plans, self.plans_together = self.plenty, self.plans_of_plenty, {}

    @property
    def work(self) -> float:
        """What a plan of one of its weeks weighs: grows faster than missions, as people come with them."""
        return float(1 + self.missions**1.5)

    @property
    def missions(self) -> float:
        """Missions of a week, on average."""
        return sum(len(week.missions) for week in self.of.weeks) / max(1, len(self.of.weeks))

    @property
    def is_small(self) -> bool:
        """Whether its weeks are soon planned."""
        return self.missions <= SMALL

    @property
    def is_proven(self) -> bool:
        """Whether no team costs less."""
        return bool(self.plans) and self.cost <= self.bound


def without_as(team: Composed) -> Iterator[str]:
    """What is open where no AS may be."""
    rows = openings(team.of.problem) if team.of.problem.rules.as_at_opening else ()
    empty = [(service, day, half) for service, day, half, _, able in rows if not able]
    for service, day, half in empty[:1]:
        yield (
            f"aucun AS, présent ou à ouvrir, ne peut être dans {service} le {DAY_NAMES[day]} "
            f"{'après-midi' if half else 'matin'}, ouvert au public ; il faudrait "
            "pouvoir en ouvrir un poste, ou demander rules.as_at_opening à false"
        )


def refusal(team: Composed, scenarios: Sequence[Scenario]) -> Iterator[str]:
    """Why no team holds: what lacks, and the smallest change with which one would."""
    refused = team.refused
    if refused is None:
        return
    yield f"aucune équipe de {team.of.part} n'atteint toutes les semaines dans les limites demandées"
    if refused.lacking:
        yield f"en {scenarios[refused.week].name}, il manque d'abord : {', '.join(refused.lacking)}"
    if refused.excess:
        changes = (f"{number} de plus que permis, {what}" for what, number in refused.excess)
        yield f"le plus petit changement qui le permettrait : {' ; '.join(changes)}"
