"""Every problem that the service tells: a code for programs, words for people, places in what was sent.

The product's own sentences are in French; what the service itself says is in French and in English.
"""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import ConfigDict

from api.saying import over_http
from optimizer.errors import ContradictoryWeek, NoPlanYet, NoTeam, PolyvalenceError, Problem, UnusableInput
from optimizer.frozen import Frozen

MOST_SHOWN = 100
"""Faults told in one problem."""


class Code(StrEnum):
    """What went wrong."""

    UNREADABLE_BODY = "unreadable_body"
    UNAUTHENTICATED = "unauthenticated"
    BAD_SIGNATURE = "bad_signature"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    NOT_ACCEPTABLE = "not_acceptable"
    NOT_ENDED = "not_ended"
    NO_PLAN = "no_plan"
    NO_ANSWER = "no_answer"
    PUBLISHED = "published"
    PLAN_BREAKS_RULES = "plan_breaks_rules"
    BODY_TOO_LARGE = "body_too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    INVALID_REQUEST = "invalid_request"
    UNUSABLE_INPUT = "unusable_input"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    WEBHOOK_URL_MALFORMED = "webhook_url_malformed"
    WEBHOOK_NOT_HTTPS = "webhook_not_https"
    WEBHOOK_HAS_CREDENTIALS = "webhook_has_credentials"
    WEBHOOK_UNRESOLVED = "webhook_unresolved"
    WEBHOOK_TARGET_PRIVATE = "webhook_target_private"
    WEBHOOK_DISABLED = "webhook_disabled"
    TOO_MANY_WEBHOOKS = "too_many_webhooks"
    DELIVERY_PENDING = "delivery_pending"
    PRECONDITION_FAILED = "precondition_failed"
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    TOO_MANY_FAILURES = "too_many_failures"
    QUEUE_FULL = "queue_full"
    CONTRADICTORY_WEEK = "contradictory_week"
    NO_TEAM = "no_team"
    NO_PLAN_YET = "no_plan_yet"
    SOLVER_LOST = "solver_lost"
    PROCESS_LOST = "process_lost"
    RUNNER_LOST = "runner_lost"
    LIMIT_EXCEEDED = "limit_exceeded"
    NOT_READY = "not_ready"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Words:
    """The status of HTTP of a code, and its title in both languages."""

    status: int
    french: str
    english: str


WORDS = {
    Code.UNREADABLE_BODY: Words(400, "Le contenu envoyé n'est pas du JSON lisible", "Unreadable JSON body"),
    Code.UNAUTHENTICATED: Words(
        401, "Clé absente, inconnue, expirée ou révoquée", "Missing, unknown, expired or revoked key"
    ),
    Code.BAD_SIGNATURE: Words(401, "Signature absente ou fausse", "Missing or wrong signature"),
    Code.FORBIDDEN: Words(403, "Cette clé ne permet pas cela", "This key does not allow it"),
    Code.NOT_FOUND: Words(404, "Rien de ce nom", "Nothing by that name"),
    Code.METHOD_NOT_ALLOWED: Words(
        405, "Cette adresse ne prend pas cette méthode", "Method not allowed at this address"
    ),
    Code.NOT_ACCEPTABLE: Words(406, "Aucune de ces formes n'existe", "None of these forms exists"),
    Code.NOT_ENDED: Words(409, "Ce calcul n'est pas terminé", "This job has not ended"),
    Code.NO_PLAN: Words(409, "Ce calcul n'a pas de plan", "This job has no plan"),
    Code.NO_ANSWER: Words(409, "Ce calcul s'est terminé sans réponse", "This job ended without an answer"),
    Code.PUBLISHED: Words(
        409, "Ce plan est publié : retirez-le d'abord", "This plan is published: withdraw it first"
    ),
    Code.PLAN_BREAKS_RULES: Words(
        409,
        "Ce plan enfreint des règles : le publier demande « acknowledged=true »",
        "This plan breaks rules: publishing it takes acknowledged=true",
    ),
    Code.BODY_TOO_LARGE: Words(413, "Le contenu envoyé est trop grand", "The body is too large"),
    Code.UNSUPPORTED_MEDIA_TYPE: Words(
        415,
        "Le contenu envoyé n'est pas du type attendu, ou il est compressé",
        "The body is not of the expected media type, or it is compressed",
    ),
    Code.INVALID_REQUEST: Words(422, "La demande est mal formée", "The request is malformed"),
    Code.UNUSABLE_INPUT: Words(422, "L'entrée est inutilisable", "The input cannot be used"),
    Code.IDEMPOTENCY_KEY_REUSED: Words(
        422,
        "Cette clé d'idempotence a déjà servi à une autre demande",
        "This idempotency key was used for another request",
    ),
    Code.WEBHOOK_URL_MALFORMED: Words(
        422, "Cette adresse de webhook n'est pas une adresse du web", "This webhook has no address of the web"
    ),
    Code.WEBHOOK_NOT_HTTPS: Words(
        422, "L'adresse d'un webhook doit être en https", "The address of a webhook must be https"
    ),
    Code.WEBHOOK_HAS_CREDENTIALS: Words(
        422,
        "L'adresse d'un webhook ne contient ni nom ni mot de passe",
        "The address of a webhook holds no user name nor password",
    ),
    Code.WEBHOOK_UNRESOLVED: Words(
        422, "Le nom d'hôte de ce webhook est introuvable", "The host of this webhook is not found"
    ),
    Code.WEBHOOK_TARGET_PRIVATE: Words(
        422,
        "L'adresse de ce webhook mène à un réseau privé ou réservé",
        "The address of this webhook leads to a private or reserved network",
    ),
    Code.WEBHOOK_DISABLED: Words(409, "Ce webhook est désactivé", "This webhook is disabled"),
    Code.TOO_MANY_WEBHOOKS: Words(409, "Il y a déjà trop de webhooks", "There are too many webhooks already"),
    Code.DELIVERY_PENDING: Words(409, "Cet envoi est encore en cours", "This delivery is still pending"),
    Code.PRECONDITION_FAILED: Words(
        412, "Cela a changé depuis (If-Match)", "It has changed meanwhile (If-Match)"
    ),
    Code.BUSY: Words(
        429,
        "Trop de questions sont déjà posées en même temps",
        "Too many questions are asked at once already",
    ),
    Code.RATE_LIMITED: Words(429, "Trop de demandes en peu de temps", "Too many requests in a short time"),
    Code.TOO_MANY_FAILURES: Words(
        429, "Trop de clés refusées depuis cette adresse", "Too many refused keys from this address"
    ),
    Code.QUEUE_FULL: Words(
        429, "Trop de calculs attendent déjà leur tour", "Too many jobs are waiting for their turn already"
    ),
    Code.CONTRADICTORY_WEEK: Words(422, "Cette semaine se contredit", "This week contradicts itself"),
    Code.NO_TEAM: Words(422, "Aucune équipe ne peut tout faire", "No team can do everything"),
    Code.NO_PLAN_YET: Words(
        503, "La limite est arrivée avant un premier plan", "The limit came before any plan"
    ),
    Code.SOLVER_LOST: Words(500, "Le calcul est perdu", "The solver was lost"),
    Code.PROCESS_LOST: Words(
        500, "Le processus du calcul s'est arrêté sans réponse", "The process of the job left without answer"
    ),
    Code.RUNNER_LOST: Words(
        500, "Le calcul a été perdu plusieurs fois de suite", "The job was lost several times in a row"
    ),
    Code.LIMIT_EXCEEDED: Words(
        500, "Le calcul a dépassé sa limite et a été arrêté", "The job went beyond its limit and was ended"
    ),
    Code.NOT_READY: Words(503, "Le service n'est pas prêt", "The service is not ready"),
    Code.INTERNAL: Words(500, "Erreur interne, un défaut du logiciel", "Internal error, a defect"),
}


