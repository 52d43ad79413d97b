"""Faire planifier une semaine par le service, avec la seule bibliothèque de Python.

POLYVALENCE_KEY=pv_… python docs/exemples/appel.py http://localhost:8000 semaine.json plan.ics
"""

import json
import os
import sys
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from uuid import uuid4

ENDED = {"succeeded", "failed", "stopped", "expired"}
MEDIA_TYPES = {".json": "application/json", ".ics": "text/calendar", ".html": "text/html"}


def ask(address, content=None, **headers):
    """Une réponse ; un refus est un problème, avec la place de chaque faute."""
    if key := os.environ.get("POLYVALENCE_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    if content is not None:
        headers["Content-Type"] = "application/json"
    try:
        with urlopen(Request(address, content, headers), timeout=60) as answer:
            return answer.read()
    except HTTPError as refused:
        sys.exit(told(json.load(refused)))
    except URLError as error:
        sys.exit(f"{address} ne répond pas : {error.reason}")
    except (HTTPException, OSError) as error:
        sys.exit(f"{address} ne répond plus : {error}")


def told(problem):
    """Un problème en quelques lignes : de quoi il s'agit, puis chaque faute à sa place."""
    detail = f" : {problem['detail']}" if "detail" in problem else ""
    faults = [
        f"  {one.get('pointer', one.get('parameter', ''))} : {one['detail']}" for one in problem["errors"]
    ]
    return "\n".join([f"{problem['title']} ({problem['code']}){detail}", *faults])


def planned(service, week):
    """Le calcul d'un plan, une fois terminé."""
    kept = json.loads(ask(f"{service}/v1/weeks", week))
    for warning in kept["warnings"]:
        print("à savoir :", warning)
    wanted = {"kind": "plan", "week_id": kept["id"], "time_limit": 30}
    # la même clé d'idempotence, si l'envoi doit être répété, ne fait qu'un calcul
    content, key = json.dumps(wanted).encode(), str(uuid4())
    job = json.loads(ask(f"{service}/v1/jobs?wait=30", content, **{"Idempotency-Key": key}))
    while job["state"] not in ENDED:
        job = json.loads(ask(f"{service}/v1/jobs/{job['id']}?wait=30"))
    return job


def main(service, week, plan):
    """La semaine d'un fichier, et son plan dans un autre."""
    job = planned(service, Path(week).read_bytes())
    if job["state"] != "succeeded":
        why = told(job["problem"]) if job["problem"] else job["state"]
        sys.exit(f"le calcul s'est terminé sans réponse : {why}")
    for level in json.loads(ask(f"{service}/v1/jobs/{job['id']}/levels"))["levels"]:
        print(f"{level['name']} : {level['value']:g}, borne {level['bound']:g}")
    media_type = MEDIA_TYPES[Path(plan).suffix]
    Path(plan).write_bytes(ask(f"{service}/v1/jobs/{job['id']}/plan", Accept=media_type))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage : appel.py ADRESSE SEMAINE.json PLAN.ics (ou .json, .html)")
    main(*sys.argv[1:])
