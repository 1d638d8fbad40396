"""One's own pages: profile, the log of looks, consents, language, other devices."""

from datetime import timedelta

import pytest

from tadamun.foundation.people import queries, services
from tadamun.foundation.people.consents import consent_text, current_version
from tadamun.foundation.people.errors import AccountNeedsConsent, NoSuchConsent, ReasonNeeded
from tadamun.foundation.people.vocabulary import ConsentMeans, ConsentPurpose, Revealed
from tests.foundation.people.conftest import NOON, PHONE


@pytest.fixture
def person(make_person):
    return make_person(phone=PHONE)


@pytest.fixture
def coordinator(make_person):
    return make_person(phone="+962793333333", name="سلمى العلي")


@pytest.fixture
def look(person, coordinator):
    def make(**given):
        facts = {
            "subject": person,
            "about": "req1",
            "viewer": coordinator,
            "viewer_role": "coordinator",
            "what": Revealed.PHONE,
            "scope": "c1",
            "reason": "اتّصال لتحديد الموعد",
            "at": NOON,
        }
        return services.log_reveal(**{**facts, **given})

    return make


def consent_of(person, purpose=ConsentPurpose.SHARE_PHONE):
    return services.record_consent(
        purpose=purpose,
        text_version=current_version(purpose=purpose),
        means=ConsentMeans.PHONE,
        at=NOON,
        person=person,
    )


@pytest.mark.parametrize(
    "path", ["/me/", "/me/security/", "/me/privacy/", "/accounts/phone/change/", "/me/delete/"]
)
def test_are_for_the_person_alone(client, signed_in, person, path):
    assert client.get(path).url.startswith("/accounts/login/")
    assert signed_in(person).get(path).status_code == 200


def test_the_profile_is_kept_and_the_language_with_it(signed_in, person):
    client = signed_in(person)

    client.post("/me/", {"name": " هند  أحمد ", "address_form": "feminine", "language": "fr"})

    person.refresh_from_db()
    assert (person.name, person.address_form, person.language) == ("هند أحمد", "feminine", "fr")
    assert client.cookies["language"].value == "fr"


@pytest.mark.parametrize("name", ["", "\x00", "س" * 81, "<b>" + "x" * 100_000])
def test_a_name_that_is_none_is_refused_and_the_input_kept(signed_in, person, name):
    answer = signed_in(person).post("/me/", {"name": name, "address_form": "neutral", "language": "ar"})

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    person.refresh_from_db()
    assert person.name == "هند الخطيب"


class TestTheLogOfLooks:
    def test_says_who_in_which_role_what_and_why(self, signed_in, person, look):
        look()

        page = signed_in(person).get("/me/privacy/").content.decode()

        assert "سلمى العلي" in page
        assert "اتّصال لتحديد الموعد" in page

    def test_is_read_page_by_page(self, signed_in, person, look):
        for day in range(25):
            look(reason=f"reason number {day:02}", at=NOON + timedelta(days=day))

        first = signed_in(person).get("/me/privacy/").content.decode()
        second = signed_in(person).get("/me/privacy/?page=2").content.decode()

        assert "number 24" in first
        assert "number 04" not in first
        assert "number 04" in second

    def test_shows_nobody_else_s(self, signed_in, make_person, look):
        look()
        other = make_person(phone="+962795555555")

        assert "سلمى" not in signed_in(other).get("/me/privacy/").content.decode()

    def test_needs_a_reason(self, look):
        with pytest.raises(ReasonNeeded):
            look(reason=" \u202e\x00 ")

    def test_keeps_at_most_two_hundred_letters_of_it(self, look):
        assert len(look(reason="س" * 100_000).reason) == 200

    def test_asks_the_same_few_questions_however_long_it_is(
        self, signed_in, person, look, django_assert_max_num_queries
    ):
        for day in range(20):
            look(at=NOON + timedelta(days=day))
        client = signed_in(person)

        with django_assert_max_num_queries(14):
            client.get("/me/privacy/")


