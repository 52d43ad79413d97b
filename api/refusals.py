"""The problems that an operation may answer with, as its contract tells them: by status, an example each."""

from typing import Any

from api.problems import WORDS, Code, Trouble, document_of

MEDIA_TYPE = "application/problem+json"
SCHEMA = {"$ref": "#/components/schemas/Problem"}
Responses = dict[int | str, dict[str, Any]]

ALWAYS = (Code.INVALID_REQUEST, Code.INTERNAL)
"""A parameter that the contract does not name is refused everywhere."""
WITH_A_KEY = (Code.UNAUTHENTICATED, Code.FORBIDDEN, Code.RATE_LIMITED, Code.TOO_MANY_FAILURES)
WITH_A_NAME = (Code.NOT_FOUND,)
WITH_A_BODY = (
    Code.UNREADABLE_BODY,
    Code.BODY_TOO_LARGE,
    Code.UNSUPPORTED_MEDIA_TYPE,
    Code.UNUSABLE_INPUT,
)


def may_refuse(*codes: Code) -> Responses:
    """The answers of an operation that may refuse for these reasons."""
    found: Responses = {}
    for code in sorted(codes, key=list(Code).index):
        known = found.setdefault(WORDS[code].status, _response())
        known["content"][MEDIA_TYPE]["examples"][code.value] = _example(code)
    return found | {status: {**one, "description": _titles(one)} for status, one in found.items()}


def add_problems(path: str, operation: dict[str, Any]) -> None:
    """Have the contract of an operation tell the problems that its kind may answer with, besides its own."""
    codes = {*ALWAYS, *_own(operation)}
    codes.update(WITH_A_KEY if operation.get("security") else ())
    codes.update(WITH_A_NAME if "{" in path else ())
    codes.update(WITH_A_BODY if "requestBody" in operation else ())
    for status, response in may_refuse(*codes).items():
        operation["responses"][str(status)] = response


def _own(operation: dict[str, Any]) -> list[Code]:
    """The problems that its route names."""
    contents = (one.get("content", {}).get(MEDIA_TYPE, {}) for one in operation["responses"].values())
    return [Code(name) for content in contents for name in content.get("examples", {})]


def _response() -> dict[str, Any]:
    return {"description": "", "content": {MEDIA_TYPE: {"schema": SCHEMA, "examples": {}}}}


def _example(code: Code) -> dict[str, Any]:
    return {"summary": WORDS[code].french, "value": document_of(Trouble(code=code), is_english=False)}


def _titles(response: dict[str, Any]) -> str:
    examples = response["content"][MEDIA_TYPE]["examples"].values()
    return " ; ".join(one["summary"] for one in examples)
