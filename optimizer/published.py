"""A plan as it was published, in its week: what every answer about a plan starts from."""

from optimizer.errors import Problem, UnusableInput
from optimizer.holding import week_of
from optimizer.plan import Plan
from optimizer.standing import Standing, refuse_another_week, refuse_unseparated
from optimizer.week import Week


def published(week: Week, plan: Plan, label: str) -> Standing:
    """The plan in its week, read and judged once; `label` names it in problems.

    Raises
    ------
    UnusableInput
        The plan is another week's, or gives somebody what is never theirs.
    """
    held, claims = week_of(week, plan)
    if claims:
        raise UnusableInput([Problem(label, one, "le plan de cette semaine") for one in claims])
    refuse_another_week(held, plan, label)
    standing = Standing(held, plan)
    refuse_unseparated(standing, label)
    return standing
