"""What a service is told at start: by its command line, else by the environment (`POLYVALENCE_…`)."""

import os

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.hooks.targets import hosts_of, is_host
from optimizer.errors import Problem, UnusableInput, WrongValue
from optimizer.files.json_week import JsonOrigin
from optimizer.files.sentences import details_of, sentence_of
from optimizer.files.sheets import quoted

PREFIX = "POLYVALENCE_"
MEBIBYTE = 1024 * 1024
A_HOST = "des hôtes, entre virgules et sans « http:// » : outil.intranet,10.0.0.7:8080"


class Settings(BaseSettings):
    """The database, the cores of its runner, limits, and for how many days what is kept.

    In a minute: what a key may read, what it may ask else, and how many keys an address may have refused;
    `queue_limit` are the jobs of one tenant that may wait for their turn.

    `webhook_hosts`, between commas, are the hosts that webhooks may go to though they are private or have no
    TLS.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)
    database: str = "sqlite:///polyvalence.db"
    cores: int = Field(default=os.cpu_count() or 1, ge=1)
    body_limit: int = Field(default=8 * MEBIBYTE, ge=1024)
    is_open: bool = False
    reads_per_minute: int = Field(default=30_000, ge=1)
    writes_per_minute: int = Field(default=3_000, ge=1)
    failures_per_minute: int = Field(default=30, ge=1)
    queue_limit: int = Field(default=1_000, ge=1)
    keep_jobs: int = Field(default=90, ge=1)
    keep_published: int = Field(default=365, ge=1)
    keep_weeks: int = Field(default=90, ge=1)
    keep_audit: int = Field(default=365, ge=1)
    keep_deliveries: int = Field(default=30, ge=1)
    webhook_hosts: str = ""

    @field_validator("webhook_hosts")
    @classmethod
    def each_is_a_host(cls, told: str) -> str:
        """Anything else would match no address, and nobody would know."""
        for name in sorted(hosts_of(told)):
            if not is_host(name):
                raise WrongValue(quoted(name), A_HOST)
        return told


def settings_told() -> Settings:
    """What the environment says.

    Raises
    ------
    UnusableInput
        With every variable that cannot be read: what it holds and what was expected.
    """
    try:
        return Settings()
    except ValidationError as error:
        found = [
            Problem(PREFIX + str(one["loc"][0]).upper(), *sentence_of(one, JsonOrigin("")))
            for one in details_of(error)
        ]
        raise UnusableInput(found) from None
