"""The examples of the contract: a week of one person and one request, and what is asked about it."""

from api.bodies import Document

HOURS = [
    {"day": day, "start": start, "end": end}
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    for start, end in (("08:30", "12:30"), ("13:30", "17:30"))
]
A_WEEK: Document = {
    "horizon": {"first_day": "2027-01-11", "weeks": 1},
    "services": [{"id": "SECTEUR-1", "kind": "SECTEUR"}],
    "sites": [
        {
            "id": "MDS-A",
            "zone": "NORD",
            "service_ids": ["SECTEUR-1"],
            "opening": HOURS,
            "rooms": [{"id": "A1", "kind": "entretien"}],
        }
    ],
    "professionals": [
        {
            "id": "AS01",
            "profession": "AS",
            "service_ids": ["SECTEUR-1"],
            "site_id": "MDS-A",
            "quotite": 100,
            "windows": HOURS,
        }
    ],
    "missions": [
        {
            "id": "R1",
            "type": "ACCUEIL",
            "site_id": "MDS-A",
            "received": "2027-01-11",
            "duration_minutes": 60,
            "release": "2027-01-11",
            "due": "2027-01-15",
        }
    ],
}
WEEK_ID, JOB_ID = "week_0c2f5a7d9e1b3c4d5e6f", "job_0c2f5a7d9e1b3c4d5e6f"
A_JOB: Document = {"kind": "plan", "week_id": WEEK_ID, "time_limit": 60}
A_JOB_PATCH: Document = {"time_limit": 300, "seed": 7}
A_REPLAN: Document = {
    "kind": "replan",
    "week_id": WEEK_ID,
    "plan_job_id": JOB_ID,
    "events": [
        {
            "event": "absent",
            "professional_id": "AS01",
            "start": "2027-01-12T00:00",
            "end": "2027-01-13T00:00",
        }
    ],
}
A_WEBHOOK: Document = {"url": "https://agenda.example/polyvalence", "events": ["job.succeeded", "job.failed"]}
A_WEBHOOK_PATCH: Document = {"is_enabled": False}
A_KEY: Document = {"name": "agenda", "scopes": ["read", "solve"], "days": 365}
ABOUT: Document = {"week_id": WEEK_ID, "plan_job_id": JOB_ID}
AN_EVALUATION: Document = ABOUT | {"moves": [{"item_id": "R1", "start": "2027-01-12T09:30"}]}
A_RECOMMENDATION: Document = ABOUT | {"request": {"id": "D-120", "type": "ACCUEIL", "site_id": "MDS-A"}}
RDV_ID = "rdv_0c2f5a7d9e1b3c4d5e6f"
AN_RDV_CONNECTION: Document = {"name": "MDS Nord"}
AN_RDV_WEEK: Document = {
    "week_id": WEEK_ID,
    "table": {
        "agents": [{"professional_id": "AS01", "agent_id": 275}],
        "motifs": [{"motif_id": 157, "type": "SUIVI"}],
        "lieux": [{"lieu_id": 97, "site_id": "MDS-A"}],
    },
}
AN_RDV_WEBHOOK: Document = {
    "data": {
        "id": 12,
        "agent": {"id": 275},
        "first_day": "2027-01-12",
        "end_day": "2027-01-12",
        "start_time": "14:00:00",
        "end_time": "17:00:00",
        "rrule": None,
    },
    "meta": {"model": "Absence", "event": "created", "timestamp": "2027-01-05 09:00:00 +0100"},
}
A_REQUEST_TO_VALIDATE: Document = {"week": A_WEEK}
