"""Links of the contract: whatever is made at an address is named in the addresses under it."""

from typing import Any

MADE = ("200", "201", "202")


def link(paths: dict[str, Any]) -> None:
    """Have each answer that makes something lead to what may then be asked of it."""
    for path, operations in paths.items():
        responses = operations.get("post", {}).get("responses", {})
        links = _links(path, paths)
        for status in MADE if links else ():
            if status in responses:
                responses[status].setdefault("links", {}).update(links)


def _links(path: str, paths: dict[str, Any]) -> dict[str, Any]:
    """The operations under an address, by the name of what is made at it."""
    found = {}
    for under, operations in paths.items():
        rest = under.removeprefix(f"{path}/")
        if rest == under or not rest.startswith("{"):
            continue
        name = rest[1:].partition("}")[0]
        if "{" in rest.partition("}")[2]:
            continue  # it needs another name too
        for operation in operations.values():
            target = operation["operationId"]
            found[target] = {"operationId": target, "parameters": {name: "$response.body#/id"}}
    return found
