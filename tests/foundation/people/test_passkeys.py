"""Passkeys: who may have one and where, what is taken from a device, and which one stays."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.utils import timezone

from tadamun.foundation.notices import queries as notices
from tadamun.foundation.people import queries, services
from tadamun.foundation.trail.models import TrailEntry
from tadamun.web.second_factor import takes_passkeys
from tests.foundation.people.conftest import PASSWORD, PHONE
from tests.foundation.people.device import Device

LIST = "/accounts/2fa/webauthn/"
ADD = f"{LIST}add/"
SIGN_IN = f"{LIST}login/"
ELSEWHERE = [
    "http://localhost:9000",
    "https://localhost:8000",
    "http://evil.localhost:8000",
    "http://localhost.example.org:8000",
]
NONSENSE = [
    "",
    "null",
    "[]",
    "7",
    '"x"',
    "{}",
    '{"id": 1, "rawId": 1, "response": []}',
    '{"id": "AA", "rawId": "AA", "response": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {}, "response": '
    '{"clientDataJSON": "!", "attestationObject": "!", "authenticatorData": "!", "signature": "!"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {}, "response": '
    '{"clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "AA", "signature": "AA"}}',
]


@pytest.fixture
def person(make_person):
    return make_person(phone=PHONE, email="hind@example.org")


@pytest.fixture
def entered(signed_in, person):
    client = signed_in(person)
    client.cookies["language"] = "en"
    return client


def add(client, device=None, name="My phone"):
    device = device or Device()
    asked = client.get(ADD).context["js_data"]["creation_options"]
    answer = client.post(ADD, {"name": name, "credential": device.made(asked)})
    return device, answer


def sign_in(client, device):
    asked = client.get(SIGN_IN, headers={"Accept": "application/json"}).json()["request_options"]
    return client.post(SIGN_IN, {"credential": device.signed(asked)})


def passkey_of(person):
    return Authenticator.objects.get(user=person, type=Authenticator.Type.WEBAUTHN)


@pytest.mark.parametrize(
    ("address", "takes"),
    [
        ("https://help.example.org", True),
        ("https://help.example.org:8443", True),
        ("http://localhost:8000", True),
        ("http://help.example.org", False),
        ("http://127.0.0.1:8000", False),
        ("https://192.0.2.7", False),
        ("http://[::1]:8000", False),
    ],
)
def test_are_offered_only_where_browsers_make_them(settings, address, takes):
    settings.PUBLIC_URL = address

    assert takes_passkeys() is takes


def test_where_they_are_not_offered_no_page_speaks_of_them_and_none_is_added(entered, settings):
    settings.PUBLIC_URL = "http://help.example.org"

    refused = entered.get(ADD)

    assert refused.status_code == 403
    assert "Passkeys cannot be made at this address." in refused.content.decode()
    assert b"passkey" not in entered.get("/me/security/").content
    assert b"passkey" not in Client().get("/accounts/login/").content


def test_where_they_no_longer_work_one_can_still_be_removed(entered, person, settings):
    add(entered)
    settings.PUBLIC_URL = "http://help.example.org"

    assert "My phone" in entered.get(LIST).content.decode()
    entered.post(f"{LIST}keys/{passkey_of(person).pk}/remove/")

    assert not queries.passkeys_of(person=person)


def test_one_signs_in_without_a_password(entered, person):
    device, added = add(entered)
    assert added.url == "/accounts/2fa/recovery-codes/"

    guest = Client()
    sign_in(guest, device)

    assert guest.get("/me/").status_code == 200
    assert queries.passkeys_of(person=person)[0].last_used_at is not None


def test_one_is_for_the_public_address_whatever_name_the_page_was_opened_by(entered):
    asked = entered.get(ADD).context["js_data"]["creation_options"]["publicKey"]

    assert asked["rp"]["id"] == "localhost"
    assert asked["user"]["name"] == "hind@example.org"
    assert asked["authenticatorSelection"]["userVerification"] == "required"


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_what_a_page_of_another_address_asked_for_is_not_taken(entered, person, origin):
    add(entered, Device(origin=origin))
    assert not queries.passkeys_of(person=person)

    device, _ = add(entered)
    device.origin = origin
    guest = Client()
    sign_in(guest, device)
    assert guest.get("/me/").status_code == 302


def test_a_device_that_does_not_ask_who_holds_it_is_not_taken(entered, person):
    add(entered, Device(verifies=False))
    assert not queries.passkeys_of(person=person)

    device, _ = add(entered)
    device.verifies = False
    guest = Client()
    sign_in(guest, device)
    assert guest.get("/me/").status_code == 302


def test_an_answer_is_good_once(entered):
    device, _ = add(entered)
    guest = Client()
    asked = guest.get(SIGN_IN, headers={"Accept": "application/json"}).json()["request_options"]
    answer = device.signed(asked)
    guest.post(SIGN_IN, {"credential": answer})
    guest.post("/accounts/logout/")

    guest.post(SIGN_IN, {"credential": answer})

    assert guest.get("/me/").status_code == 302


def test_a_device_that_names_another_account_does_not_open_it(entered, make_person):
    device, _ = add(entered)
    device.holder = str(make_person(phone="+962790000002").pk).encode()
    guest = Client()

    sign_in(guest, device)

    assert guest.get("/me/").status_code == 302


@pytest.mark.parametrize("holder", [b"", b"x", b"\xff", b"-1", b"9" * 40])
def test_a_device_that_names_nobody_opens_nothing(entered, holder):
    device, _ = add(entered)
    device.holder = holder
    guest = Client()

    assert sign_in(guest, device).status_code == 302
    assert guest.get("/me/").status_code == 302


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_refused_with_a_sentence(entered, person, nonsense):
    entered.get(ADD)
    added = entered.post(ADD, {"name": "x", "credential": nonsense})
    guest = Client()
    guest.get(SIGN_IN, headers={"Accept": "application/json"})
    came = guest.post(SIGN_IN, {"credential": nonsense})

    assert (added.status_code, came.status_code) == (200, 302)
    assert 'role="alert"' in added.content.decode()
    assert not queries.passkeys_of(person=person)


def test_a_closed_account_is_not_opened(entered, person):
    device, _ = add(entered)
    person.is_active = False
    person.save()
    guest = Client()

    sign_in(guest, device)

    assert guest.get("/me/").status_code == 302


def test_is_the_second_factor_of_a_role_that_sees_names(entered, person, community, join):
    join(person, community, "coordinator")
    assert entered.get("/elsewhere/").url == "/accounts/2fa/totp/activate/"
    assert ADD in entered.get("/accounts/2fa/totp/activate/").content.decode()

    device, _ = add(entered)

    assert getattr(entered.get("/elsewhere/"), "url", "") != "/accounts/2fa/totp/activate/"
    guest = Client()
    guest.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    assert guest.get("/me/").status_code == 302
    asked = guest.get("/accounts/2fa/authenticate/").context["js_data"]["request_options"]
    guest.post("/accounts/2fa/authenticate/", {"credential": device.signed(asked)})
    assert guest.get("/me/").status_code == 200


def test_whoever_has_none_is_not_asked_for_one_after_the_password(client, person):
    TOTP.activate(person, generate_totp_secret())
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})

    assert b"data-passkey" not in client.get("/accounts/2fa/authenticate/").content


def test_the_last_second_factor_of_such_a_role_stays(entered, person, community, join):
    membership = join(person, community, "coordinator")
    add(entered)
    door = f"{LIST}keys/{passkey_of(person).pk}/remove/"

    assert "one second factor stays" in entered.get(door).content.decode()
    assert "one second factor stays" in entered.post(door).content.decode()
    assert queries.passkeys_of(person=person)

    membership.grants.update(ended_at=membership.joined_at)
    entered.post(door)
    assert not queries.passkeys_of(person=person)
    assert queries.unused_recovery_codes(person=person) == 0


def test_of_two_second_factors_either_may_go(entered, person, community, join):
    join(person, community, "coordinator")
    add(entered)
    TOTP.activate(person, generate_totp_secret())

    entered.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()

    TOTP.activate(person, generate_totp_secret())
    entered.post(f"{LIST}keys/{passkey_of(person).pk}/remove/")
    assert not queries.passkeys_of(person=person)


@pytest.mark.parametrize("door", ["edit", "remove"])
def test_nobody_reaches_another_s(entered, make_person, door):
    other = make_person(phone="+962790000003")
    theirs = Authenticator.objects.create(
        user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "Theirs", "credential": {}}
    )

    assert entered.get(f"{LIST}keys/{theirs.pk}/{door}/").status_code == 404
    assert entered.post(f"{LIST}keys/{theirs.pk}/{door}/", {"name": "Mine"}).status_code == 404
    assert queries.passkeys_of(person=other)[0].name == "Theirs"


def test_has_a_name_that_can_be_changed(entered, person):
    add(entered, name="")
    assert queries.passkeys_of(person=person)[0].name

    door = f"{LIST}keys/{passkey_of(person).pk}/edit/"
    assert entered.post(door, {"name": "x" * 41}).status_code == 200
    assert entered.post(door, {"name": "  At home "}).url == LIST

    assert [card.name for card in queries.passkeys_of(person=person)] == ["At home"]


def test_its_owner_is_told_in_the_app_and_it_stands_on_the_trail(entered, person):
    mail.outbox.clear()
    add(entered)
    entered.post(f"{LIST}keys/{passkey_of(person).pk}/remove/")

    told = [notice["kind"] for notice in notices.my_records(person=person)["notices"]]
    assert {"web.passkey_added", "web.passkey_removed"} <= set(told)
    trail = TrailEntry.objects.filter(scope="instance", thing_id=person.public_id).values_list(
        "verb", flat=True
    )
    assert set(trail) == {"passkey_added", "passkey_removed"}
    assert mail.outbox == []


def test_can_be_taken_along_and_goes_with_the_account(entered, person):
    add(entered)
    kept = queries.my_records(person=person)["account"]
    assert (kept["second_factor"], [one["name"] for one in kept["passkeys"]]) == (True, ["My phone"])
    assert "attestationObject" not in json.dumps(kept, default=str)

    services.forget_person(person=person, at=timezone.now())

    assert not Authenticator.objects.filter(user=person).exists()


def test_adding_asks_for_the_password_once_more_when_it_is_long_ago(entered, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1

    assert entered.get(ADD).url.startswith("/accounts/reauthenticate/")
