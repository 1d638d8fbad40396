"""Sending: once, honestly, and again when it certainly did not go out."""

import smtplib
import threading
import urllib.error
from datetime import timedelta
from email.message import Message

import pytest
from django.core import mail

from tadamun.foundation import sms
from tadamun.foundation.notices import services
from tadamun.foundation.notices.errors import AlreadySent
from tadamun.foundation.notices.models import Delivery
from tadamun.foundation.notices.services import delivery as delivering
from tadamun.foundation.notices.vocabulary import Channel
from tadamun.foundation.notices.wording import Reader
from tests.foundation.make import NOON, make_person
from tests.foundation.together import together

READERS = {"bbb": Reader(region="JO", time_zone="Asia/Amman")}
GATEWAY = "https://sms.example.org/send"


def mailed(**facts):
    person = make_person()
    services.tell(
        **{"recipient": person, "kind": "tests.hello", "params": {"number": 1042}, "scope": "bbb", "at": NOON}
        | facts
    )
    return Delivery.objects.get(channel=Channel.EMAIL, notice__recipient=person)


def texted(settings):
    settings.SMS_GATEWAY_URL = GATEWAY
    notice = services.tell_guest(
        phone="+962790000001", language="ar", kind="tests.code", secret="731731", scope="bbb", at=NOON
    )
    return Delivery.objects.get(notice=notice, channel=Channel.SMS)


def deliver(minutes: float = 0):
    return services.deliver_due(at=NOON + timedelta(minutes=minutes), readers=READERS)


def state(row):
    row.refresh_from_db()
    return row.state


@pytest.mark.django_db
class TestEmail:
    def test_goes_out_once_in_the_recipients_language_with_a_full_address(self, settings):
        settings.PUBLIC_URL = "https://tadamun.example"
        row = mailed(url="/c/x/")

        assert deliver() == {"sent": 1}
        assert deliver(60) == {}

        (letter,) = mail.outbox
        assert letter.to == [row.notice.recipient.email]
        assert "https://tadamun.example/c/x/" in letter.body
        assert row.notice.public_id in letter.extra_headers["Message-ID"]

    def test_wipes_the_secret_when_nothing_needs_it_any_more(self):
        row = mailed(kind="tests.code", params={}, secret="731731")

        deliver()

        row.notice.refresh_from_db()
        assert "731731" in mail.outbox[0].body
        assert row.notice.secret == ""

    def test_a_line_break_in_a_name_makes_no_header(self):
        from tadamun.foundation.notices.wording import register_wording

        register_wording(kind="tests.subject", subject="For %(name)s", body="…")
        mailed(kind="tests.subject", params={"name": "a\r\nBcc: all@example.org"})

        deliver()

        assert "\n" not in mail.outbox[0].subject
        assert mail.outbox[0].bcc == []

    @pytest.mark.parametrize(
        "error", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPConnectError(421, "busy")]
    )
    def test_tries_again_later_when_the_server_was_not_reached(self, monkeypatch, error):
        row = mailed()
        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", _raising(error))

        for minutes in (0, 0.5, 1, 5.9, 6, 20.9, 21):
            deliver(minutes)

        row.refresh_from_db()
        assert (row.state, row.tries, row.failure) == ("pending", 4, "unreachable")
        assert row.next_try_at == NOON + timedelta(minutes=21 + 60)

    def test_gives_up_after_the_last_try(self, monkeypatch):
        row = mailed()
        monkeypatch.setattr(
            "django.core.mail.backends.locmem.EmailBackend.open", _raising(ConnectionRefusedError())
        )

        for hours in range(0, 24 * 5, 3):
            deliver(hours * 60)

        row.refresh_from_db()
        assert (row.state, row.failure, row.tries) == ("failed", "refused", len(delivering.WAITS) + 1)

    def test_gives_up_at_once_on_an_address_that_does_not_exist(self, monkeypatch):
        row = mailed()
        refusal = smtplib.SMTPRecipientsRefused({"x@example.org": (550, b"no such user")})
        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _raising(refusal))

        deliver()

        assert state(row) == "failed"

    def test_tries_again_on_a_full_mailbox(self, monkeypatch):
        row = mailed()
        refusal = smtplib.SMTPRecipientsRefused({"x@example.org": (452, b"full")})
        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _raising(refusal))

        deliver()

        assert state(row) == "pending"

    @pytest.mark.parametrize(
        "error", [TimeoutError(), smtplib.SMTPServerDisconnected(), ConnectionResetError()]
    )
    def test_is_not_sent_again_by_itself_when_the_line_broke_off(self, monkeypatch, error):
        row = mailed()
        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _raising(error))
            deliver()

        deliver(10_000)

        assert state(row) == "unsure"
        assert mail.outbox == []

    def test_says_unsure_of_what_a_killed_worker_held(self, monkeypatch):
        row = mailed()
        with monkeypatch.context() as killed:
            killed.setattr(delivering, "_hand_over", _raising(KeyboardInterrupt()))
            with pytest.raises(KeyboardInterrupt):
                deliver()
        assert state(row) == "sending"

        deliver(4)
        assert state(row) == "sending"
        deliver(6)

        row.refresh_from_db()
        assert (row.state, row.failure) == ("unsure", "broken_off")
        assert mail.outbox == []

    def test_the_last_letter_of_a_slow_run_is_claimed_when_its_turn_comes(self, monkeypatch):
        rows = [mailed() for _ in range(2)]
        clock, claims = [0.0], []

        def slow(delivery, *, address, words):
            clock[0] += 240
            claims.append(delivery.claimed_at)
            if len(claims) == 2:
                deliver(minutes=7)  # another worker, while the second letter is under way

        monkeypatch.setattr(delivering, "perf_counter", lambda: clock[0])
        monkeypatch.setattr(delivering, "_hand_over", slow)

        deliver()

        assert [state(row) for row in rows] == ["sent", "sent"]

    def test_drops_what_has_no_address_any_more(self):
        row = mailed()
        person = row.notice.recipient
        person.email = None
        person.save()

        assert deliver() == {"dropped": 1}