class Fault(Frozen):
    """One thing wrong: its place in the body (a JSON Pointer), or the parameter that holds it."""

    model_config = ConfigDict(str_max_length=None)
    pointer: str | None = None
    parameter: str | None = None
    detail: str
    english: str | None = None


class Trouble(Frozen):
    """A problem before it is put in a language; without words of its own, its title says enough."""

    model_config = ConfigDict(str_max_length=None)
    code: Code
    french: str | None = None
    english: str | None = None
    errors: tuple[Fault, ...] = ()


class Refused(Exception):
    """A request that is not done; `retry_after` are the seconds after which it may be."""

    def __init__(
        self,
        code: Code,
        french: str | None = None,
        english: str | None = None,
        faults: tuple[Fault, ...] = (),
        retry_after: int | None = None,
    ) -> None:
        self.retry_after = retry_after
        self.trouble = Trouble(code=code, french=french, english=english, errors=faults)
        super().__init__(code.value)


def document_of(trouble: Trouble, is_english: bool) -> dict[str, object]:
    """The problem as RFC 9457 writes it."""
    words = WORDS[trouble.code]
    detail = trouble.english or trouble.french if is_english else trouble.french
    return {
        "type": f"urn:polyvalence:problem:{trouble.code.value}",
        "title": words.english if is_english else words.french,
        "status": words.status,
        **({"detail": detail} if detail else {}),
        "code": trouble.code.value,
        "errors": [_told(fault, is_english) for fault in trouble.errors],
    }


def _told(fault: Fault, is_english: bool) -> dict[str, str]:
    place = {"pointer": fault.pointer, "parameter": fault.parameter}
    said = fault.english or fault.detail if is_english else fault.detail
    return {name: text for name, text in place.items() if text is not None} | {"detail": said}


# ------------------------------------------------------------ the product's own errors


def trouble_of(error: PolyvalenceError) -> Trouble:
    """What an error of the product is on the wire."""
    match error:
        case UnusableInput():
            faults = tuple(fault_of(one) for one in error.problems[:MOST_SHOWN])
            return Trouble(code=Code.UNUSABLE_INPUT, errors=faults)
        case ContradictoryWeek() | NoTeam():
            is_week = isinstance(error, ContradictoryWeek)
            facts = tuple(Fault(detail=over_http(fact)) for fact in error.facts[:MOST_SHOWN])
            return Trouble(code=Code.CONTRADICTORY_WEEK if is_week else Code.NO_TEAM, errors=facts)
        case NoPlanYet():
            return Trouble(code=Code.NO_PLAN_YET)
    return Trouble(code=Code.SOLVER_LOST, french=over_http(str(error)))


def fault_of(problem: Problem) -> Fault:
    """One problem of the product, at its place: labels are pointers, or names of parameters as typed.

    A place reads `/week, /missions/0/due`, `/plan#/levels/0`, `--now` or `, ligne 3, caractère 7`.
    """
    label, _, rest = problem.where.replace("#/", ", /", 1).partition(", ")
    said = over_http(f"{problem.found} ; attendu : {problem.expected}")
    if label == "--for":
        return Fault(parameter="for", detail=said)
    label = f"/{over_http(label)}" if label.startswith("--") else label
    if rest.startswith("/"):
        return Fault(pointer=label + rest, detail=said)
    return Fault(pointer=label if label.startswith("/") else "", detail=f"{rest} : {said}" if rest else said)
