"""Faire planifier une semaine par le service, avec la seule bibliothèque de Python.

POLYVALENCE_KEY=pv_… python docs/exemples/appel.py http://localhost:8000 semaine.json plan.ics
"""

import json
import os
import sys
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
        problem = json.load(refused)
        faults = [f"  {one.get('pointer', '')} : {one['detail']}" for one in problem["errors"]]
        sys.exit("\n".join([f"{problem['title']} ({problem['code']})", *faults]))
    except URLError as error:
        sys.exit(f"{address} ne répond pas : {error.reason}")


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
        sys.exit(f"le calcul s'est terminé sans réponse : {job['problem']}")
    for level in json.loads(ask(f"{service}/v1/jobs/{job['id']}/levels"))["levels"]:
        print(f"{level['name']} : {level['value']:g}, borne {level['bound']:g}")
    media_type = MEDIA_TYPES[Path(plan).suffix]
    Path(plan).write_bytes(ask(f"{service}/v1/jobs/{job['id']}/plan", Accept=media_type))


if __name__ == "__main__":
    main(*sys.argv[1:])
