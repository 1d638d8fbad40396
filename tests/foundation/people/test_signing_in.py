"""Signing in: by phone or e-mail with a password, by a code that came by e-mail."""

import json
import re
from io import BytesIO

import pytest
from allauth.account import app_settings
from allauth.core.internal.ratelimit import parse_rates
from django.core import mail

from tadamun.foundation import sms
from tadamun.foundation.people.errors import MessageNotSent
from tadamun.foundation.people.gateway import send_text
from tests.foundation.people.conftest import PASSWORD, PHONE

SPELLINGS = [
    "0791234567",
    "079 123 4567",
    "+962 79 123 4567",
    "00962791234567",
    "(079) 123-4567",
    "٠٧٩١٢٣٤٥٦٧",
    "۰۷۹۱۲۳۴۵۶۷",
    "\u202a079 123 4567\u202c",
]


def is_signed_in(client):
    return client.get("/me/").status_code == 200


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_takes_a_phone_in_every_spelling(client, make_person, spelling):
    make_person(phone=PHONE)

    client.post("/accounts/login/", {"login": spelling, "password": PASSWORD})

    assert is_signed_in(client)


@pytest.mark.parametrize("spelling", ["hind@example.org", " Hind@Example.org "])
def test_takes_an_address_in_any_case(client, make_person, spelling):
    make_person(email="hind@example.org")

    client.post("/accounts/login/", {"login": spelling, "password": PASSWORD})

    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("login", "says"),
    [
        (PHONE, "do not fit together"),
        ("hind@example.org", "do not fit together"),
        ("+962790000000", "do not fit together"),
        ("nobody", "does not look like a phone number"),
        ("a@b", "does not look like an e-mail address"),
    ],
)
def test_says_why_it_lets_nobody_in(client, make_person, login, says):
    make_person(phone=PHONE, email="hind@example.org")
    client.cookies["language"] = "en"

    answer = client.post("/accounts/login/", {"login": login, "password": "wrong words"})

    assert says in answer.content.decode()
    assert not is_signed_in(client)


def test_goes_on_in_the_language_of_the_account(client, make_person):
    make_person(phone=PHONE, language="fr")

    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})

    assert client.cookies["language"].value == "fr"


def test_wrong_passwords_of_one_phone_lock_no_other_out(client, make_person):
    make_person(phone=PHONE)
    make_person(phone="+962792222222")
    for _ in range(6):
        client.post("/accounts/login/", {"login": PHONE, "password": "wrong"})

    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    assert not is_signed_in(client)

    client.post("/accounts/login/", {"login": "+962792222222", "password": PASSWORD})
    assert is_signed_in(client)


def test_a_stranger_s_tries_do_not_lock_the_owner_out(client, make_person):
    make_person(phone=PHONE)
    stranger = client.__class__(REMOTE_ADDR="198.51.100.7")
    for _ in range(6):
        stranger.post("/accounts/login/", {"login": PHONE, "password": "wrong"})

    stranger.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})

    assert not is_signed_in(stranger)
    assert is_signed_in(client)


def test_tries_from_many_addresses_together_are_limited_too(client, make_person):
    make_person(phone=PHONE)
    for number in range(25):
        stranger = client.__class__(REMOTE_ADDR=f"198.51.100.{number}")
        for _ in range(4):
            stranger.post("/accounts/login/", {"login": PHONE, "password": "wrong"})

    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})

    assert not is_signed_in(client)


def test_right_passwords_are_never_counted(client, make_person):
    make_person(phone=PHONE)

    for _ in range(8):
        client.post("/accounts/logout/")
        client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})

    assert is_signed_in(client)


def test_a_locked_account_says_how_long_it_rests_and_then_opens(client, make_person, monkeypatch):
    make_person(phone=PHONE)
    client.cookies["language"] = "en"
    clock = [1_800_000_000.0]
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: clock[0])
    wrong = {"login": PHONE, "password": "wrong"}
    for _ in range(5):
        client.post("/accounts/login/", wrong)

    assert "try again in 5 minutes" in client.post("/accounts/login/", wrong).content.decode()
    clock[0] += 150
    assert "try again in 3 minutes" in client.post("/accounts/login/", wrong).content.decode()
    clock[0] += 150
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    assert is_signed_in(client)


