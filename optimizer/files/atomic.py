"""Writing a file so that it is there whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from optimizer.errors import Problem, UnusableInput
from optimizer.files.system import REASONS, reason_of


def write_whole(path: Path, content: bytes) -> None:
    """Put these bytes at a path, in place of what stood there; a failure leaves what stood there."""
    target = writable(path)
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    with told_in_french(path):
        try:
            with temporary.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise


def writable(path: Path) -> Path:
    """The file that a path stands for, links followed; refuses what is there and no file, and a missing
    folder."""
    with told_in_french(path):
        target = path.resolve()
        if target.is_dir():
            raise UnusableInput([Problem(str(path), "c'est un dossier", "un nom de fichier")])
        if target.exists() and not target.is_file():
            found = "ce n'est pas un fichier ordinaire"
            raise UnusableInput([Problem(str(path), found, "un nom de fichier")])
        if not target.parent.is_dir():
            found = f"le dossier {path.parent} n'existe pas"
            raise UnusableInput([Problem(str(path), found, "un dossier existant")])
        if not os.access(target.parent, os.W_OK):
            raise UnusableInput([Problem(str(path), REASONS[errno.EACCES], "un fichier où l'on peut écrire")])
    return target


@contextmanager
def told_in_french(path: Path) -> Iterator[None]:
    """What the system refuses becomes a sentence that names the path."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        found = reason_of(error)
        raise UnusableInput([Problem(str(path), found, "un fichier où l'on peut écrire")]) from None
