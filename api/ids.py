"""Names of what is kept: a word for what it is, and chance."""

import secrets

BYTES = 10


def new_id(word: str) -> str:
    """A name that nobody can guess, such as `job_0c2f…`."""
    return f"{word}_{secrets.token_hex(BYTES)}"
