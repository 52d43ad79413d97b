"""What time it is: an instant in UTC, told by a function that tests replace."""

from collections.abc import Callable
from datetime import UTC, datetime

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The instant of the machine's clock."""
    return datetime.now(UTC)
