"""What a service is told at start: by its command line, else by the environment (`POLYVALENCE_…`)."""

import os

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024


class Settings(BaseSettings):
    """The database, the cores of its runner, and limits."""

    model_config = SettingsConfigDict(env_prefix="POLYVALENCE_", frozen=True)
    database: str = "sqlite:///polyvalence.db"
    cores: int = Field(default=os.cpu_count() or 1, ge=1)
    body_limit: int = Field(default=8 * MEBIBYTE, ge=1024)
    is_open: bool = False
