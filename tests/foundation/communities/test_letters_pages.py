"""Texts that coordinators send by hand, and everybody’s own notices."""

import pytest
from django.urls import reverse

from tadamun.foundation.notices import services as notices
from tadamun.foundation.notices.models import Delivery
from tadamun.foundation.people.models import Reveal
from tests.foundation.communities.addresses import PHONE, url
from tests.foundation.make import NOON, make_person


class TestTexts:
    @pytest.fixture
    def text(self, quarter):
        return notices.tell_guest(
            phone=PHONE,
            language="ar",
            kind="communities.join_accepted",
            params={"community": "حيّ الزيتون"},
            scope=quarter.public_id,
            at=NOON,
        )

    def test_the_list_hides_the_phone_and_opening_shows_and_logs_it(self, enter, text):
        browser = enter("coordinator")

        assert b"0000001" not in browser.get(url("communities:texts")).content
        page = browser.post(url("communities:open_text", text.public_id)).content.decode()

        assert "https://wa.me/962790000001?text=" in page
        assert f"sms:{PHONE}?body=" in page
        assert Reveal.objects.get().viewer == browser.person

    def test_sent_is_written_down_and_a_second_press_told(self, enter, text):
        browser = enter("coordinator")

        assert browser.post(url("communities:settle_text", text.public_id, "sent")).status_code == 302
        assert browser.post(url("communities:settle_text", text.public_id, "sent")).status_code == 409
        assert Delivery.objects.get().sent_by == browser.person

    def test_a_sending_that_broke_off_waits_for_a_decision(self, enter, quarter):
        notices.tell(
            recipient=make_person(),
            kind="communities.role_given",
            params={"community": "x"},
            scope=quarter.public_id,
            at=NOON,
        )
        email = Delivery.objects.filter(channel="email")
        email.update(state="unsure", failure="broken_off")
        browser = enter("coordinator")
        notice = email.get().notice.public_id

        assert b"Perhaps not arrived" in browser.get(url("communities:texts")).content
        browser.post(url("communities:decide_unsure", notice), {"channel": "email", "again": "yes"})

        assert email.get().state == "pending"


class TestInbox:
    def tell(self, person, quarter, **facts):
        return notices.tell(
            **{
                "recipient": person,
                "kind": "communities.role_given",
                "params": {"community": quarter.name},
                "url": "/c/olive/join/",
                "scope": quarter.public_id,
                "at": NOON,
            }
            | facts
        )

    def test_lists_ones_own_opens_and_goes_there(self, enter, quarter):
        browser = enter("volunteer")
        mine = self.tell(browser.person, quarter)
        theirs = self.tell(make_person(), quarter)

        page = browser.get(reverse("notices:inbox")).content.decode()
        assert mine.public_id in page
        assert theirs.public_id not in page
        assert browser.get(reverse("notices:open", args=[mine.public_id]))["Location"] == "/c/olive/join/"
        assert browser.get(reverse("notices:open", args=[theirs.public_id])).status_code == 404

        mine.refresh_from_db()
        assert mine.read_at is not None

    @pytest.mark.parametrize(
        "outside", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
    )
    def test_never_leads_off_the_site(self, enter, quarter, outside):
        browser = enter("volunteer")
        notice = self.tell(browser.person, quarter, url=outside)

        assert browser.get(reverse("notices:open", args=[notice.public_id]))["Location"] == reverse(
            "notices:inbox"
        )

    def test_marks_all_as_read_by_a_button_only(self, enter, quarter):
        browser = enter("volunteer")
        notice = self.tell(browser.person, quarter)

        assert browser.get(reverse("notices:read_all")).status_code == 405
        browser.post(reverse("notices:read_all"))

        notice.refresh_from_db()
        assert notice.read_at is not None

    def test_a_guest_is_asked_to_sign_in(self, enter):
        assert enter("guest").get(reverse("notices:inbox")).status_code == 302
