"""What may be asked of a webhook."""

from typing import Literal

from pydantic import ConfigDict, Field

from api.store.webhooks import Wished
from api.words import EventType
from optimizer.frozen import Frozen

Told = Literal[EventType.SUCCEEDED, EventType.FAILED, EventType.STOPPED, EventType.EXPIRED]


class WebhookRequest(Frozen):
    """Where to tell of which ends of jobs."""

    model_config = ConfigDict(str_max_length=None)
    url: str
    events: tuple[Told, ...] = Field(min_length=1, max_length=20)
    is_enabled: bool = True

    def wished(self) -> Wished:
        """What is to be kept of it; each event once."""
        return Wished(self.url, tuple(dict.fromkeys(self.events)), self.is_enabled)