class TestConsents:
    @pytest.mark.parametrize("purpose", list(ConsentPurpose))
    def test_every_purpose_has_a_text_for_anybody_to_read(self, client, db, purpose):
        text = consent_text(purpose=purpose)

        assert text is not None
        assert len(text.paragraphs) >= 2
        assert client.get(f"/consents/{purpose}/").status_code == 200
        assert client.get(f"/consents/{purpose}/{text.version}/").status_code == 200

    @pytest.mark.parametrize("path", ["/consents/x/", "/consents/help/99/", "/consents/%00/"])
    def test_an_unknown_text_is_not_found(self, client, db, path):
        assert client.get(path).status_code == 404

    def test_are_withdrawn_after_saying_what_that_means(self, signed_in, person):
        consent = consent_of(person)
        client = signed_in(person)
        path = f"/me/privacy/consents/{consent.public_id}/withdraw/"

        assert client.get(path).status_code == 200
        consent.refresh_from_db()
        assert consent.withdrawn_at is None
        client.post(path)

        consent.refresh_from_db()
        assert consent.withdrawn_at is not None

    def test_are_withdrawn_once(self, person):
        consent = consent_of(person)
        services.withdraw_consent(person=person, public_id=consent.public_id, at=NOON)

        with pytest.raises(NoSuchConsent):
            services.withdraw_consent(person=person, public_id=consent.public_id, at=NOON)

    def test_of_others_stay(self, person, coordinator):
        consent = consent_of(coordinator)

        with pytest.raises(NoSuchConsent):
            services.withdraw_consent(person=person, public_id=consent.public_id, at=NOON)

    def test_membership_ends_with_the_account(self, person):
        consent = consent_of(person, ConsentPurpose.MEMBERSHIP)

        with pytest.raises(AccountNeedsConsent):
            services.withdraw_consent(person=person, public_id=consent.public_id, at=NOON)


class TestLanguage:
    def test_is_switched_and_leads_back(self, client, db):
        answer = client.post("/language/", {"language": "en", "next": "/help/"})

        assert answer.url == "/help/"
        assert client.cookies["language"].value == "en"

    def test_is_kept_with_the_account(self, signed_in, person):
        signed_in(person).post("/language/", {"language": "fr", "next": "/me/"})

        person.refresh_from_db()
        assert person.language == "fr"

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\x00", ""]
    )
    def test_leads_nowhere_else(self, client, db, elsewhere):
        assert client.post("/language/", {"language": "en", "next": elsewhere}).url == "/"

    @pytest.mark.parametrize("unknown", ["xx", "", "../", "\x00"])
    def test_an_unknown_one_changes_nothing(self, client, db, unknown):
        client.post("/language/", {"language": unknown, "next": "/"})

        assert "language" not in client.cookies

    def test_is_never_switched_by_a_link(self, client, db):
        assert client.get("/language/?language=en").status_code == 405


def test_other_devices_are_signed_out_and_this_one_stays(signed_in, client, person):
    other = client.__class__()
    other.post("/accounts/login/", {"login": PHONE, "password": "خبز وملح كلّ يوم"})
    assert other.get("/me/").status_code == 200
    here = signed_in(person)

    here.post("/me/security/sessions/")

    assert here.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


def test_the_records_name_everything_kept(person, look, coordinator):
    look()
    consent_of(person)
    services.make_sign_in_link(person=person, made_by=coordinator, at=NOON)

    records = queries.my_records(person=person)

    assert records["account"]["phone"] == PHONE
    assert records["consents"][0]["purpose"] == "share_phone"
    assert records["looks_at_me"][0]["who"] == "سلمى العلي"
    assert records["sign_in_links"][0]["made_by"] == "سلمى العلي"
    assert queries.my_records(person=coordinator)["looks_by_me"][0]["about"] == "req1"
    assert "password" not in str(records)
