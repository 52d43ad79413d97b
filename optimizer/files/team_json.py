"""A composed team as JSON, in the wire names: everything that is known of it."""

import json

from optimizer.composed import ComposedTeam


def team_json(team: ComposedTeam) -> bytes:
    """The whole document, keys always in one order; the same bytes for the same team.

    Raises
    ------
    ValueError
        A figure of the provenance is not finite: null would not read back.
    """
    document = team.model_dump(mode="json") | {"provenance": dict(team.provenance)}
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
