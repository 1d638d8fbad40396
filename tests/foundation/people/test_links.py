"""One-time links: a button enters, once, within a day, and never where names are seen."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tadamun.foundation.people import queries, services
from tadamun.foundation.people.errors import LinkNotValid
from tadamun.foundation.people.models import SignInLink
from tests.foundation.people.conftest import NOON, PASSWORD, PHONE


@pytest.fixture
def person(make_person):
    return make_person(phone=PHONE)


@pytest.fixture
def coordinator(make_person):
    return make_person(phone="+962793333333", name="سلمى")


@pytest.fixture
def token(person, coordinator):
    return services.make_sign_in_link(person=person, made_by=coordinator, at=timezone.now())


def test_only_the_hash_is_stored(token):
    assert token not in str(SignInLink.objects.values())


def test_opening_the_link_signs_nobody_in(client, token):
    page = client.get(f"/enter/{token}/")

    assert page.status_code == 200
    assert client.get("/me/").status_code == 302


def test_the_button_signs_in_and_invites_to_a_password(client, token, person):
    answer = client.post(f"/enter/{token}/")
    assert answer.url == "/me/password/new/"

    chosen = client.post(answer.url, {"password1": "ماء وزيت وخبز", "password2": "ماء وزيت وخبز"})

    assert chosen.url == "/me/"
    assert client.get("/me/").status_code == 200
    person.refresh_from_db()
    assert person.check_password("ماء وزيت وخبز")


def test_the_password_may_wait(client, token):
    client.post(f"/enter/{token}/")

    assert client.get("/me/").status_code == 200


def test_without_a_link_the_present_password_is_asked(signed_in, person):
    assert signed_in(person).get("/me/password/new/").url == "/accounts/password/change/"


def test_whoever_was_signed_in_is_signed_out(client, token, make_person, signed_in):
    signed_in(make_person(phone="+962794444444", name="سامي"))

    client.post(f"/enter/{token}/")

    assert "هند" in client.get("/me/").content.decode()


def test_works_once(client, token):
    client.post(f"/enter/{token}/")

    assert Client().post(f"/enter/{token}/").status_code == 404
    assert Client().get(f"/enter/{token}/").status_code == 404


def test_works_for_a_day(person, coordinator):
    token = services.make_sign_in_link(person=person, made_by=coordinator, at=NOON)

    assert queries.holder_of_link(token=token, at=NOON + timedelta(hours=23, minutes=59)) == person
    with pytest.raises(LinkNotValid):
        services.use_sign_in_link(token=token, at=NOON + timedelta(hours=24))


def test_a_new_link_ends_the_one_before(person, coordinator):
    first = services.make_sign_in_link(person=person, made_by=coordinator, at=NOON)
    services.make_sign_in_link(person=person, made_by=coordinator, at=NOON + timedelta(hours=1))

    with pytest.raises(LinkNotValid):
        services.use_sign_in_link(token=first, at=NOON + timedelta(hours=2))


def test_a_closed_account_is_not_opened(token, person):
    person.is_active = False
    person.save()

    with pytest.raises(LinkNotValid):
        services.use_sign_in_link(token=token, at=timezone.now())


@pytest.mark.parametrize("made_up", ["x", "a" * 2000, "%00", "..%2f", "é"])
def test_a_made_up_link_says_that_it_does_not_work(client, db, made_up):
    assert client.get(f"/enter/{made_up}/").status_code == 404
    assert client.post(f"/enter/{made_up}/").status_code == 404


def test_guessing_is_limited(client, db):
    answers = [client.get(f"/enter/guess{number}/").status_code for number in range(31)]

    assert answers == [404] * 30 + [429]


def test_is_asked_for_the_second_factor_where_there_is_one(client, token, person):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(person, generate_totp_secret())

    assert client.post(f"/enter/{token}/").url == "/accounts/2fa/authenticate/"


def test_opens_nothing_once_the_role_sees_names(client, token, person, community, join):
    join(person, community, "coordinator")

    client.post(f"/enter/{token}/")
    answer = client.get("/me/")

    assert answer.status_code == 403
    assert client.get("/me/").url.startswith("/accounts/login/")


def test_the_person_sees_who_made_one(client, token, signed_in, person):
    page = signed_in(person).get("/me/security/").content.decode()

    assert "سلمى" in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_enters(make_person):
    person, coordinator = make_person(phone=PHONE), make_person(phone="+962793333333")
    token = services.make_sign_in_link(person=person, made_by=coordinator, at=timezone.now())
    together = threading.Barrier(2)
    answers = []

    def run():
        client = Client()
        together.wait()
        answers.append(client.post(f"/enter/{token}/").status_code)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [302, 404]


def test_old_links_and_sessions_that_are_over_are_dropped(client, token, person):
    client.post(f"/enter/{token}/")
    now = timezone.now()

    assert services.drop_old_sign_ins(at=now + timedelta(days=1)) == 0
    assert client.get("/me/").status_code == 200
    assert services.drop_old_sign_ins(at=now + timedelta(days=366)) >= 2
    assert not SignInLink.objects.exists()


def test_a_password_from_before_still_works(client, token, person):
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})

    assert client.get("/me/").status_code == 200
