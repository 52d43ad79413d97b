"""Every variable of the bucket stage that several rules speak of.

A variable exists only where the week allows it on its own (presence, profession, opening, release); what
couples several variables is posted by the rules. Rows posted here say what a variable means.
"""

from typing import TYPE_CHECKING

from optimizer.model.days import create_changes, create_tours
from optimizer.model.gatherings import create_action, create_meeting
from optimizer.model.missions import create_bundle
from optimizer.model.reservations import create_reservations

if TYPE_CHECKING:
    from optimizer.model.bucket import BucketModel


def create_variables(model: "BucketModel") -> None:
    """Create every variable; tours come last, since they depend on where the rest may be."""
    for bundle in model.bundles:
        create_bundle(model, bundle)
    create_evaluators(model)
    create_referents(model)
    for action in model.week.actions:
        create_action(model, action)
    for meeting in model.week.meetings:
        create_meeting(model, meeting)
    for key in model.half_days:
        create_reservations(model, key)
    create_tours(model)
    create_changes(model)


def create_evaluators(model: "BucketModel") -> None:
    """Who is of the pair of each evaluation."""
    for case, acts in model.evaluations.items():
        people = sorted({person for act in acts for person, _ in model.take[act.index]})
        model.evaluates[case] = {person: model.variable("evaluates", (case, person)) for person in people}


def create_referents(model: "BucketModel") -> None:
    """Who becomes the referent of each case to attribute, among those who may do all that is open for it."""
    for case in model.board.cases_to_attribute():
        for person in model.accompanying:
            if model.board.may_be_referent(person, case):
                model.referent[case.id, person.id] = model.variable("referent", (case.id, person.id))