def test_too_many_tries_get_a_page_that_says_so(client, db):
    client.cookies["language"] = "en"
    answers = [client.post("/accounts/login/", {"login": "x", "password": "y"}) for _ in range(31)]

    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "60"
    assert "Please try again in a minute." in answers[-1].content.decode()


def test_no_page_rests_longer_than_the_minute_it_says():
    by_form = {"login_failed", "login_failed_anywhere", "request_login_code"}
    limits = {action: parse_rates(rates) for action, rates in app_settings.RATE_LIMITS.items()}

    longest = {
        action: max(rate.duration for rate in rates)
        for action, rates in limits.items()
        if action not in by_form
    }

    assert max(longest.values()) == 60


class TestCodeByEmail:
    def test_lets_in_with_the_code_in_either_digit_set(self, client, make_person):
        make_person(email="hind@example.org")

        client.post("/accounts/login/code/", {"email": "hind@example.org"})
        code = re.search(r"\d{6}", mail.outbox[0].body).group()
        arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        client.post("/accounts/login/code/confirm/", {"code": arabic})

        assert is_signed_in(client)

    def test_tells_a_stranger_nothing(self, client, db):
        known = client.post("/accounts/login/code/", {"email": "nobody@example.org"})

        assert known.status_code == 302
        assert mail.outbox == []

    def test_has_no_phone_field_without_a_gateway(self, client, db):
        assert 'name="phone"' not in client.get("/accounts/login/code/").content.decode()

    @pytest.mark.parametrize("sent", [{}, {"email": ""}, {"phone": PHONE}, {"email": "a", "phone": "b"}])
    def test_answers_an_incomplete_form_with_words(self, client, make_person, sent):
        make_person(phone=PHONE)

        answer = client.post("/accounts/login/code/", sent)

        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode()

    def test_codes_asked_too_fast_say_when_to_come_back(self, client, make_person):
        make_person(email="hind@example.org")
        client.cookies["language"] = "en"
        for _ in range(3):
            client.post("/accounts/login/code/", {"email": "hind@example.org"})
            client.post("/accounts/logout/")

        answer = client.post("/accounts/login/code/", {"email": "Hind@example.org"})

        assert "Please try again in a minute." in answer.content.decode()

    def test_stops_after_ten_codes_an_hour(self, client, make_person, monkeypatch):
        make_person(email="hind@example.org")
        clock = [1_800_000_000.0]
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: clock[0])
        for _ in range(12):
            clock[0] += 61
            client.post("/accounts/logout/")
            client.post("/accounts/login/code/", {"email": "hind@example.org"})

        assert len(mail.outbox) == 10