@pytest.mark.django_db
class TestUnsure:
    @pytest.fixture
    def row(self, monkeypatch):
        row = mailed()
        with monkeypatch.context() as broken:
            broken.setattr(
                "django.core.mail.backends.locmem.EmailBackend.send_messages", _raising(TimeoutError())
            )
            deliver()
        return row

    def settle(self, row, *, again, scope="bbb"):
        services.resolve_unsure(
            notice_id=row.notice.public_id, scope=scope, channel=Channel.EMAIL, send_again=again, at=NOON
        )

    def test_a_person_may_have_it_sent_again(self, row):
        self.settle(row, again=True)

        assert deliver(1) == {"sent": 1}

    def test_a_person_may_take_it_as_arrived(self, row):
        self.settle(row, again=False)

        assert deliver(1) == {}
        assert state(row) == "dropped"

    def test_of_two_people_one_decides(self, row):
        self.settle(row, again=True)

        with pytest.raises(AlreadySent):
            self.settle(row, again=True)

    def test_belongs_to_its_own_community(self, row):
        with pytest.raises(AlreadySent):
            self.settle(row, again=True, scope="ccc")


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(monkeypatch):
    for _ in range(8):
        mailed()
    sent, lock = [], threading.Lock()

    def count(_delivery, *, address, words):
        with lock:
            sent.append(address)

    monkeypatch.setattr(delivering, "_hand_over", count)

    together([deliver] * 3)

    assert len(sent) == len(set(sent)) == 8


@pytest.mark.django_db
class TestSms:
    def test_hands_the_text_to_the_gateway_with_a_key_against_repeats(self, settings, monkeypatch):
        row, calls = texted(settings), []
        monkeypatch.setattr(
            sms.urllib.request, "urlopen", lambda request, timeout: calls.append(request) or _Answer()
        )

        assert deliver() == {"sent": 1}

        (call,) = calls
        assert call.full_url == GATEWAY
        assert b"731731" in call.data
        assert call.headers["Idempotency-key"] == row.notice.public_id

    @pytest.mark.parametrize(
        ("error", "ends"),
        [
            (urllib.error.URLError(ConnectionRefusedError()), "pending"),
            (urllib.error.HTTPError(GATEWAY, 503, "busy", Message(), None), "pending"),
            (urllib.error.HTTPError(GATEWAY, 429, "slow", Message(), None), "pending"),
            (urllib.error.HTTPError(GATEWAY, 400, "bad", Message(), None), "failed"),
            (urllib.error.HTTPError(GATEWAY, 500, "broken", Message(), None), "unsure"),
            (urllib.error.URLError(TimeoutError()), "unsure"),
            (TimeoutError(), "unsure"),
            (ConnectionResetError(), "unsure"),
        ],
    )
    def test_says_honestly_what_became_of_it(self, settings, monkeypatch, error, ends):
        row = texted(settings)
        monkeypatch.setattr(sms.urllib.request, "urlopen", _raising(error))

        deliver()

        assert state(row) == ends

    def test_falls_back_to_a_coordinators_phone_when_the_gateway_refuses(self, settings, monkeypatch):
        row = texted(settings)
        refusal = urllib.error.HTTPError(GATEWAY, 400, "bad", Message(), None)
        monkeypatch.setattr(sms.urllib.request, "urlopen", _raising(refusal))

        deliver()

        by_hand = Delivery.objects.get(notice=row.notice, channel=Channel.BY_HAND)
        row.notice.refresh_from_db()
        assert by_hand.state == "pending"
        assert row.notice.secret.endswith("731731")


class _Answer:
    """A gateway's yes."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


def _raising(error):
    def fail(*_args, **_kwargs):
        raise error

    return fail
