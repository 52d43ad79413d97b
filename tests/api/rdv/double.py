"""A double of RDV-Solidarités, on a real port: the documented fields, full of what must never be found again.

Fields and forms are those of `swagger/v1/api.json` of betagouv/rdv-service-public at 2693798: 100 rows a
page, instants as `2026-01-05 09:00:00 +0100`, hours as `09:00:00`. Every personal value holds one of `MARKS`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from api.serving import listening

Json = dict[str, Any]
MARKS = ("quidam", "0799887766", "1931-03-17", "dep.exemple")
"""What every personal value holds: of persons, of agents, of places, in free texts."""
TOKEN, PASSWORD, PER_PAGE = "a-token-nobody-guesses", "a-password-nobody-guesses", 100
ORGANISATION, OTHER_ORGANISATION = 309, 310


def an_organisation(id_: int = ORGANISATION) -> Json:
    """An organisation."""
    contact = {"phone_number": "0799887766", "email": "mds@dep.exemple"}
    return {"id": id_, "name": "Maison Quidam", "verticale": "rdv_solidarites", **contact}


def an_agent(id_: int) -> Json:
    """An agent, whose e-mail is `agent_ID@dep.exemple`."""
    names = {"first_name": "Quidam-Pascale", "last_name": "QUIDAM-PREVOST"}
    return {"id": id_, "email": f"Agent_{id_}@dep.exemple", "inclusion_connect_open_id_sub": None, **names}


def a_user(id_: int = 68) -> Json:
    """A person who is received, with all that is known of them."""
    return {
        "id": id_,
        "first_name": "Quidam-Marc",
        "last_name": "QUIDAM-MOREAU",
        "birth_name": "QUIDAM",
        "birth_date": "1931-03-17",
        "email": "quidam@exemple.org",
        "address": "20 avenue Quidam, 75012",
        "address_details": "chez Quidam",
        "phone_number": "0799887766",
        "phone_number_formatted": "+33799887766 0799887766",
        "affiliation_number": "quidam-39012",
        "case_number": "quidam-1",
        "family_situation": "divorced",
        "notes": "Quidam est malade",
        "responsible": {"id": 69, "first_name": "Quidam-Mere", "phone_number": "0799887766"},
        "user_profiles": None,
    }


def a_lieu(id_: int = 97) -> Json:
    """A place."""
    place = {"name": "Chez Quidam", "address": "1 rue Quidam", "phone_number": "0799887766"}
    return {"id": id_, "organisation_id": ORGANISATION, "single_use": False, **place}


def a_motif(id_: int = 157, location_type: str = "public_office") -> Json:
    """A motif."""
    return {
        "id": id_,
        "name": "Motif Quidam",
        "location_type": location_type,
        "bookable_by": "everyone",
        "bookable_publicly": True,
        "collectif": False,
        "deleted_at": None,
        "follow_up": False,
        "instruction_for_rdv": "demander Quidam",
        "motif_category": {"id": 141, "name": "Quidam", "short_name": "quidam"},
        "organisation_id": ORGANISATION,
        "service_id": 407,
    }


def an_rdv(
    id_: int,
    starts_at: str,
    ends_at: str,
    *agents: int,
    status: str = "unknown",
    motif: int = 157,
    lieu: int | None = 97,
) -> Json:
    """An appointment with a person, at instants such as `2026-01-05 09:00:00 +0100`."""
    participation = {"id": 13, "status": status, "user": a_user(), "created_by_agent_prescripteur": False}
    return {
        "id": id_,
        "uuid": f"quidam-{id_}",
        "status": status,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "duration_in_min": 45,
        "address": "20 avenue Quidam, 75012",
        "context": "Quidam a des dettes",
        "name": "Rendez-vous de Quidam",
        "cancelled_at": None,
        "collectif": False,
        "created_by": "user",
        "created_by_id": 68,
        "created_by_type": "User",
        "max_participants_count": None,
        "users_count": 1,
        "agents": [an_agent(one) for one in agents],
        "lieu": a_lieu(lieu) if lieu else None,
        "motif": a_motif(motif),
        "organisation": an_organisation(),
        "participations": [participation],
        "users": [a_user()],
    }


def hours(id_: int, agent: int, first_day: str, start: str, end: str, rrule: str | None = None) -> Json:
    """What absences and opening windows share."""
    texts = {"title": "Quidam à l'hôpital", "ical": "SUMMARY:Quidam", "ical_uid": f"quidam_{id_}@RDV"}
    times = {"first_day": first_day, "start_time": f"{start}:00", "end_time": f"{end}:00", "rrule": rrule}
    return {"id": id_, "agent": an_agent(agent), "organisation": an_organisation(), **texts, **times}


def an_absence(
    id_: int, agent: int, first_day: str, start: str, end: str, end_day: str = "", rrule: str | None = None
) -> Json:
    """An absence of an agent."""
    return hours(id_, agent, first_day, start, end, rrule) | {"end_day": end_day or first_day}


def a_plage(id_: int, agent: int, first_day: str, start: str, end: str, rrule: str | None = None) -> Json:
    """An opening window of an agent."""
    return hours(id_, agent, first_day, start, end, rrule) | {"lieu": a_lieu(), "motifs": [a_motif()]}


@dataclass
class Double:
    """What the instance holds, and every call that it had: method, path and body."""

    agents: list[Json] = field(default_factory=list)
    motifs: list[Json] = field(default_factory=list)
    rdvs: list[Json] = field(default_factory=list)
    absences: list[Json] = field(default_factory=list)
    calls: list[tuple[str, str, Json]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    """Answers given before any other: status, headers, content."""
    writes_left: int | None = None
    """After so many, whatever is to be written is refused."""
    url: str = ""

    @property
    def written(self) -> list[str]:
        """The calls that were not to read."""
        return [f"{method} {path}" for method, path, _ in self.calls if method != "GET"]


def app_of(double: Double) -> FastAPI:
    """The routes of the instance."""
    app = FastAPI()

    @app.middleware("http")
    async def ask_who(request: Request, call_next: Any) -> Response:
        content = await request.body()
        path = request.url.path.removeprefix("/api/v1")
        double.calls.append((request.method, path, await request.json() if content else {}))
        if double.answers:
            status, headers, text = double.answers.pop(0)
            return Response(text, status, headers, "application/json")
        if request.method == "POST" and double.writes_left is not None:
            double.writes_left -= 1
            if double.writes_left < 0:
                return JSONResponse({"errors": ["Quidam"]}, 422)
        is_known = request.headers.get("authorization") == f"Bearer {TOKEN}" or (
            request.headers.get("access-token") == TOKEN and request.headers.get("uid") == "chef@dep.exemple"
        )
        if not is_known and path != "/auth/sign_in":
            return JSONResponse({"errors": ["Quidam doit se connecter"]}, 401)
        response: Response = await call_next(request)
        return response

    @app.post("/api/v1/auth/sign_in")
    def sign_in(body: Json) -> JSONResponse:
        if body != {"email": "chef@dep.exemple", "password": PASSWORD}:
            return JSONResponse({"errors": ["Quidam"]}, 401)
        headers = {"access-token": TOKEN, "client": "a-client", "uid": "chef@dep.exemple"}
        return JSONResponse({"data": an_agent(1)}, headers=headers)

    @app.get("/api/v1/organisations")
    def organisations(page: int = 1) -> Json:
        return paged("organisations", [an_organisation(), an_organisation(OTHER_ORGANISATION)], page)

    @app.get("/api/v1/organisations/{id_}/motifs")
    def motifs(id_: int, page: int = 1) -> Json:
        return paged("motifs", [one for one in double.motifs if one["organisation_id"] == id_], page)

    @app.get("/api/v1/organisations/{id_}/rdvs")
    def rdvs(id_: int, starts_after: str, starts_before: str, page: int = 1) -> Json:
        mine = [one for one in double.rdvs if one["organisation"]["id"] == id_]
        return paged("rdvs", [one for one in mine if starts_after <= one["starts_at"] <= starts_before], page)

    @app.get("/api/v1/agents")
    def agents(organisation_id: int, page: int = 1) -> Json:
        return paged("agents", double.agents if organisation_id == ORGANISATION else [], page)

    @app.get("/api/v1/absences")
    def absences(page: int = 1) -> Json:
        return paged("absences", double.absences, page)

    @app.post("/api/v1/absences")
    def create(body: Json) -> Json:
        id_ = max([one["id"] for one in double.absences], default=0) + 1
        agent = an_agent(body.pop("agent_id"))
        double.absences.append({"id": id_, "agent": agent, "rrule": None, **stored(body)})
        return {"absence": double.absences[-1]}

    @app.patch("/api/v1/absences/{id_}")
    def change(id_: int, body: Json) -> Json:
        (found,) = [one for one in double.absences if one["id"] == id_]
        found.update(stored(body))
        return {"absence": found}

    @app.delete("/api/v1/absences/{id_}", status_code=204)
    def remove(id_: int) -> None:
        double.absences[:] = [one for one in double.absences if one["id"] != id_]

    return app


def stored(body: Json) -> Json:
    """The five fields that an absence is written by; hours come back with their seconds."""
    names = ("title", "first_day", "end_day")
    return {name: body[name] for name in names} | {
        name: f"{body[name]}:00" for name in ("start_time", "end_time")
    }


def paged(key: str, rows: list[Json], page: int) -> Json:
    """A page of 100, and where it stands."""
    pages = -(-len(rows) // PER_PAGE) or 1
    meta = {
        "current_page": page,
        "next_page": page + 1 if page < pages else None,
        "prev_page": page - 1 if page > 1 else None,
        "total_pages": pages,
        "total_count": len(rows),
    }
    return {key: rows[PER_PAGE * (page - 1) : PER_PAGE * page], "meta": meta}


@contextmanager
def doubled() -> Iterator[Double]:
    """An instance that listens on loopback until the end of the block."""
    double = Double()
    with listening("127.0.0.1", 0) as listener:
        double.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(app_of(double), log_config=None, access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield double
        finally:
            server.should_exit = True
            thread.join(10)


def leaks(*texts: str | bytes) -> list[str]:
    """The marks that some texts hold, whatever the case."""
    found = [text if isinstance(text, bytes) else text.encode() for text in texts]
    return [mark for mark in MARKS if any(mark.encode() in text.lower() for text in found)]
