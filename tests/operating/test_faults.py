"""Processes that are killed, a full disk, a mail server that is away: what was confirmed to a person is there, once."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from tests.operating.instances import descendants
from tests.operating.letters import MailServer
from tests.operating.visitor import Visitor

BOOK = """
import json
from collections import Counter
from tadamun.foundation.sealed import keyed_hash
from tadamun.foundation.trail.models import TrailEntry
from tadamun.foundation.trail.services import verify_chains
from tadamun.pillars.aid.needs.models import Request
print(json.dumps({
    "pins": {row.public_id: row.pin_hash for row in Request.objects.all()},
    "phones": Counter(row.phone for row in Request.objects.all() if row.phone != "+962791234567"),
    "lines": [row.lines.count() for row in Request.objects.all()],
    "asked": Counter(TrailEntry.objects.filter(verb="request_posted").values_list("thing_id", flat=True)),
    "whole": all(report.whole for report in verify_chains()),
    "good": all(
        keyed_hash(f"{one}:{pin}", purpose="pin") == Request.objects.get(public_id=one).pin_hash
        for one, pin in CONFIRMED
    ),
}))
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return trial.getsockname()[1]


def wait_until(true_of, seconds=30.0):
    deadline = time.monotonic() + seconds
    while not true_of():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def serve(instance, *, largest_file=0):
    """The web of an instance behind a believed proxy; its port and the process that looks after it."""
    instance.settings |= {"TRUSTED_PROXIES": "1"}
    port = free_port()
    words = ["serve", "--web-only", "--workers", "1", "--port", str(port)]
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({largest_file},) * 2)\n"
    process = instance.start("-c", (limit if largest_file else "") + START.format(words=words), silent=True)
    visitor = Visitor(port=port, address="198.51.100.1")
    assert visitor.patiently("/livez").status == 200
    return port, process


START = "import sys; from tadamun.cli.main import main\nmain({words!r})"


def look(instance, confirmed):
    return instance.python(f"CONFIRMED = {confirmed!r}\n" + BOOK)


def test_what_a_killed_web_process_confirmed_is_there_and_nothing_is_there_twice(instance):
    port, process = serve(instance)
    confirmed = []

    def ask_often(number):
        for turn in range(6):
            confirmed.append(Visitor(port=port, address=f"198.51.{number}.{turn}").ask())

    people = [threading.Thread(target=ask_often, args=(number,)) for number in range(4)]
    for one in people:
        one.start()
    for least in (4, 12):
        wait_until(lambda least=least: len(confirmed) >= least, 60)
        for pid in descendants(process.pid):
            os.kill(pid, signal.SIGKILL)
    for one in people:
        one.join(timeout=90)

    book = look(instance, confirmed)
    assert len(confirmed) == 24
    assert None not in confirmed
    assert book["good"]
    assert {one for one, _ in confirmed} <= set(book["pins"])
    # Each form was sent until it was answered, some of them twice: one request for each phone.
    assert set(book["phones"].values()) == {1}
    assert len(book["phones"]) == 24
    assert book["whole"]
    assert set(book["lines"]) == {1}
    assert book["asked"].keys() == book["pins"].keys()


def test_a_full_disk_confirms_nothing_that_is_not_kept(instance):
    if instance.database:
        pytest.skip("the disk of the database's server is not ours to fill")
    size = (instance.home / "tadamun.sqlite3").stat().st_size
    port, _ = serve(instance, largest_file=size + 300_000)
    answers = []
    for turn in range(60):
        visitor = Visitor(port=port, address=f"198.51.100.{turn}")
        try:
            form = visitor.asking()
            answers.append((visitor.send("/c/olive/ask/", form), visitor))
        except KeyError:
            break
        if answers[-1][0].status >= 500:
            break
    instance.kill()

    kept = [
        answer.headers["Location"].rstrip("/").rpartition("/")[2]
        for answer, _ in answers
        if answer.status == 302
    ]
    book = look(instance, [])
    assert 0 < len(kept) < 60
    assert answers[-1][0].status == 500
    assert set(kept) <= set(book["pins"])
    assert book["whole"]
    port, _ = serve(instance)
    assert Visitor(port=port, address="198.51.101.1").ask() is not None


