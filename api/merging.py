"""JSON Merge Patch (RFC 7396): a document that is changed by another which holds the differences alone."""

from api.problems import Code, Fault, Refused

Document = dict[str, object]


def patched(target: Document, patch: Document) -> Document:
    """The document with the changes.

    Raises
    ------
    Refused
        A field to take away that is not there: it is misspelt, and would go unheard.
    """
    unknown = [name for name, value in patch.items() if value is None and name not in target]
    if unknown:
        faults = (
            Fault(pointer=f"/{name[:64]}", detail="champ absent, que rien ne retire", english="no such field")
            for name in unknown[:20]
        )
        raise Refused(Code.INVALID_REQUEST, faults=tuple(faults))
    changed = merged(target, patch)
    assert isinstance(changed, dict)
    return changed


def merged(target: object, patch: object) -> object:
    """The document with the changes: null takes a field away, and only objects are merged."""
    if not isinstance(patch, dict):
        return patch
    known = target if isinstance(target, dict) else {}
    changed = {name: merged(known.get(name), value) for name, value in patch.items() if value is not None}
    return {name: value for name, value in known.items() if name not in patch} | changed
