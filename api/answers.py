"""Problems as answers of HTTP; whatever happens, no traceback and nothing of what is stored leaves."""

import re

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException

from api.languages import is_english
from api.logs import places_of
from api.problems import WORDS, Code, Fault, Refused, Trouble, document_of, trouble_of
from api.refusals import MEDIA_TYPE
from api.saying import over_http
from api.store.pages import BadCursor
from optimizer.errors import PolyvalenceError
from optimizer.files.json_week import JsonOrigin
from optimizer.files.sentences import sentence_of

LOGGER = structlog.get_logger(__name__)
METHOD_NOT_ALLOWED = WORDS[Code.METHOD_NOT_ALLOWED].status
CODES = {WORDS[code].status: code for code in reversed(Code)}
"""The first code of each status, for what the framework refuses by itself."""


def tell_problems(app: FastAPI) -> None:
    """Have an application answer every error with a problem."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(PolyvalenceError, _of_the_product)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(BadCursor, _bad_cursor)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(Exception, _defect)


def problem(request: Request, trouble: Trouble) -> JSONResponse:
    """The answer for a problem, in the language of who asks."""
    document = document_of(trouble, is_english(request.headers.get("accept-language")))
    headers = {"Vary": "Accept-Language"}
    if trouble.code is Code.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(document, WORDS[trouble.code].status, headers, MEDIA_TYPE)


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    answer = problem(request, error.trouble)
    if error.retry_after is not None:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _of_the_product(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, PolyvalenceError)
    return problem(request, trouble_of(error))


def _invalid(request: Request, error: Exception) -> JSONResponse:
    """A parameter of the address or a header that is not what it should be."""
    assert isinstance(error, RequestValidationError)
    faults = tuple(_of_parameter(one) for one in error.errors())
    return problem(request, Trouble(code=Code.INVALID_REQUEST, errors=faults))


def _of_parameter(detail: ErrorDetails) -> Fault:
    found, expected = sentence_of(detail, JsonOrigin(""))
    if detail["type"] == "string_pattern_mismatch":
        expected = "des caractères d'ASCII, sans espace"
    said = over_http(f"{found} ; attendu : {expected}")
    return Fault(parameter=str(detail["loc"][-1]), detail=said, english=detail["msg"])


def _bad_cursor(request: Request, _error: Exception) -> JSONResponse:
    fault = Fault(parameter="cursor", detail="un curseur qu'aucune page n'a donné", english="no page gave it")
    return problem(request, Trouble(code=Code.INVALID_REQUEST, errors=(fault,)))


def _of_the_framework(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    answer = problem(request, Trouble(code=CODES.get(error.status_code, Code.INVALID_REQUEST)))
    if error.status_code == METHOD_NOT_ALLOWED:
        answer.headers["Allow"] = ", ".join(_allowed(request))
    return answer


def _allowed(request: Request) -> list[str]:
    """The methods that an address takes, as the contract has them."""
    paths: dict[str, dict[str, object]] = request.app.openapi()["paths"]
    here = request.url.path
    found = (path for path in paths if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), here))
    return sorted({method.upper() for path in found for method in paths[path]})


def _defect(request: Request, error: Exception) -> JSONResponse:
    """Say nothing of it; the log says where, never what was in hand."""
    LOGGER.error("defect", error=type(error).__name__, places=places_of(error))
    return problem(request, Trouble(code=Code.INTERNAL))
