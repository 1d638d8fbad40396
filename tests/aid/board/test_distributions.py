"""The pages of a distribution day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.pillars.aid.needs.models import Distribution, DistributionSeat
from tests.aid import make


@pytest.fixture
def parcels(community, coordinator):
    at = timezone.now()
    offer = make.make_offer(
        community,
        giver=make.make_member(community),
        giver_name="جمعية الزيتون",
        is_organisation=True,
        quantity=20,
        at=at,
    )
    for _ in range(3):
        make.accepted_match(make.make_line(community, by=coordinator, at=at), offer, by=coordinator, at=at)
    return offer


def sent(**changes):
    day = timezone.localdate() + timedelta(days=1)
    given = {"title": "سلال آذار", "where": "مركز الحيّ", "day": str(day), "starts": "10:00", "ends": "14:00"}
    return given | changes


@pytest.fixture
def day(desk, community, parcels):
    desk.post(reverse("needs:distribution_new", args=[community.slug, parcels.public_id]), sent())
    return Distribution.objects.get()


def url(name, day):
    return reverse(f"needs:{name}", args=[day.community.slug, day.public_id])


def test_the_list_is_made_once(desk, community, parcels):
    address = reverse("needs:distribution_new", args=[community.slug, parcels.public_id])
    assert "3 accepted parcels" in desk.get(address).content.decode()

    first = desk.post(address, sent(form_token="d"))
    again = desk.post(address, sent(form_token="d"))

    assert first["Location"] == again["Location"]
    assert DistributionSeat.objects.count() == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "2020-01-01"},
        {"starts": "14:00", "ends": "10:00"},
        {"title": ""},
        {"title": "ع" * 5000},
        {"day": "٣٠/٠٢/٢٠٢٧"},
        {"starts": "\x00"},
    ],
)
def test_refuses_what_cannot_be_and_keeps_the_rest(desk, community, parcels, changes):
    address = reverse("needs:distribution_new", args=[community.slug, parcels.public_id])

    page = desk.post(address, sent(**changes))

    assert page.status_code == 422
    assert "مركز الحيّ" in page.content.decode()
    assert not Distribution.objects.exists()


def test_number_and_code_check_off_and_a_repeat_is_told(desk, day):
    seat = day.seats.get(number=2)
    for _ in range(2):
        page = desk.post(
            url("distribution_check", day), {"number": "٢", "code": seat.match.code}, follow=True
        )
        assert page.status_code == 200

    seat.refresh_from_db()
    assert seat.checked_at is not None
    assert "checked off already" in page.content.decode()


def test_without_a_code_somebody_vouches(desk, day):
    assert desk.post(url("distribution_check", day), {"number": "1"}).status_code == 422
    assert desk.post(url("distribution_check", day), {"number": "1", "vouched": "on"}).status_code == 302
    assert day.seats.get(number=1).checked_at is not None


@pytest.mark.parametrize(
    ("number", "code"), [("1", "abc"), ("99", "123"), ("0", "1"), ("x" * 999, ""), ("", "")]
)
def test_what_does_not_belong_together_is_said(desk, day, number, code):
    page = desk.post(url("distribution_check", day), {"number": number, "code": code})

    assert page.status_code == 422
    assert not day.seats.filter(checked_at__isnull=False).exists()


def test_the_paper_has_numbers_and_neither_names_nor_codes(desk, day):
    html = desk.get(url("distribution_print", day)).content.decode()

    assert html.count("<tr>") == 4
    for secret in ("قاسم", "شارع الزيتون", "791234567"):
        assert secret not in html


def test_a_closed_day_has_no_counter(desk, day):
    for _ in range(2):
        assert desk.post(url("distribution_close", day)).status_code == 302

    assert url("distribution_check", day) not in desk.get(url("distribution", day)).content.decode()


def test_is_for_coordinators_of_the_community(browser_of, community, day):
    for person in (make.make_member(community, "volunteer"), make.make_coordinator(make.make_community())):
        client = browser_of(person)
        pages = [client.get(url(name, day)) for name in ("distribution", "distribution_print")]
        pages += [client.post(url(name, day)) for name in ("distribution_check", "distribution_close")]
        assert {page.status_code for page in pages} == {403}
