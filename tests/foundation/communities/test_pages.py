"""The doors: who gets in, what they show, and that every form works as it is sent, once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tadamun.foundation.catalogue.models import Category, HiddenCategory
from tadamun.foundation.catalogue.services import load_catalogue
from tadamun.foundation.communities import services
from tadamun.foundation.communities.models import Community, Invitation, JoinRequest, Membership
from tadamun.foundation.notices import services as notices
from tadamun.foundation.notices.models import Delivery
from tadamun.foundation.people.models import Reveal
from tadamun.foundation.places.models import Area
from tests.foundation.make import NOON, make_community, make_member, make_person, membership

PHONE = "+962790000001"
LEADERS = {"coordinator", "steward"}
STEWARD = {"steward"}
DOORS = {
    "communities:people": LEADERS,
    "communities:invitations": LEADERS,
    "communities:join_requests": LEADERS,
    "communities:settings": STEWARD,
    "communities:helpline": STEWARD,
    "communities:parts": STEWARD,
    "communities:texts": {"coordinator"},
    "places:areas": STEWARD,
    "catalogue:categories": STEWARD,
    "catalogue:add_category": STEWARD,
    "communities:leave": {"member", "volunteer", "facilitator", "auditor", *LEADERS},
    "communities:join": {"guest", "stranger", "member", "volunteer", "facilitator", "auditor", *LEADERS},
}
ROLES = ["guest", "stranger", "member", "volunteer", "facilitator", "auditor", "coordinator", "steward"]


def url(name, *args):
    return reverse(name, args=["olive", *args])


def form_token(page):
    found = re.search(r'name="form_token" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("door", DOORS)
def test_a_door_opens_to_exactly_those_it_is_for(enter, door, role):
    answer = enter(role).get(url(door))

    if role in DOORS[door]:
        assert answer.status_code == 200
        assert answer.content.count(b"<h1") == 1
    elif role == "guest":
        assert answer.status_code == 302
        assert "/accounts/login/" in answer["Location"]
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
@pytest.mark.parametrize("door", DOORS)
def test_every_page_stands_in_every_language(enter, door, language):
    answer = enter("steward", "coordinator", language=language).get(url(door))

    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "people/nobody/",
        "people/nobody/remove/",
        "join/notatoken/",
        "areas/nowhere/",
        "catalogue/nothing/",
        "people/%00/",
    ],
)
def test_what_does_not_exist_is_said_kindly(enter, path):
    assert enter("steward", "coordinator").get(f"/c/olive/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "people/nobody/verify/",
        "people/nobody/role/",
        "people/nobody/sign-in-link/",
        "people/nobody/juggle/",
        "invitations/none/withdraw/",
        "join-requests/none/",
        "messages/none/",
        "messages/none/sent/",
        "messages/none/eat/",
        "messages/none/decide/",
        "areas/none/close/",
        "catalogue/none/hide/",
        "catalogue/none/eat/",
    ],
)
def test_a_deed_on_nothing_is_refused_and_never_by_opening(enter, path):
    browser = enter("steward", "coordinator")

    assert browser.get(f"/c/olive/{path}").status_code == 405
    assert browser.post(f"/c/olive/{path}").status_code in {404, 422}


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


class TestSettings:
    FACTS = {
        "name": "حيّ النخيل",
        "welcome": "",
        "region": "MA",
        "currency": "mad",
        "time_zone": "Africa/Casablanca",
        "middle": "٣١٫٩٥، ٣٥٫٩١",
    }

    def test_saves_what_the_community_says(self, enter):
        assert enter("steward").post(url("communities:settings"), self.FACTS).status_code == 302

        here = Community.objects.get()
        assert (here.name, here.region, here.currency, here.latitude, here.open_to_join) == (
            "حيّ النخيل",
            "MA",
            "MAD",
            31.95,
            False,
        )

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"name": "ا" * 5000},
            {"region": "XX"},
            {"currency": "12"},
            {"time_zone": "Mars/Olympus"},
            {"middle": "here"},
            {"middle": "95, 10"},
            {"name": "a\x00b"},
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_rest(self, enter, wrong):
        answer = enter("steward").post(url("communities:settings"), self.FACTS | wrong)

        assert answer.status_code == 200
        assert b'role="alert"' in answer.content
        assert Community.objects.get().name == "حيّ الزيتون"

    def test_saves_the_helpline_with_hours_in_either_digit_set(self, enter):
        given = {"name": "هند", "phone": "٠٧٩٠٠٠٠٠٠٠", "opens": "٩", "closes": "20:30"}

        assert enter("steward").post(url("communities:helpline"), given).status_code == 302

        here = Community.objects.get()
        assert (here.helpline_phone, here.helpline_opens.hour, here.helpline_closes.minute) == (
            "+962790000000",
            9,
            30,
        )

    @pytest.mark.parametrize(
        "wrong", [{"phone": "12"}, {"phone": "\x00"}, {"opens": "25:99"}, {"opens": "9"}]
    )
    def test_refuses_a_helpline_that_makes_no_sense(self, enter, wrong):
        answer = enter("steward").post(url("communities:helpline"), wrong)

        assert b'role="alert"' in answer.content

    def test_switches_parts(self, enter):
        browser = enter("steward")

        browser.post(url("communities:parts"), {})
        assert "needs" in Community.objects.get().switched_off
        browser.post(url("communities:parts"), {"in_use": ["needs"]})
        assert "needs" not in Community.objects.get().switched_off


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


class TestAreas:
    @pytest.mark.parametrize(
        ("middle", "says"),
        [
            ("999, 35", "Latitude runs from 90 south to 90 north"),
            ("٩٩٩، ٣٥", "Latitude runs from 90 south to 90 north"),
            ("31.95, 1800", "longitude from 180 west to 180 east"),
            ("by the well", "Two numbers are needed, such as"),
            ("31.95", "Two numbers are needed, such as"),
        ],
    )
    def test_says_what_is_wrong_with_a_point(self, enter, middle, says):
        browser = enter("steward")
        browser.cookies["language"] = "en"

        page = browser.post(url("places:areas"), {"name": "شارع النخيل", "middle": middle, "form_token": "x"})

        assert says in page.content.decode()
        assert not Area.objects.exists()

    def test_adds_once_corrects_and_closes(self, enter):
        browser = enter("steward")
        page = browser.get(url("places:areas"))
        given = {"name": "شارع النخيل", "middle": "31.95 35.91", "form_token": form_token(page)}

        for _ in range(2):
            assert browser.post(url("places:areas"), given).status_code == 302
        area = Area.objects.get()
        page = browser.get(url("places:area", area.public_id))
        browser.post(
            url("places:area", area.public_id),
            {"name": "شارع الزيتون", "middle": "32, 36", "position": "٣", "form_token": form_token(page)},
        )
        browser.post(url("places:area_deed", area.public_id, "close"))

        area.refresh_from_db()
        assert (area.name, area.latitude, area.position) == ("شارع الزيتون", 32.0, 3)
        assert area.closed_at is not None

    def test_a_name_that_is_taken_is_said_beside_its_field(self, enter):
        browser = enter("steward")
        for name in ("أ", "ب"):
            token = form_token(browser.get(url("places:areas")))
            browser.post(url("places:areas"), {"name": name, "middle": "31, 35", "form_token": token})

        token = form_token(browser.get(url("places:areas")))
        answer = browser.post(url("places:areas"), {"name": "ب", "middle": "31, 35", "form_token": token})

        assert answer.status_code == 200
        assert b'href="#id_name"' in answer.content


class TestCatalogue:
    @pytest.fixture(autouse=True)
    def catalogue(self, db):
        load_catalogue()

    FACTS = {
        "name_ar": "عدّة كهرباء",
        "parent": "household",
        "icon": "tools",
        "unit": "item",
        "safety_tier": "0",
    }

    def test_adds_once_changes_and_closes_an_own_category(self, enter):
        browser = enter("steward")
        token = form_token(browser.get(url("catalogue:add_category")))

        for _ in range(2):
            assert (
                browser.post(url("catalogue:add_category"), self.FACTS | {"form_token": token}).status_code
                == 302
            )
        row = Category.objects.exclude(community=None).get()
        token = form_token(browser.get(url("catalogue:category", row.code)))
        changed = self.FACTS | {"name_en": "Power tools", "perishable": "on", "form_token": token}
        browser.post(url("catalogue:category", row.code), changed)
        browser.post(url("catalogue:category_deed", row.code, "close"))

        row.refresh_from_db()
        assert (row.name_en, row.perishable, row.parent.code) == ("Power tools", True, "household")
        assert row.closed_at is not None

    def test_hides_and_shows_a_shared_one(self, enter):
        browser = enter("steward")

        browser.post(url("catalogue:category_deed", "food", "hide"))
        assert HiddenCategory.objects.count() == 1
        browser.post(url("catalogue:category_deed", "food", "show"))
        assert HiddenCategory.objects.count() == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name_ar": ""},
            {"unit": "ton"},
            {"safety_tier": "9"},
            {"icon": "../../x"},
            {"parent": "night"},
            {"name_ar": "ا" * 10_000},
            {"safety_tier": "x"},
        ],
    )
    def test_says_what_is_wrong(self, enter, wrong):
        browser = enter("steward")
        token = form_token(browser.get(url("catalogue:add_category")))

        answer = browser.post(url("catalogue:add_category"), self.FACTS | {"form_token": token} | wrong)

        assert answer.status_code == 200
        assert b'role="alert"' in answer.content
        assert not Category.objects.exclude(community=None).exists()

    def test_a_shared_one_has_no_page_to_change_it(self, enter):
        assert enter("steward").get(url("catalogue:category", "food")).status_code == 404


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


def test_lists_take_a_steady_number_of_questions(enter, quarter, django_assert_max_num_queries):
    browser = enter("coordinator", "steward")
    for _ in range(15):
        make_member(quarter, "volunteer")
        services.ask_to_join(community=quarter, person=make_person(), at=NOON)

    for door in (
        "communities:people",
        "communities:join_requests",
        "communities:invitations",
        "communities:texts",
    ):
        with django_assert_max_num_queries(25):
            assert browser.get(url(door)).status_code == 200


def test_an_unverified_pair_of_hands_is_not_a_steward_of_another_community(enter):
    other = make_community("palm")
    browser = enter("steward", "coordinator")
    row = membership(make_member(other), other)

    assert browser.get(reverse("communities:people", args=["palm"])).status_code == 403
    assert browser.get(url("communities:member", row.public_id)).status_code == 404
    assert browser.post(url("communities:member_deed", row.public_id, "verify")).status_code == 404


def test_an_old_invitation_is_said_to_be_old(enter, quarter):
    _, token = services.invite_first_steward(community=quarter, at=NOON - timedelta(days=4000))

    assert enter("guest").get(url("communities:invitation", token)).status_code == 404


def test_the_hijri_day_stands_beside_the_gregorian_one_where_the_community_wants_it(enter, quarter):
    browser, row = enter("coordinator"), membership(make_member(quarter), quarter)
    page = url("communities:member", row.public_id)
    lunar = re.compile(r"\(\d{1,2} [^()<]+ 14\d{2}\)")
    assert not lunar.search(browser.get(page).content.decode())

    Community.objects.update(shows_hijri=True)

    assert lunar.search(browser.get(page).content.decode())
