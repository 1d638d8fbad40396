"""Taking one's data along, and deleting one's account."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, transaction

from tadamun.foundation.people import services
from tadamun.foundation.people.models import Consent, Person, Reveal, Session, SignInLink
from tadamun.foundation.people.vocabulary import ConsentMeans, ConsentPurpose, Revealed
from tests.foundation.people.conftest import NOON, PASSWORD, PHONE


@pytest.fixture
def person(make_person):
    return make_person(phone=PHONE, email="hind@example.org")


@pytest.fixture
def coordinator(make_person):
    return make_person(phone="+962793333333", name="سلمى")


@pytest.fixture
def with_traces(person, coordinator):
    TOTP.activate(person, generate_totp_secret())
    services.make_sign_in_link(person=person, made_by=coordinator, at=NOON)
    services.record_consent(
        purpose=ConsentPurpose.MEMBERSHIP, text_version="1", means=ConsentMeans.SELF, at=NOON, person=person
    )
    for subject, viewer, words in ((person, coordinator, "اتّصال بهند"), (coordinator, person, "سؤال لسلمى")):
        services.log_reveal(
            subject=subject,
            about="req1",
            viewer=viewer,
            viewer_role="coordinator",
            what=Revealed.PHONE,
            scope="c1",
            reason=words,
            at=NOON,
        )
    return person


def test_my_data_is_one_file_of_everything(signed_in, person, coordinator, with_traces):
    Authenticator.objects.all().delete()

    answer = signed_in(person).post("/me/data/")
    data = json.loads(answer.content)

    assert answer["Content-Disposition"].startswith('attachment; filename="tadamun-')
    assert data["people"]["account"]["name"] == "هند الخطيب"
    assert data["people"]["account"]["email"] == "hind@example.org"
    assert PASSWORD not in answer.content.decode()


def test_my_data_is_mine_alone(client, db):
    assert client.post("/me/data/").url.startswith("/accounts/login/")


class TestForgetting:
    def test_leaves_nothing_that_names_the_person(self, with_traces):
        services.forget_person(person=with_traces, at=NOON)

        kept = Person.objects.get(pk=with_traces.pk)
        assert (kept.name, kept.phone, kept.phone_hash, kept.email) == ("", None, None, None)
        assert not kept.is_active
        assert not kept.has_usable_password()
        for model in (EmailAddress, Authenticator):
            assert not model.objects.filter(user=kept).exists()
        for model in (SignInLink, Session):
            assert not model.objects.filter(person=kept).exists()

    def test_keeps_the_books(self, with_traces):
        services.forget_person(person=with_traces, at=NOON)

        assert Consent.objects.get(person=with_traces).withdrawn_at == NOON
        assert Reveal.objects.get(subject=with_traces).reason == ""
        assert Reveal.objects.get(viewer=with_traces).reason == "سؤال لسلمى"

    def test_frees_phone_and_address_for_a_new_account(self, with_traces):
        services.forget_person(person=with_traces, at=NOON)

        again = services.open_account(name="هند", language="ar", phone=PHONE, email="hind@example.org")

        assert again.pk != with_traces.pk

    def test_is_final_in_the_database_too(self, with_traces):
        services.forget_person(person=with_traces, at=NOON)

        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=with_traces.pk).update(name="هند")


class TestDeleting:
    def test_asks_for_the_password_once_more(self, signed_in, person):
        answer = signed_in(person).post("/me/delete/", {"password": "wrong"})

        assert answer.status_code == 200
        person.refresh_from_db()
        assert person.is_active

    def test_says_what_goes_and_what_stays(self, signed_in, person):
        client = signed_in(person)
        client.cookies["language"] = "en"

        page = client.get("/me/delete/").content.decode()

        assert "What is removed" in page
        assert "What stays, without you" in page

    def test_signs_out_everywhere_and_forgets(self, signed_in, client, person):
        other = client.__class__()
        other.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
        here = signed_in(person)

        here.post("/me/delete/", {"password": PASSWORD})

        assert here.get("/me/").status_code == 302
        assert other.get("/me/").status_code == 302
        person.refresh_from_db()
        assert person.forgotten_at is not None
        other.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
        assert other.get("/me/").status_code == 302

    @pytest.mark.parametrize("word", ["حذف", "delete", " DELETE ", "supprimer"])
    def test_asks_for_a_word_where_there_is_no_password(self, client, person, coordinator, word):
        person.set_unusable_password()
        person.save()
        token = services.make_sign_in_link(person=person, made_by=coordinator, at=person.joined_at)
        client.post(f"/enter/{token}/")

        client.post("/me/delete/", {"word": "yes"})
        person.refresh_from_db()
        assert person.is_active
        client.post("/me/delete/", {"word": word})

        person.refresh_from_db()
        assert not person.is_active

    def test_guessing_the_password_is_limited(self, signed_in, person):
        client = signed_in(person)
        for _ in range(5):
            client.post("/me/delete/", {"password": "wrong"})

        client.post("/me/delete/", {"password": PASSWORD})

        person.refresh_from_db()
        assert person.is_active
