"""The example caller of the documentation, as somebody would run it."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from optimizer.files.week_json import week_json
from tests.api.servers import ROOT, serving
from tests.builders import a_request, a_week

CALLER = ROOT / "docs" / "exemples" / "appel.py"


def called(*words: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name != "POLYVALENCE_KEY"}
    command = [sys.executable, str(CALLER), *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)


def test_a_plan_comes_of_a_week_and_a_refusal_says_where(tmp_path: Path) -> None:
    week, plan, wrong = tmp_path / "semaine.json", tmp_path / "plan.ics", tmp_path / "faux.json"
    week.write_bytes(week_json(a_week([a_request("R1")])))
    wrong.write_text('{"horizon": {"first_day": "2026-01-06"}}')
    with serving(f"sqlite:///{tmp_path / 'service.db'}", "--open") as server:
        address = str(server.http.base_url)
        done = called(address, str(week), str(plan))
        assert (done.returncode, done.stderr) == (0, "")
        assert "commitments : 0, borne 0" in done.stdout
        assert plan.read_text().startswith("BEGIN:VCALENDAR")
        refused = called(address, str(wrong), str(plan))
        assert refused.returncode == 1 and "(unusable_input)" in refused.stderr
        assert "/horizon/first_day" in refused.stderr and "Traceback" not in refused.stderr
    usage = called()
    assert usage.returncode == 1 and usage.stderr.startswith("usage")
    gone = called(address, str(week), str(plan))
    assert gone.returncode == 1 and "ne répond pas" in gone.stderr


def test_a_server_that_hangs_up_is_told(tmp_path: Path) -> None:
    week = tmp_path / "semaine.json"
    week.write_text("{}")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        hanging_up = threading.Thread(target=lambda: listener.accept()[0].close())
        hanging_up.start()
        left = called(f"http://127.0.0.1:{listener.getsockname()[1]}", str(week), str(tmp_path / "plan.ics"))
        hanging_up.join()
    assert left.returncode == 1 and "ne répond p" in left.stderr and "Traceback" not in left.stderr