class TestWithGateway:
    @pytest.fixture(autouse=True)
    def sent(self, settings, monkeypatch):
        settings.SMS_GATEWAY_URL = "https://sms.example.org/"
        settings.ACCOUNT_PHONE_VERIFICATION_ENABLED = True
        texts = []
        monkeypatch.setattr(
            "tadamun.foundation.people.adapter.send_text", lambda *, phone, text: texts.append((phone, text))
        )
        return texts

    def test_a_confirmed_phone_gets_a_code_that_lets_in(self, client, make_person, sent):
        person = make_person(phone=PHONE)
        person.phone_verified_at = person.joined_at
        person.save()

        client.post("/accounts/login/code/", {"phone": "0791234567"})
        code = re.search(r"\d{6}", sent[0][1]).group()
        client.post("/accounts/login/code/confirm/", {"code": code})

        assert sent[0][0] == PHONE
        assert is_signed_in(client)

    def test_an_unconfirmed_phone_gets_none(self, client, make_person, sent):
        make_person(phone=PHONE)

        client.post("/accounts/login/code/", {"phone": PHONE})

        assert sent == []

    def test_a_password_with_an_unconfirmed_phone_asks_for_its_code(self, client, make_person, sent):
        person = make_person(phone=PHONE)

        client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
        assert not is_signed_in(client)
        client.post("/accounts/phone/verify/", {"code": re.search(r"\d{6}", sent[0][1]).group()})

        assert is_signed_in(client)
        person.refresh_from_db()
        assert person.phone_verified_at is not None

    def test_codes_asked_too_fast_get_a_page_not_a_fault(self, client, make_person, sent):
        make_person(phone=PHONE)
        client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
        client.post("/accounts/logout/")

        answer = client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})

        assert answer.status_code == 429

    def test_a_new_phone_is_taken_when_its_code_comes_back(self, signed_in, make_person, sent):
        person = make_person(phone=PHONE, email="hind@example.org")
        person.phone_verified_at = person.joined_at
        person.save()
        client = signed_in(person)

        client.post("/accounts/phone/change/", {"phone": "0792222222"})
        client.post("/accounts/phone/verify/", {"code": re.search(r"\d{6}", sent[0][1]).group()})

        person.refresh_from_db()
        assert person.phone == "+962792222222"


class TestTheGatewayItself:
    def test_gets_one_document_for_a_code_as_for_every_text(self, settings, monkeypatch):
        settings.SMS_GATEWAY_URL = "https://sms.example.org/"
        calls = []
        monkeypatch.setattr(
            sms.urllib.request, "urlopen", lambda call, timeout: calls.append(call) or BytesIO()
        )

        send_text(phone=PHONE, text="731731")

        document = json.loads(calls[0].data)
        assert (document["to"], document["text"]) == (PHONE, "731731")
        assert document["id"] == calls[0].headers["Idempotency-key"]

    @pytest.mark.parametrize("address", ["", "file:///etc/passwd", "https://127.0.0.1:9/"])
    def test_says_when_it_did_not_take_a_code(self, settings, address):
        settings.SMS_GATEWAY_URL = address

        with pytest.raises(MessageNotSent):
            send_text(phone=PHONE, text="731731")


class TestNewPassword:
    def ask(self, client, email):
        return client.post("/accounts/password/reset/", {"email": email})

    def test_comes_by_e_mail_and_signs_other_devices_out(self, client, make_person, signed_in):
        person = make_person(email="hind@example.org")
        signed_in(person)
        other = client.__class__()

        self.ask(other, "hind@example.org")
        path = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body).group(1)
        form = other.get(path, follow=True)
        other.post(form.redirect_chain[-1][0], {"password1": "ماء وزيت وخبز", "password2": "ماء وزيت وخبز"})

        assert not is_signed_in(client)
        other.post("/accounts/login/", {"login": "hind@example.org", "password": "ماء وزيت وخبز"})
        assert is_signed_in(other)

    def test_is_never_sent_by_phone(self, client, make_person):
        make_person(phone=PHONE)

        answer = self.ask(client, PHONE)

        assert answer.status_code == 200
        assert mail.outbox == []

    def test_tells_a_stranger_nothing(self, client, make_person):
        make_person(email="hind@example.org")

        known, unknown = self.ask(client, "hind@example.org"), self.ask(client, "nobody@example.org")

        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)

    @pytest.mark.parametrize("key", ["zzzzzzzzzzzzz-abc", "1-x", "é-1", "0-0"])
    def test_a_made_up_link_says_that_it_does_not_work(self, client, db, key):
        answer = client.get(f"/accounts/password/reset/key/{key}/")

        assert answer.status_code in {200, 404}

    def test_a_mail_server_that_is_down_is_said(self, client, make_person, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        make_person(email="hind@example.org")
        client.cookies["language"] = "en"

        answer = client.post("/accounts/password/reset/", {"email": "hind@example.org"}, follow=True)

        assert "could not be sent" in answer.content.decode()
