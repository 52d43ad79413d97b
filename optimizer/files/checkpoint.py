"""The file from which a long run goes on: written whole each time, read only for the week it is of."""

from pathlib import Path

from pydantic import Field, ValidationError

from optimizer import __version__
from optimizer.errors import Problem, UnusableInput
from optimizer.files.atomic import told_in_french, write_whole
from optimizer.frozen import Frozen
from optimizer.news import Checkpoint

EXPECTED = "un point de reprise écrit par --checkpoint, ou un nom de fichier nouveau"


class Kept(Frozen):
    """A checkpoint with the week and the version that it is of."""

    schema_version: str = Field(default="1", pattern="^1$")
    product_version: str
    week_hash: str
    checkpoint: Checkpoint


def write_checkpoint(checkpoint: Checkpoint, week_hash: str, path: Path) -> None:
    """Put a checkpoint at a path, whole or not at all."""
    kept = Kept(product_version=__version__, week_hash=week_hash, checkpoint=checkpoint)
    write_whole(path, kept.model_dump_json().encode())


def read_checkpoint(path: Path, week_hash: str) -> Checkpoint | None:
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
        kept = Kept.model_validate_json(content)
    except ValidationError:
        raise UnusableInput([Problem(str(path), "ce n'est pas un point de reprise", EXPECTED)]) from None
    if kept.week_hash != week_hash:
        raise UnusableInput([Problem(str(path), "le point de reprise d'une autre semaine", EXPECTED)])
    if kept.product_version != __version__:
        found = f"un point de reprise de la version {kept.product_version}"
        raise UnusableInput([Problem(str(path), found, f"la version {__version__}")])
    return kept.checkpoint
