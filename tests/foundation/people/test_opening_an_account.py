"""Opening an account: one way to be reached, a consent, and nobody else's phone."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client

from tadamun.foundation.people import services
from tadamun.foundation.people.errors import EmailTaken, LastWayIn, PhoneTaken
from tadamun.foundation.people.models import Consent, Person
from tests.foundation.people.conftest import PASSWORD, PHONE
from tests.foundation.people.test_second_factor import code_of

FORM = {
    "name": "هند الخطيب",
    "phone": "٠٧٩١٢٣٤٥٦٧",
    "email": "",
    "password1": PASSWORD,
    "address_form": "feminine",
    "language": "ar",
    "agrees": "on",
    "consent_version": "1",
}


def open_account(client, **changes):
    client.cookies["language"] = "en"
    return client.post("/accounts/signup/", {**FORM, **changes})


def test_a_phone_is_enough(client, db):
    answer = open_account(client)

    person = Person.objects.get()
    assert answer.status_code == 302
    assert (person.name, person.phone, person.email) == ("هند الخطيب", PHONE, None)
    assert person.address_form == "feminine"
    assert person.phone_verified_at is None
    assert client.get("/me/").status_code == 200


def test_the_password_just_chosen_is_not_asked_for_again(client, db):
    open_account(client, phone="0791234567")

    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(client.session["mfa.totp.secret"])})
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200


def test_an_address_is_enough_and_is_asked_to_be_confirmed(client, db):
    open_account(client, phone="", email=" Hind@Example.ORG ")

    person = Person.objects.get()
    assert (person.phone, person.email) == (None, "hind@example.org")
    assert not EmailAddress.objects.get(user=person).verified
    assert mail.outbox[0].to == ["hind@example.org"]


def test_two_without_an_address_do_not_collide(client, db):
    open_account(client)
    open_account(Client(), phone="0792222222")

    assert Person.objects.filter(email=None).count() == 2


def test_the_consent_is_kept_with_its_version(client, db):
    open_account(client)

    consent = Consent.objects.get()
    assert (consent.person, consent.purpose, consent.text_version) == (
        Person.objects.get(),
        "membership",
        "1",
    )
    assert consent.means == "self"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"phone": "", "email": ""}, "Please give a phone number or an e-mail address."),
        ({"agrees": ""}, "Without this consent no account can be opened."),
        ({"consent_version": "0"}, "The text has changed in the meantime."),
        ({"password1": "short"}, "at least eight characters"),
        ({"password1": "password"}, "Too many people use this password"),
        ({"name": ""}, "required"),
        ({"name": "\u202e\x00"}, "required"),
        ({"name": "س" * 100_000}, "eighty characters"),
        ({"phone": "12"}, "does not look like a phone number"),
        ({"phone": "9" * 100_000}, "does not look like a phone number"),
        ({"phone": "<script>"}, "does not look like a phone number"),
        ({"email": "a@b"}, "does not look like an e-mail address"),
        ({"email": "a" * 300 + "@example.org"}, "254"),
        ({"password1": "a\x00bcdefghij"}, "Null"),
        ({"language": "xx"}, "valid choice"),
        ({"address_form": "'; DROP TABLE people_person; --"}, "valid choice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(client, db, changes, says):
    answer = open_account(client, **changes)

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert Person.objects.count() == 0


def test_a_name_is_kept_without_controls_and_direction_marks(client, db):
    open_account(client, name="  هند\x00\u202e \u2066الخطيب\n")

    assert Person.objects.get().name == "هند الخطيب"


@pytest.mark.parametrize("changes", [{}, {"phone": "", "email": "hind@example.org"}])
def test_what_somebody_else_has_is_said(client, make_person, changes):
    make_person(phone=PHONE, email="hind@example.org")

    answer = open_account(client, **changes)

    assert "Another account uses this" in answer.content.decode()
    assert Person.objects.count() == 1


def test_services_name_what_is_taken(make_person):
    make_person(phone=PHONE, email="hind@example.org")

    with pytest.raises(PhoneTaken):
        services.open_account(name="سامي", language="ar", phone=PHONE)
    with pytest.raises(EmailTaken):
        services.open_account(name="سامي", language="ar", email="Hind@example.org")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_phone_at_once_one_wins_and_the_other_is_told():
    together = threading.Barrier(2)
    answers = []

    def run():
        client = Client(raise_request_exception=False)
        together.wait()
        answers.append(open_account(client))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Person.objects.count() == 1
    assert Consent.objects.count() == 1
    won, lost = sorted(answers, key=lambda answer: answer.status_code != 302)
    assert won.status_code == 302
    assert lost.status_code in {200, 409}
    assert "Another account uses this phone number" in lost.content.decode()


class TestChangingThePhone:
    def test_a_new_phone_is_unconfirmed(self, signed_in, make_person):
        person = make_person(phone=PHONE)
        client = signed_in(person)

        client.post("/accounts/phone/change/", {"phone": "079 222 2222"})

        person.refresh_from_db()
        assert (person.phone, person.phone_verified_at) == ("+962792222222", None)

    def test_the_only_way_in_stays(self, signed_in, make_person):
        person = make_person(phone=PHONE)
        client = signed_in(person)

        answer = client.post("/accounts/phone/change/", {"phone": ""})

        assert 'role="alert"' in answer.content.decode()
        with pytest.raises(LastWayIn):
            services.set_phone(person=person, phone="")

    def test_somebody_elses_phone_is_refused(self, signed_in, make_person):
        make_person(phone="+962792222222")
        client = signed_in(make_person(phone=PHONE))

        answer = client.post("/accounts/phone/change/", {"phone": "0792222222"})

        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode()

    def test_the_password_is_asked_when_signing_in_was_long_ago(self, signed_in, make_person, monkeypatch):
        person = make_person(phone=PHONE)
        client = signed_in(person)
        import time

        later = time.time() + 3600
        monkeypatch.setattr("tadamun.foundation.people.adapter.time.time", lambda: later)

        asked = client.post("/accounts/phone/change/", {"phone": "0792222222"})
        assert asked.url.startswith("/accounts/reauthenticate/")
        client.post(asked.url, {"password": PASSWORD})

        person.refresh_from_db()
        assert person.phone == "+962792222222"


class TestChangingTheAddress:
    def confirm(self, client):
        path = mail.outbox[-1].body.split("http://testserver")[1].split()[0]
        client.post(path)

    def test_the_new_address_replaces_the_old_once_confirmed(self, signed_in, make_person):
        person = make_person(phone=PHONE, email="old@example.org")
        client = signed_in(person)

        client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
        person.refresh_from_db()
        assert person.email == "old@example.org"
        self.confirm(client)

        person.refresh_from_db()
        assert person.email == "new@example.org"
        assert [address.email for address in EmailAddress.objects.filter(user=person)] == ["new@example.org"]

    def test_opening_the_link_alone_confirms_nothing(self, signed_in, make_person):
        person = make_person(phone=PHONE)
        client = signed_in(person)
        client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})

        client.get(mail.outbox[-1].body.split("http://testserver")[1].split()[0])

        assert not EmailAddress.objects.filter(verified=True).exists()

    def test_who_proves_an_address_takes_it_from_who_only_claimed_it(self, signed_in, make_person):
        claims = make_person(phone="+962792222222", email="hind@example.org", verified_email=False)
        proves = make_person(phone=PHONE)
        EmailAddress.objects.create(user=proves, email="hind@example.org")
        client = signed_in(proves)

        client.post("/accounts/email/", {"email": "hind@example.org", "action_send": "1"})
        self.confirm(client)

        proves.refresh_from_db()
        claims.refresh_from_db()
        assert (proves.email, claims.email) == ("hind@example.org", None)

    def test_addresses_can_be_removed_by_several_people(self, make_person, client):
        for phone, email in ((PHONE, "a@example.org"), ("+962792222222", "b@example.org")):
            person = make_person(phone=phone, email=email)
            EmailAddress.objects.get(user=person).remove()
            person.refresh_from_db()
            assert person.email is None

    def test_the_only_way_in_stays(self, signed_in, make_person):
        person = make_person(email="hind@example.org")
        client = signed_in(person)

        client.post("/accounts/email/", {"email": "hind@example.org", "action_remove": "1"})

        person.refresh_from_db()
        assert person.email == "hind@example.org"
