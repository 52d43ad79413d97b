"""JSON Merge Patch (RFC 7396): a document that is changed by another which holds the differences alone."""


def merged(target: object, patch: object) -> object:
    """The document with the changes: null takes a field away, and only objects are merged."""
    if not isinstance(patch, dict):
        return patch
    known = target if isinstance(target, dict) else {}
    changed = {name: merged(known.get(name), value) for name, value in patch.items() if value is not None}
    return {name: value for name, value in known.items() if name not in patch} | changed
