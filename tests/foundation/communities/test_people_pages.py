"""Pages about people: members, invitations, and who asks to join."""

import re

import pytest

from tadamun.foundation.communities.models import Invitation, JoinRequest, Membership
from tests.foundation.communities.addresses import PHONE, form_token, url
from tests.foundation.make import make_member, membership


class TestPeople:
    def test_searches_by_name_and_shows_no_phone(self, enter, quarter):
        make_member(quarter, name="سلمى حدّاد", phone=PHONE)

        page = enter("coordinator").get(url("communities:people"), {"q": "سلمي"}).content.decode()

        assert "سلمى حدّاد" in page
        assert "79" not in re.sub(
            r"<svg.*?</svg>", "", page.split("<main")[1].split("</main")[0], flags=re.DOTALL
        )

    def test_markup_in_a_name_stays_text(self, enter, quarter):
        row = membership(make_member(quarter, name="<script>alert(1)</script>"), quarter)

        for path in (url("communities:people"), url("communities:member", row.public_id)):
            assert b"<script>alert" not in enter("coordinator").get(path).content

    @pytest.mark.parametrize("query", ["'; DROP TABLE people_person; --", "\x00", "ا" * 5000, "%", "\u202e"])
    def test_takes_any_search(self, enter, query):
        assert (
            enter("coordinator").get(url("communities:people"), {"q": query, "role": query}).status_code
            == 200
        )

    def test_verifies_and_approves(self, enter, quarter):
        row = membership(make_member(quarter, "volunteer"), quarter)
        browser = enter("coordinator")

        for deed in ("verify", "approve-overnight"):
            assert browser.post(url("communities:member_deed", row.public_id, deed)).status_code == 302

        row.refresh_from_db()
        assert row.verified_by == browser.person
        assert row.overnight_approved_at is not None

    def test_gives_and_takes_roles(self, enter, quarter):
        row = membership(make_member(quarter), quarter)
        browser = enter("steward")

        browser.post(url("communities:member_role", row.public_id), {"role": "volunteer", "hold": "yes"})
        assert row.grants.filter(ended_at__isnull=True, role="volunteer").exists()
        browser.post(url("communities:member_role", row.public_id), {"role": "volunteer", "hold": "no"})
        assert not row.grants.filter(ended_at__isnull=True).exists()

    @pytest.mark.parametrize("role", ["emperor", "", "member", "\x00", "ا" * 900])
    def test_gives_no_role_that_is_none(self, enter, quarter, role):
        row = membership(make_member(quarter), quarter)

        answer = enter("steward").post(
            url("communities:member_role", row.public_id), {"role": role, "hold": "yes"}
        )

        assert answer.status_code == 422

    def test_removes_after_asking(self, enter, quarter):
        row = membership(make_member(quarter), quarter)
        browser = enter("steward")

        assert browser.get(url("communities:remove_member", row.public_id)).status_code == 200
        row.refresh_from_db()
        assert row.state == "active"
        browser.post(url("communities:remove_member", row.public_id))
        row.refresh_from_db()
        assert row.state == "removed"

    def test_shows_a_sign_in_link_once_that_opens_the_account(self, enter, quarter):
        row = membership(make_member(quarter), quarter)

        page = enter("coordinator").post(url("communities:sign_in_link", row.public_id)).content.decode()

        link = re.search(r"/enter/([A-Za-z0-9_-]+)/", page)
        assert link
        assert "<svg" in page

    def test_the_last_steward_is_told_why_leaving_fails(self, enter):
        assert enter("steward").post(url("communities:leave")).status_code == 409

    def test_leaving_takes_one_tap_after_the_question(self, enter, quarter):
        browser = enter("volunteer")

        browser.post(url("communities:leave"))

        assert Membership.objects.get(person=browser.person).state == "left"


