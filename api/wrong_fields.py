"""What a model of the service refuses by itself, in French and in English."""

from optimizer.errors import WrongValue


class WrongFields(WrongValue):
    """Fields that do not go together."""

    def __init__(self, found: str, expected: str, english: str) -> None:
        self.english = english
        super().__init__(found, expected)


def refuse_unless_one(**given: object) -> None:
    """Refuse two fields of which not exactly one is given.

    Raises
    ------
    WrongFields
    """
    first, second = given
    are_given = [value is not None for value in given.values()]
    if not any(are_given):
        raise WrongFields(
            f"ni {first} ni {second}", f"{first} ou {second}", f"neither {first} nor {second}; one is needed"
        )
    if all(are_given):
        raise both(first, second)


def both(first: str, second: str) -> WrongFields:
    """The refusal of two fields of which one alone is meant."""
    return WrongFields(
        f"{first} et {second} à la fois", "l'un ou l'autre", f"both {first} and {second}; one alone is meant"
    )
