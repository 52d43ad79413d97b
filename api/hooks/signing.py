"""Signatures of Standard Webhooks: whoever has the secret knows that a message is ours, and is recent."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from standardwebhooks import Webhook

MARK = "whsec_"
BYTES = 32


def new_secret() -> str:
    """A secret, as libraries of Standard Webhooks read it."""
    return MARK + b64encode(secrets.token_bytes(BYTES)).decode()


def signed(id_: str, at: datetime, payload: str, known: Sequence[str]) -> dict[str, str]:
    """The headers of a message, with a signature by each secret that is known to its receiver."""
    signatures = [Webhook(secret).sign(id_, at, payload) for secret in known]
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
