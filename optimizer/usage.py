"""How a command is written, in French: its help, and what is wrong with an option."""

import math

import typer
from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, ErrorDetails, core_schema
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

LONGEST_LIMIT = 7 * 24 * 3600
EXPECTED_SECONDS = f"un nombre de secondes, plus de 0 et au plus {LONGEST_LIMIT}"
HELP = {
    "REQUIRED_LONG_STRING": "[obligatoire]",
    "DEFAULT_STRING": "[par défaut : {}]",
    "COMMANDS_PANEL_TITLE": "Commandes",
}
WORDS = (
    ("Value error, ", ""),
    ("': ", "' : "),
    ("Missing argument ", "argument manquant : "),
    ("Missing option ", "option manquante : "),
    ("Missing command", "commande manquante"),
    ("No such option: ", "option inconnue : "),
    ("No such command ", "commande inconnue : "),
    ("Invalid value for ", "valeur refusée pour "),
    ("Invalid value: ", "valeur refusée : "),
    ("Got unexpected extra argument(s)", "argument en trop :"),
    ("Got unexpected extra arguments", "arguments en trop :"),
    ("Got unexpected extra argument", "argument en trop :"),
    ("is not one of", "n'est aucun de"),
    ("requires an argument", "demande une valeur"),
    ("does not take a value", "ne prend pas de valeur"),
    ("Possible options:", "options proches :"),
    ("Did you mean", "peut-être"),
)


class Seconds(float):
    """A limit of time as it is typed, `0.5` or `0,5`."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def read(cls, value: object) -> "Seconds":
        """The seconds that a text stands for."""
        try:
            seconds = cls(str(value).replace(",", "."))
        except ValueError:
            seconds = cls("nan")
        if not math.isfinite(seconds) or not 0 < seconds <= LONGEST_LIMIT:
            raise ValueError(f"« {value} » ; attendu : {EXPECTED_SECONDS}")
        return seconds


class Command(TyperCommand):
    """A command whose help is in French."""

    def get_help_option(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """The option that shows the help."""
        return _in_french(super().get_help_option(ctx))


class Group(TyperGroup):
    """The command of commands, whose help is in French."""

    def get_help_option(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """The option that shows the help."""
        return _in_french(super().get_help_option(ctx))


def _in_french(option: object) -> object:
    for name, text in HELP.items():
        setattr(rich_utils, name, text)
    if option is not None:
        option.help = "affiche cette aide"  # type: ignore[attr-defined]
    return option


def usage_in_french(error: TyperException) -> str:
    """The parser's own complaint, in the words of the user."""
    message = _refusal(error) or error.format_message() or "Missing command."
    for english, french in WORDS:
        message = message.replace(english, french)
    return f"Commande mal écrite : {message}\n  « polyvalence --help » dit comment l'écrire."


def _refusal(error: TyperException) -> str | None:
    """A number that cannot be read or is out of its range: what was found, and the range."""
    cause, parameter = error.__cause__, getattr(error, "param", None)
    if not isinstance(cause, ValidationError) or parameter is None:
        return None
    detail = cause.errors(include_url=False)[0]
    if not detail["type"].startswith(("int_", "greater_", "less_")):
        return None
    names = " / ".join(f"'{name}'" for name in parameter.opts)
    return (
        f"valeur refusée pour {names} : « {_typed(detail)} » ; attendu : un nombre entier{_range(parameter)}"
    )


def _typed(detail: ErrorDetails) -> str:
    return str(detail["input"])[:60]


def _range(parameter: object) -> str:
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    return "" if least is None or most is None else f" de {least} à {most}"
