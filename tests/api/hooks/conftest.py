"""A receiver, and a service whose jobs end."""

from collections.abc import Iterator

import pytest

from tests.api.hooks.receivers import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Who receives."""
    with receiving() as one:
        yield one
