"""The web process stays light: rounds are computed by the worker."""

import json
import os
import subprocess
import sys

from tests.house.plan import ROOT

PROGRAM = """
import json, os, sys
from django.core.management import call_command
from tadamun.config.wsgi import application
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from django.test import Client
status = Client().get("/").status_code
heavy = [name for name in sys.modules if name.split(".")[0] in {"numba", "scipy", "ortools"}
         or name.startswith("tadamun.engines")]
print(json.dumps({"status": status, "heavy": sorted(heavy)[:5]}))
"""


def test_the_web_process_never_loads_an_engine(tmp_path):
    environment = os.environ | {
        "TADAMUN_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tadamun.config.settings",
    }
    environment.pop("DATABASE_URL", None)

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"status": 200, "heavy": []}
