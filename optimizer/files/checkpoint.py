"""The file from which a long run goes on: written whole each time, read only for the week it is of."""

from pathlib import Path

from pydantic import ValidationError

from optimizer import __version__
from optimizer.errors import Problem, UnusableInput
from optimizer.files.atomic import told_in_french, write_whole
from optimizer.hashes import hash_of_week
from optimizer.news import Checkpoint
from optimizer.week import Week

EXPECTED = "un point de reprise écrit par --checkpoint, ou un nom de fichier nouveau"


def write_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Put a checkpoint at a path, whole or not at all."""
    write_whole(path, checkpoint.model_dump_json().encode())


def read_checkpoint(path: Path, week: Week) -> Checkpoint | None:
    """Where a run of the same week was; None when nothing is there yet.

    Raises
    ------
    UnusableInput
        The file is no checkpoint, or that of another week or version.
    """
    with told_in_french(path):
        if not path.exists():
            return None
        content = path.read_bytes()
    try:
        found = Checkpoint.model_validate_json(content)
    except ValidationError:
        raise UnusableInput([Problem(str(path), "ce n'est pas un point de reprise", EXPECTED)]) from None
    if found.week_hash != hash_of_week(week):
        raise UnusableInput([Problem(str(path), "le point de reprise d'une autre semaine", EXPECTED)])
    if found.product_version != __version__:
        written = f"un point de reprise de la version {found.product_version}"
        raise UnusableInput([Problem(str(path), written, f"la version {__version__}")])
    return found
