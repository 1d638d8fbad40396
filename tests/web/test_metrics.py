"""Numbers for whoever looks after the machine: only with the token, whole sums, and nothing of a person."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from tadamun.config.environment import UnsafeSetting, metrics_token
from tadamun.foundation.jobs.models import Schedule
from tadamun.pillars.aid.needs.services.jobs import keep_up
from tadamun.web import metrics
from tests.house.plan import ROOT

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40


@pytest.fixture
def asked(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    metrics._meters.cache_clear()


def read(client: Client) -> dict[str, float]:
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


class TestTheDoor:
    @pytest.mark.parametrize("sent", ["", f"Bearer {TOKEN}", "Bearer "])
    def test_is_shut_unless_a_token_is_set(self, client: Client, sent: str) -> None:
        assert client.get("/metrics", headers={"authorization": sent}).status_code == 404

    @pytest.mark.parametrize(
        "sent", ["", "Bearer ", "Bearer wrong", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer ٣"]
    )
    def test_is_shut_without_the_right_one(self, client: Client, asked: None, sent: str) -> None:
        answer = client.get("/metrics", headers={"authorization": sent})

        assert (answer.status_code, answer.content) == (404, b"")

    def test_opens_to_the_machine_itself_by_any_name_and_without_https(
        self, client: Client, asked: None, settings: Any
    ) -> None:
        settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["help.example.org"], True
        sent = {"authorization": f"Bearer {TOKEN}", "host": "10.0.0.7:8000"}

        assert client.get("/metrics", headers=sent).status_code == 200
        assert client.post("/metrics", headers=sent).status_code == 405

    def test_takes_no_token_that_could_be_guessed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("METRICS_TOKEN", "short")

        with pytest.raises(UnsafeSetting):
            metrics_token()


class TestNumbers:
    def test_count_requests_by_door_method_and_status(self, client: Client, asked: None) -> None:
        client.get("/help/")
        client.get("/help/")
        client.get("/nowhere/")
        client.generic("PROPFIND", "/help/")

        found = read(client)

        assert found['tadamun_requests_total{door="web:help",method="GET",status="200"}'] == 2
        assert any('method="other"' in name for name in found)
        assert found['tadamun_request_seconds_count{door="web:help"}'] == 3
        assert found['tadamun_request_seconds_bucket{door="web:help",le="+Inf"}'] == 3
        assert not any("nowhere" in name for name in found)

    def test_tell_how_work_and_messages_stand(self, client: Client, asked: None) -> None:
        keep_up.enqueue(community_id="none")
        Schedule.objects.create(name="x", next_run_at=timezone.now(), last_started_at=timezone.now())

        found = read(client)

        assert found['tadamun_jobs{state="waiting"}'] == 1
        assert found['tadamun_jobs{state="failed"}'] == 0
        assert 0 <= found["tadamun_oldest_job_seconds"] < 60
        assert found["tadamun_worker_beat_age_seconds"] < 60
        assert found["tadamun_database_bytes"] > 0
        assert found[f'tadamun_database_up{{kind="{connection.vendor}"}}'] == 1

    def test_tell_the_age_of_the_last_copy(
        self, client: Client, asked: None, settings: Any, tmp_path: Any
    ) -> None:
        settings.HOME = tmp_path
        assert "tadamun_backup_age_seconds" not in read(client)

        (tmp_path / settings.LAST_BACKUP).touch()
        ago = (timezone.now() - timedelta(days=2)).timestamp()
        os.utime(tmp_path / settings.LAST_BACKUP, (ago, ago))

        assert 2 * 86400 <= read(client)["tadamun_backup_age_seconds"] < 3 * 86400

    def test_are_told_as_far_as_they_are_known_when_the_database_is_away(
        self, client: Client, asked: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away() -> None:
            raise DatabaseError

        monkeypatch.setattr(metrics.jobs, "queue", away)

        found = read(client)

        assert found[f'tadamun_database_up{{kind="{connection.vendor}"}}'] == 0
        assert "tadamun_database_bytes" not in found

    def test_speak_of_doors_states_and_versions_alone(self, client: Client, asked: None) -> None:
        client.get("/c/olives/?q=0790000001")

        labels = {label for name in read(client) for label in re.findall(r'(\w+)="', name)}

        assert labels <= {"door", "method", "status", "le", "state", "channel", "kind", "version"}


COUNTING = """
import django; django.setup()
from tadamun.web.metrics import note_request
for _ in range(3):
    note_request(door="web:help", method="GET", status=200, seconds=0.1)
"""
SUMMING = """
import django; django.setup()
from django.utils import timezone
from tadamun.web.metrics import exposition
print(exposition(at=timezone.now()).decode())
"""


def test_the_processes_of_one_site_answer_with_the_sums_of_all(tmp_path: Any) -> None:
    (tmp_path / "counts").mkdir()
    environment = dict(os.environ) | {
        "DJANGO_SETTINGS_MODULE": "tadamun.config.settings",
        "TADAMUN_HOME": str(tmp_path / "home"),
        "DATABASE_URL": "",
        "METRICS_TOKEN": TOKEN,
        metrics.SHARED_FOLDER: str(tmp_path / "counts"),
    }
    told = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for script in (COUNTING, COUNTING, SUMMING)
    ]

    assert 'tadamun_requests_total{door="web:help",method="GET",status="200"} 6.0' in told[-1]
    assert 'tadamun_request_seconds_count{door="web:help"} 6.0' in told[-1]
