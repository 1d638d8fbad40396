"""Telling people: by which ways, and once."""

import pytest

from tadamun.foundation.notices import queries, services
from tadamun.foundation.notices.errors import NoSuchNotice
from tadamun.foundation.notices.models import Delivery, Notice
from tests.foundation.make import NOON, make_person

PHONE = "+962790000001"


def ways(notice):
    return {(row.channel, row.state) for row in Delivery.objects.filter(notice=notice)}


def tell(recipient, **facts):
    return services.tell(
        **{"recipient": recipient, "kind": "tests.hello", "params": {"number": 1042}, "at": NOON} | facts
    )


@pytest.mark.django_db
class TestTell:
    def test_tells_in_the_app_at_once_and_by_e_mail_later(self):
        assert ways(tell(make_person())) == {("in_app", "sent"), ("email", "pending")}

    def test_tells_somebody_without_an_address_in_the_app_only(self):
        assert ways(tell(make_person(email=None))) == {("in_app", "sent")}

    def test_offers_a_text_for_a_phone_when_asked_to(self):
        person = make_person(email=None, phone=PHONE)

        assert ways(tell(person, by_hand=True)) == {("in_app", "sent"), ("by_hand", "pending")}

    def test_sends_no_sms_to_a_phone_that_nobody_proved(self, settings):
        settings.SMS_GATEWAY_URL = "https://sms.example.org/"
        unproven = make_person(email=None, phone=PHONE)
        proven = make_person(email=None, phone="+962790000002", phone_verified_at=NOON)

        assert ("sms", "pending") not in ways(tell(unproven))
        assert ("sms", "pending") in ways(tell(proven))

    def test_tells_once_by_a_key(self):
        person = make_person()

        assert tell(person, dedupe_key="came_in:1") is not None
        assert tell(person, dedupe_key="came_in:1") is None
        assert Notice.objects.count() == 1

    def test_refuses_a_kind_without_words(self):
        with pytest.raises(KeyError):
            tell(make_person(), kind="tests.unheard")

    def test_guests_get_a_text_for_a_coordinators_phone(self):
        notice = services.tell_guest(
            phone=PHONE, language="ar", kind="tests.hello", scope="bbb", at=NOON, about="req"
        )

        assert ways(notice) == {("by_hand", "pending")}
        assert notice.about == "req"

    def test_guests_get_an_sms_where_a_gateway_is_set(self, settings):
        settings.SMS_GATEWAY_URL = "https://sms.example.org/"

        assert ways(
            services.tell_guest(phone=PHONE, language="ar", kind="tests.hello", scope="bbb", at=NOON)
        ) == {("sms", "pending")}

    def test_keeps_phone_and_secret_under_seal(self):
        from django.db import connection

        services.tell_guest(
            phone=PHONE, language="ar", kind="tests.code", scope="bbb", secret="731731", at=NOON
        )

        with connection.cursor() as cursor:
            cursor.execute("SELECT guest_phone, secret FROM notices_notice")
            stored = cursor.fetchone()
        assert PHONE not in stored[0]
        assert "731731" not in stored[1]


@pytest.mark.django_db
class TestInbox:
    def test_shows_ones_own_notices_newest_first_without_their_secret(self):
        person = make_person()
        tell(person)
        tell(person, kind="tests.code", secret="731731")
        tell(make_person())

        page = queries.inbox(person=person)

        assert [card.unread for card in page.object_list] == [True, True]
        assert not any("731731" in card.body for card in page.object_list)
        assert queries.unread_count(person=person) == 2

    def test_a_text_that_led_to_its_address_ends_as_a_sentence(self):
        assert queries.without_lead("صفحتك تقول من ومتى: ") == "صفحتك تقول من ومتى."
        assert queries.without_lead("Votre page le montre\u00a0: \n") == "Votre page le montre."
        assert queries.without_lead("وصل جواب.") == "وصل جواب."

    def test_opening_marks_as_read(self):
        person = make_person()
        notice = tell(person)

        services.open_notice(notice_id=notice.public_id, person=person, at=NOON)

        assert queries.unread_count(person=person) == 0

    def test_nobody_opens_somebody_elses(self):
        notice = tell(make_person())

        with pytest.raises(NoSuchNotice):
            services.open_notice(notice_id=notice.public_id, person=make_person(), at=NOON)

    def test_marks_all_as_read(self):
        person = make_person()
        tell(person)
        tell(person)

        assert services.mark_all_read(person=person, at=NOON) == 2

    def test_exports_and_forgets(self):
        person, sender = make_person(), make_person()
        tell(person)
        other = tell(make_person())
        Delivery.objects.filter(notice=other).update(sent_by=sender)

        assert len(queries.my_records(person=person)["notices"]) == 1
        services.forget_person(person=person, at=NOON)
        services.forget_person(person=sender, at=NOON)

        assert list(Notice.objects.all()) == [other]
        assert not Delivery.objects.filter(sent_by__isnull=False).exists()


@pytest.mark.django_db
def test_forgets_notices_after_a_year_but_none_that_still_waits():
    from datetime import timedelta

    person = make_person(email=None)
    tell(person, at=NOON - timedelta(days=400))
    waiting = tell(make_person(), at=NOON - timedelta(days=400))
    recent = tell(person)

    services.forget_old_notices(at=NOON)

    assert set(Notice.objects.all()) == {waiting, recent}
