"""Where RDV-Solidarités is and who asks there: by the environment alone (`POLYVALENCE_RDV_…`)."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from optimizer.errors import Problem, UnusableInput, WrongValue

PREFIX = "POLYVALENCE_RDV_"
AN_ADDRESS = "https://www.rdv-solidarites.fr, ou celle de la démonstration"
CREDENTIALS = "TOKEN, ou EMAIL et PASSWORD"


class RdvSettings(BaseSettings):
    """The address of the instance, and a token or the e-mail and the password of an agent."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)
    url: str
    token: SecretStr | None = None
    email: SecretStr | None = None
    password: SecretStr | None = None

    @field_validator("url")
    @classmethod
    def nobody_else_reads(cls, url: str) -> str:
        """What is sent is encrypted, but on this machine."""
        address = urlsplit(url)
        if address.scheme != "https" and not (address.scheme == "http" and _is_here(address.hostname or "")):
            raise WrongValue("une adresse qui n'est pas en https", AN_ADDRESS)
        if address.username or address.password or address.query or address.fragment:
            raise WrongValue("une adresse qui porte autre chose que le serveur", AN_ADDRESS)
        return url.rstrip("/")

    @model_validator(mode="after")
    def somebody_asks(self) -> "RdvSettings":
        """A token, or an e-mail with its password."""
        if self.token is None and (self.email is None or self.password is None):
            raise WrongValue("ni jeton ni compte", CREDENTIALS)
        return self


def settings_told() -> RdvSettings:
    """What the environment says.

    Raises
    ------
    UnusableInput
        Something is missing or wrong: the variable is named, what it holds is not told.
    """
    try:
        return RdvSettings()  # type: ignore[call-arg]
    except ValidationError as error:
        raise UnusableInput([_problem(one["loc"], one.get("ctx", {})) for one in error.errors()]) from None


def _problem(loc: tuple[int | str, ...], context: dict[str, object]) -> Problem:
    cause = context.get("error")
    name = PREFIX + (str(loc[0]).upper() if loc else "…")
    if isinstance(cause, WrongValue):
        return Problem(name, cause.found, cause.expected)
    return Problem(name, "variable d'environnement absente ou illisible", AN_ADDRESS if loc else CREDENTIALS)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
