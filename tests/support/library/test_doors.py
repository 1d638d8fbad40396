"""Doors of the library beyond the table of all doors: the calendar feed, the lender, programs, search."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tadamun.foundation.people.models import Reveal
from tadamun.foundation.tokens.services import make_token
from tadamun.foundation.tokens.vocabulary import PREFIX
from tadamun.pillars.support.library import errors, queries, services
from tadamun.pillars.support.library.forms import label_in
from tadamun.pillars.support.library.models import Booking, CalendarFeed
from tadamun.pillars.support.library.vocabulary import LoanDeed
from tadamun.web.searching import search
from tests.aid.make import NOON
from tests.support.library.make import book, hand_out, make_item

DAY = timedelta(days=1)


def client_of(person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


class TestFeed:
    def test_holds_ones_own_times_and_nobodys_name(self, community, keeper, layla, sami):
        item = make_item(community, by=keeper, name="سلّم; طويل, جدًّا\nبسطر ثانٍ", place="نافذة الإعارة")
        now = timezone.now()
        book(item, by=layla, in_days=1, days=2, at=now)
        book(item, by=sami, in_days=5, at=now)
        secret = services.make_feed(community=community, actor=layla, at=now)

        answer = Client().get(reverse("library:feed", args=[community.slug, secret]))
        text = answer.content.decode()

        assert answer["Content-Type"].startswith("text/calendar")
        assert text.count("BEGIN:VEVENT") == 1
        assert "SUMMARY:سلّم\\; طويل\\, جدًّا بسطر ثانٍ" in text.replace("\r\n ", "")
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        for name in (layla.name, sami.name, "ليلى", "سامي"):
            assert name not in text
        assert secret not in str(CalendarFeed.objects.values())

    def test_a_new_address_closes_the_old_and_leaving_closes_both(self, community, layla):
        old = services.make_feed(community=community, actor=layla, at=NOON)
        new = services.make_feed(community=community, actor=layla, at=NOON)

        assert queries.feed_events(community=community, token=new, at=NOON) == []
        with pytest.raises(errors.NoSuchFeed):
            queries.feed_events(community=community, token=old, at=NOON)
        services.drop_feed(community=community, actor=layla)
        with pytest.raises(errors.NoSuchFeed):
            queries.feed_events(community=community, token=new, at=NOON)


class TestWhoSeesALoan:
    @pytest.fixture
    def loan(self, community, keeper, layla, sami):
        item = make_item(community, by=keeper, asks_first=True)
        item.lender = sami
        item.save()
        return book(item, by=layla)

    def seen_by(self, loan, viewer):
        return queries.loan_card(community=loan.community, loan_id=loan.public_id, viewer=viewer, at=NOON)

    def test_the_borrower_the_counter_and_by_first_name_the_lender(self, loan, keeper, layla, sami, reem):
        assert self.seen_by(loan, layla).borrower == ""
        assert self.seen_by(loan, keeper).borrower == "ليلى القاسم"
        assert self.seen_by(loan, sami).borrower == "ليلى"
        with pytest.raises(errors.NoSuchLoan):
            self.seen_by(loan, reem)

    @pytest.mark.parametrize(
        ("who", "may"), [("keeper", True), ("sami", True), ("layla", False), ("reem", False)]
    )
    def test_the_counter_and_the_lender_decide(self, loan, request, who, may):
        actor = request.getfixturevalue(who)

        def decide():
            services.decide_loan(
                community=loan.community, loan_id=loan.public_id, actor=actor, what=LoanDeed.APPROVE, at=NOON
            )

        if may:
            decide()
            assert Booking.objects.get().state == "approved"
        else:
            with pytest.raises(errors.NoSuchLoan):
                decide()

    def test_a_phone_is_opened_under_a_log_entry(self, community, keeper, layla):
        item = make_item(community, by=keeper)
        loan = services.hand_out_now(
            community=community,
            code=item.copies.get().code,
            actor=keeper,
            taker=services.Taker("أمّ خالد السرحان", "+962795554443"),
            days=1,
            at=NOON,
        )
        page = client_of(keeper).get(reverse("library:piece", args=[community.slug, item.copies.get().code]))
        assert "السرحان" not in page.content.decode()

        seen = services.reveal_borrower(
            community=community, loan_id=loan.public_id, actor=keeper, reason="تذكير بالإرجاع", at=NOON
        )

        assert seen.phone == "+962795554443"
        assert Reveal.objects.get().about == loan.public_id
        with pytest.raises(errors.LibraryForCoordinators):
            services.reveal_borrower(
                community=community, loan_id=loan.public_id, actor=layla, reason="فضول", at=NOON
            )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("KTR-03", "KTR-03"),
        (" ktr 3 ", "KTR-03"),
        ("ktr٠٣", "KTR-03"),
        ("https://hay.example/c/hay/library/label/KTR-03/", "KTR-03"),
        ("../../etc", "ETC"),
        ("<script>", "SCRIPT"),
    ],
)
def test_a_label_is_read_however_it_is_typed(typed, code):
    assert label_in(typed) == code


def test_programs_book_once_and_never_see_others(community, keeper, layla, sami):
    now = timezone.now()
    item = make_item(community, by=keeper)
    hand_out(book(item, by=sami, at=now), by=keeper, at=now)
    secret = f"{PREFIX}library-test"
    make_token(
        community=community,
        person=layla,
        name="برنامج",
        scopes=["library:read", "library:write"],
        days=7,
        secret=secret,
        at=now,
    )
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    root = f"/api/v1/communities/{community.slug}/library"
    body = json.dumps({"first": (now + 3 * DAY).date().isoformat(), "days": 2})

    answers = [
        client.post(
            f"{root}/items/{item.public_id}/loans",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": "the-same-key"},
        )
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201], answers[0].content
    assert answers[0].json() == answers[1].json()
    assert Booking.objects.filter(borrower=layla).count() == 1
    assert [one["item"] for one in client.get(f"{root}/loans/mine").json()["items"]] == ["سلّم ألمنيوم"]
    assert sami.name not in client.get(f"{root}/items/{item.public_id}").content.decode()


def test_search_finds_what_the_viewer_may_see(community, keeper, layla):
    make_item(community, by=keeper)
    make_item(community, by=keeper, name="سلّم معروض للجميع", shows_in_public=True)
    services.add_item(community=community, actor=layla, facts=services.ItemFacts(name="سلّم مقترح"), at=NOON)

    def found(viewer):
        groups = search(community=community, viewer=viewer, text="سلم").groups
        return sum(len(group.rows) for group in groups if group.code == "library")

    assert (found(layla), found(AnonymousUser())) == (2, 1)


def test_a_booking_sent_twice_from_its_page_is_one(community, keeper, layla):
    item = make_item(community, by=keeper)
    first = (timezone.now() + 2 * DAY).date().isoformat()
    address = reverse("library:book", args=[community.slug, item.public_id])

    for _again in range(2):
        given = {"first": first, "days": "2", "form_token": "a-form-token"}
        assert client_of(layla).post(address, given).status_code == 302
    taken = client_of(layla).post(address, {"first": first, "days": "1", "form_token": "another"})

    assert taken.status_code == 409
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "?from=0000-00-00",
        "?from=9999-12-31",
        "?month=1900-01-01",
        "?month=x",
        "?from=2026-02-30&month=2999-01-01",
    ],
)
def test_the_calendar_bears_any_address(community, keeper, layla, query):
    item = make_item(community, by=keeper)

    assert (
        client_of(layla).get(f"/c/{community.slug}/library/items/{item.public_id}/{query}").status_code == 200
    )
