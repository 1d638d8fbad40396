"""The second factor: asked of roles that see names, taken once a code, kept while the role is held."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from tests.foundation.people.conftest import PASSWORD, PHONE

SET_UP = "/accounts/2fa/totp/activate/"


def code_of(secret, *, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def person(make_person):
    return make_person(phone=PHONE)


@pytest.fixture
def secret(person):
    made = generate_totp_secret()
    TOTP.activate(person, made)
    return made


@pytest.mark.parametrize("role", ["coordinator", "steward", "auditor"])
def test_roles_that_see_names_set_it_up_first(signed_in, person, community, join, role):
    join(person, community, role)

    assert signed_in(person).get("/elsewhere/").url == SET_UP


@pytest.mark.parametrize("role", ["volunteer", "facilitator"])
def test_other_roles_are_not_asked(signed_in, person, community, join, role):
    join(person, community, role)

    assert getattr(signed_in(person).get("/me/security/"), "url", "") != SET_UP
    assert getattr(signed_in(person).get("/elsewhere/"), "url", "") != SET_UP


def test_whoever_may_open_the_admin_pages_is_asked(signed_in, person):
    person.is_staff = True
    person.save()

    assert signed_in(person).get("/admin/").url == SET_UP


def test_a_demonstration_does_not_ask(signed_in, person, community, join, settings):
    settings.DEMO = True
    join(person, community, "coordinator")

    assert getattr(signed_in(person).get("/elsewhere/"), "url", "") != SET_UP


def test_an_api_says_it_in_json(signed_in, person, community, join):
    join(person, community, "coordinator")

    answer = signed_in(person).get("/api/anything/")

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["code"] == "second_factor_needed"


def test_one_s_own_pages_stay_open(signed_in, person, community, join):
    join(person, community, "coordinator")

    assert signed_in(person).get("/me/privacy/").status_code == 200


def test_is_set_up_without_scripts(signed_in, person, community, join):
    join(person, community, "coordinator")
    client = signed_in(person)
    page = client.get(SET_UP).content.decode()
    assert "data:" not in page
    assert "<svg" in page.split('class="qr"')[1]

    done = client.post(SET_UP, {"code": code_of(client.session["mfa.totp.secret"])})

    assert done.url == "/accounts/2fa/recovery-codes/"
    assert client.get(done.url).status_code == 200
    assert getattr(client.get("/me/"), "status_code", 0) == 200
    assert getattr(client.get("/elsewhere/"), "url", "") != SET_UP


@pytest.mark.django_db(transaction=True)
def test_the_first_recovery_codes_replace_none(signed_in, person):
    client = signed_in(person)
    client.cookies["language"] = "en"
    client.get(SET_UP)

    first = client.post(SET_UP, {"code": code_of(client.session["mfa.totp.secret"])}, follow=True)
    again = client.post("/accounts/2fa/recovery-codes/generate/", follow=True)

    assert "Here are your recovery codes" in first.content.decode()
    assert "no longer work" not in first.content.decode()
    assert "the earlier ones no longer work" in again.content.decode()


def test_its_secrets_are_sealed(secret, person):
    kept = Authenticator.objects.get(user=person).data["secret"]

    assert secret not in kept
    assert kept.startswith("gAAAA")


def test_a_code_is_taken_in_arabic_digits(client, person, secret):
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    code = code_of(secret).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    client.post("/accounts/2fa/authenticate/", {"code": f" {code} "})

    assert client.get("/me/").status_code == 200


def test_a_code_is_taken_once(client, person, secret, monkeypatch):
    code = code_of(secret, steps=1)
    now = time.time()
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code})
    client.post("/accounts/logout/")

    # A period later the code is still right by the clock, and allauth has forgotten that it was used.
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now + 31)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", lambda *_: True)
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    answer = client.post("/accounts/2fa/authenticate/", {"code": code})

    assert answer.status_code == 200
    assert client.get("/me/").status_code == 302


def test_guessing_codes_is_limited(client, person, secret):
    client.cookies["language"] = "en"
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})

    answers = [client.post("/accounts/2fa/authenticate/", {"code": f"{n:06}"}) for n in range(7)]

    assert "Too many tries" in answers[-1].content.decode()


def test_a_recovery_code_lets_in_once(signed_in, person, community, join):
    client = signed_in(person)
    client.get(SET_UP)
    client.post(SET_UP, {"code": code_of(client.session["mfa.totp.secret"])})
    codes = client.get("/accounts/2fa/recovery-codes/download/").content.decode().split()
    assert len(codes) == 10

    for expected in (200, 302):
        client.post("/accounts/logout/")
        client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
        client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert client.get("/me/").status_code == expected


def test_stays_while_the_role_sees_names(client, person, secret, community, join):
    membership = join(person, community, "coordinator")
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=person).exists()

    membership.grants.update(ended_at=membership.joined_at)
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person).exists()


def test_the_admin_pages_have_no_door_of_their_own(client, db):
    assert client.get("/admin/login/").url.startswith("/accounts/login/")
    assert client.post("/admin/login/", {"username": "1", "password": PASSWORD}).url.startswith(
        "/accounts/login/"
    )


def test_the_admin_pages_are_closed_to_members(signed_in, person):
    assert signed_in(person).get("/admin/", follow=True).status_code == 403