class TestInvitations:
    def make(self, browser, **facts):
        page = browser.get(url("communities:invitations"))
        given = {"role": "member", "most_uses": "٢", "days": "7", "form_token": form_token(page)} | facts
        return given, browser.post(url("communities:invitations"), given)

    def link(self, page):
        found = re.search(r"/c/olive/join/([A-Za-z0-9_-]+)/", page.content.decode())
        assert found
        return found[0]

    def test_shows_link_and_qr_and_reads_either_digit_set(self, enter):
        _, made = self.make(enter("coordinator"))

        assert b'class="qr"' in made.content
        assert Invitation.objects.get().most_uses == 2
        assert self.link(made)

    def test_the_same_form_twice_makes_one_invitation_and_shows_the_same_link(self, enter):
        browser = enter("coordinator")
        given, first = self.make(browser)

        again = browser.post(url("communities:invitations"), given)
        sheet = browser.post(url("communities:invitations"), given | {"sheet": "1"})

        assert Invitation.objects.count() == 1
        assert self.link(first) == self.link(again) == self.link(sheet)

    def test_somebody_elses_form_token_leads_to_no_link_of_theirs(self, enter):
        given, first = self.make(enter("coordinator"))

        other = enter("coordinator").post(url("communities:invitations"), given)

        assert self.link(other) != self.link(first)
        assert Invitation.objects.count() == 2

    @pytest.mark.parametrize(
        "facts",
        [
            {"role": "steward"},
            {"role": "emperor"},
            {"most_uses": "0"},
            {"most_uses": "9" * 40},
            {"most_uses": "many"},
            {"days": "3650"},
            {"form_token": ""},
        ],
    )
    def test_keeps_what_was_written_and_says_what_is_wrong(self, enter, facts):
        _, answer = self.make(enter("coordinator"), **facts)

        assert answer.status_code == 200
        assert b'role="alert"' in answer.content
        assert not Invitation.objects.exists()

    def test_a_role_that_sees_names_is_for_one_person(self, enter):
        _, answer = self.make(enter("steward"), role="coordinator", most_uses="2", days="30")

        assert answer.content.count(b"aria-invalid") >= 2
        assert not Invitation.objects.exists()

    def test_opening_a_link_joins_nobody_and_the_button_does(self, enter):
        _, made = self.make(enter("coordinator"))
        path, browser = self.link(made), enter("stranger")

        assert browser.get(path).status_code == 200
        assert not Membership.objects.filter(person=browser.person).exists()
        assert browser.post(path).status_code == 302
        assert Membership.objects.get(person=browser.person).state == "active"

    def test_a_guest_is_led_to_an_account_and_back(self, enter):
        _, made = self.make(enter("coordinator"))
        path, guest = self.link(made), enter("guest")

        for page in (guest.get(path), guest.post(path)):
            assert f"?next={path}" in page.content.decode()
        assert Invitation.objects.get().uses == 0

    def test_a_stopped_invitation_works_no_more(self, enter):
        browser = enter("coordinator")
        _, made = self.make(browser)

        browser.post(url("communities:withdraw_invitation", Invitation.objects.get().public_id))

        assert enter("stranger").get(self.link(made)).status_code == 404


class TestJoining:
    def test_asks_and_is_answered(self, enter):
        newcomer, steward = enter("stranger"), enter("steward")

        newcomer.post(url("communities:join"), {"note": "جارة أمّ سامي"})
        assert "جارة أمّ سامي" in steward.get(url("communities:join_requests")).content.decode()
        request = JoinRequest.objects.get()
        steward.post(url("communities:answer_join", request.public_id), {"answer": "accept"})

        assert Membership.objects.get(person=newcomer.person).state == "active"

    def test_a_second_request_is_told_that_one_waits(self, enter):
        newcomer = enter("stranger")
        newcomer.post(url("communities:join"), {"note": ""})

        assert newcomer.post(url("communities:join"), {"note": ""}).status_code == 409

    def test_a_long_note_is_said_to_be_too_long_and_kept(self, enter):
        answer = enter("stranger").post(url("communities:join"), {"note": "ا" * 100_000})

        assert answer.status_code == 200
        assert "ا" * 1000 in answer.content.decode()
        assert not JoinRequest.objects.exists()
