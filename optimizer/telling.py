"""What the command line says: on stdout the answer, on stderr progress, warnings and errors.

Progress goes to a terminal only. `--quiet` leaves errors; `--json` makes the answer one JSON object.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import ParamSpec, TextIO

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from optimizer.errors import ContradictoryWeek, NoPlanYet, NoTeam, SolverLost, UnusableInput
from optimizer.files.labels import number, percent
from optimizer.files.system import reason_of
from optimizer.news import Advance
from optimizer.plan import Level
from optimizer.sentences import level_label

Json = dict[str, object]
Arguments = ParamSpec("Arguments")

DONE, REFUSED, UNUSABLE, TOO_EARLY, INTERNAL = range(5)
STOPPED = 130
WIDTH_OF_A_FILE = 110


class Page(Console):
    """A console whose reader may leave, as `| head` does."""

    def on_broken_pipe(self) -> None:
        """Told to the command, which ends well: its work is done."""
        raise BrokenPipeError


def console(is_error: bool = False) -> Console:
    """A console that takes every text as it is; wide enough when it is no terminal."""
    stream = sys.stderr if is_error else sys.stdout
    width = None if stream.isatty() else WIDTH_OF_A_FILE
    return Page(file=stream, width=width, markup=False, emoji=False, highlight=False)


def answer(document: Json) -> None:
    """One JSON object on stdout."""
    print(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False, default=str))


@contextmanager
def speaking(*written: object) -> Iterator[None]:
    """What is said in the block once these files are written: not being heard does not undo them."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (OSError, KeyboardInterrupt) as error:
        leave(sys.stdout)
        reason = reason_of(error) if isinstance(error, OSError) else "arrêt demandé"
        done = f" ; écrit : {', '.join(map(str, written))}" if written else ""
        complain(f"La réponse n'a pas pu être affichée en entier ({reason}){done}.")
        raise typer.Exit(INTERNAL if isinstance(error, OSError) else STOPPED) from None


def warn(sentences: Iterable[str], is_quiet: bool) -> None:
    """What a reader should know, one line each."""
    if not is_quiet:
        for sentence in sentences:
            complain(f"À savoir : {sentence}")


def complain(text: str) -> None:
    """A line on stderr; one that cannot be read changes nothing else."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        leave(sys.stderr)


# ------------------------------------------------------------ errors


def told(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """The same command, whose failures are one French message and an exit code, never a traceback."""

    @wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.BadParameter):
            raise
        except BrokenPipeError:
            leave(sys.stdout)
        except (Exception, KeyboardInterrupt) as error:
            raise typer.Exit(tell(error, is_json=bool(kwargs.get("as_json")))) from None

    return run


def leave(stream: TextIO) -> None:
    """Nobody reads any more: what is left to say goes nowhere, at the very end as well."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(error: BaseException, is_json: bool = False) -> int:
    """Say what went wrong, and the exit code that stands for it."""
    code, title, lines = _reading_of(error)
    complain(title + ("" if not lines else "\n" + "\n".join(f"  {line}" for line in lines)))
    if is_json:
        with suppress(typer.Exit, BrokenPipeError), speaking():
            answer({"error": {"exit_code": code, "title": title, "details": lines}})
    return code


def _reading_of(error: BaseException) -> tuple[int, str, list[str]]:
    match error:
        case UnusableInput():
            count = len(error.problems)
            title = "Entrée inutilisable :" if count == 1 else f"Entrée inutilisable, {count} problèmes :"
            return UNUSABLE, title, [str(problem) for problem in error.problems]
        case ContradictoryWeek():
            return REFUSED, "Cette semaine se contredit :", error.facts
        case NoTeam():
            return REFUSED, "Aucune équipe ne peut tout faire :", error.facts
        case NoPlanYet():
            return TOO_EARLY, f"Pas de plan : {error}.", []
        case SolverLost():
            first, *rest = str(error).splitlines() or [""]
            return INTERNAL, f"Calcul perdu : {first}", rest
        case KeyboardInterrupt():
            return TOO_EARLY, "Arrêté avant la fin ; rien n'est écrit.", []
        case MemoryError():
            return INTERNAL, "Mémoire insuffisante.", []
    name = type(error).__name__
    return (
        INTERNAL,
        f"Erreur interne, qui est un défaut du logiciel ({name}) ; le résultat n'est pas écrit.",
        [],
    )


# ------------------------------------------------------------ progress


class Shown:
    """A line of a terminal: best value, bound and gap of each level, and how many parts are planned."""

    def __init__(self, bar: Bar, title: str) -> None:
        self._bar, self._title = bar, title
        self._task = bar.add_task(f"{title} en cours", total=None)
        self._levels: dict[str, str] = {}
        self._parts: list[str] = []

    def __call__(self, name: str, value: float, bound: float) -> None:
        """Show a level."""
        self._levels[name] = in_words(Level.of(name, value, bound))
        self._show()

    def advance(self, news: Advance) -> None:
        """Show how many parts are planned."""
        self._parts = [f"{news.done} équipes sur {news.total}"]
        self._show()

    def _show(self) -> None:
        said = " | ".join((*self._parts, *self._levels.values()))
        self._bar.update(self._task, description=f"{self._title} : {said}")


@contextmanager
def progress(is_quiet: bool, title: str = "Calcul") -> Iterator[Shown | None]:
    """How the engine gets on while it works, on a terminal only."""
    if is_quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Bar(*columns, console=console(is_error=True), transient=True) as bar:
        yield Shown(bar, title)


def in_words(level: Level) -> str:
    """A level in one short phrase."""
    name, value = level_label(level.name), number(level.value)
    return f"{name} {value} (borne {number(level.bound)}, écart {percent(level.gap)})"
