"""What the system refuses, in French."""

import errno

REASONS = {
    errno.EACCES: "droits insuffisants",
    errno.EPERM: "droits insuffisants",
    errno.EROFS: "support en lecture seule",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EDQUOT: "plus de place sur le disque",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ENOENT: "rien à cet endroit",
    errno.ENOTDIR: "un fichier là où il faut un dossier",
    errno.EISDIR: "c'est un dossier",
    errno.ELOOP: "liens qui tournent en rond",
    errno.EIO: "disque ou support défectueux",
    errno.ENOMEM: "mémoire insuffisante",
    errno.EMFILE: "trop de fichiers ouverts",
    errno.EBADF: "sortie fermée",
}


def reason_of(error: BaseException) -> str:
    """Why the system said no."""
    code = error.errno if isinstance(error, OSError) else None
    return REASONS.get(code, f"refus du système, code {code}") if code else "chemin impossible"