TELL = """
import json
from django.utils import timezone
from tadamun.foundation.notices.models import Delivery
from tadamun.foundation.notices.services import tell
from tadamun.foundation.people.models import Person
for number in range(3):
    tell(recipient=Person.objects.get(), kind="needs.round_done", params={"number": number}, at=timezone.now())
print(json.dumps(list(Delivery.objects.filter(channel="email").values_list("notice__public_id", flat=True))))
"""
DELIVER = """
import json
from datetime import timedelta
from django.utils import timezone
from tadamun.foundation.notices.queries import outbox
from tadamun.foundation.notices.services import deliver_due
deliver_due(at=timezone.now() + timedelta(minutes=MINUTES))
print(json.dumps(outbox()))
"""


@pytest.fixture
def mail():
    server = MailServer()
    yield server
    server.close()


def deliver(instance, *, minutes):
    return instance.python(f"MINUTES = {minutes}\n" + DELIVER)


def test_letters_wait_for_a_mail_server_that_is_away_and_go_out_once(instance, mail):
    instance.settings |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(free_port()), "EMAIL_USE_TLS": "0"}
    told = instance.python(TELL)

    away = deliver(instance, minutes=0)
    instance.settings["EMAIL_PORT"] = str(mail.port)
    back = deliver(instance, minutes=2)
    deliver(instance, minutes=600)

    assert len(told) > 2
    assert away == {"email": {"pending": len(told)}}
    assert back == {}
    assert sorted(mail.ids) == sorted(told)


def test_a_letter_that_a_killed_worker_was_handing_over_is_not_sent_again(instance, mail):
    instance.settings |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail.port), "EMAIL_USE_TLS": "0"}
    told = instance.python(TELL)
    mail.hold()
    worker = instance.start("-m", "django", "run_schedules", silent=True)
    assert mail.held.wait(30)

    os.killpg(worker.pid, signal.SIGKILL)
    mail.go_on()
    after = deliver(instance, minutes=0)
    later = deliver(instance, minutes=10)

    assert after == {"email": {"sending": 1}}
    assert later == {"email": {"unsure": 1}}
    assert sorted(mail.ids) == sorted(told)


ASK_FOR_ROUND = """
import json
from django.utils import timezone
from tadamun.foundation.communities.queries import community_of
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs import services
from tests.aid import make
community = community_of(slug="olive")
coordinator = Person.objects.order_by("pk").first()
make.make_line(community, by=coordinator, at=timezone.now())
make.make_offer(community, at=timezone.now())
print(json.dumps(services.ask_for_round(community=community, actor=coordinator, at=timezone.now()).public_id))
"""
WATCH = """
import time
from tadamun.pillars.aid.needs.models import Round
while not Round.objects.filter(state="running").exists():
    time.sleep(0.02)
print("running", flush=True)
"""
AFTER_THE_KILL = """
import json
from datetime import timedelta
from django.utils import timezone
from tadamun.foundation.jobs import queries
from tadamun.foundation.jobs.services import take_up_cut_off
print(json.dumps([queries.queue().running, take_up_cut_off(at=timezone.now() + timedelta(minutes=20))]))
"""
ROUNDS = """
import json
from tadamun.foundation.notices.models import Notice
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.aid.needs.models import Match, Round
print(json.dumps([
    list(Round.objects.values_list("state", "violations")),
    Match.objects.count(),
    Notice.objects.filter(kind="needs.round_done").count(),
    TrailEntry.objects.filter(verb="round_done").count(),
]))
"""
WORKER = ("-m", "django", "db_worker", "--queue-name", "*", "--no-reload", "--verbosity", "0")


def test_a_round_that_a_killed_worker_was_reckoning_is_reckoned_once(instance):
    instance.settings |= {"NUMBA_DISABLE_JIT": "1"}
    instance.python(ASK_FOR_ROUND)
    watching = instance.start(script=WATCH)
    worker = instance.start(*WORKER, silent=True)
    assert watching.stdout.readline().strip() == "running"

    os.killpg(worker.pid, signal.SIGKILL)
    left, taken_up = instance.python(AFTER_THE_KILL)
    done = subprocess.run(
        [sys.executable, *WORKER, "--batch"], env=instance.environment, capture_output=True, check=False
    )
    again = instance.run("jobs", "run")

    assert (left, taken_up) == (1, 1)
    assert done.returncode == 0, done.stderr
    assert "needs.take_up_rounds" in again["run"]
    assert instance.python(ROUNDS) == [[["done", 0]], 1, 1, 1]
    assert instance.run("jobs")["queue"]["failed"] == 0
