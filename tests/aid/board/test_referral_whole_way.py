"""A referral from the coordinator's press to the asker's word, through the pages of both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.foundation.notices.models import Notice
from tadamun.pillars.aid.directory import services as directory
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import NeedLine, Referral
from tests.aid import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(community, coordinator):
    now = timezone.now()
    facts = directory.ServiceFacts(
        name="بنك الطعام",
        organisation="جمعية السنابل",
        phones=["06 400 0011"],
        place=directory.PlaceFacts(street="شارع السوق 14", town="عمّان"),
    )
    return directory.add_service(community=community, actor=coordinator, facts=facts, at=now, on=now.date())


def refer(desk, community, line, service):
    request_page = reverse("needs:request", args=[community.slug, line.request.public_id])
    address = f"{request_page}lines/{line.public_id}/refer/"
    assert address in desk.get(request_page).content.decode()
    assert f'value="{service.public_id}"' in desk.get(address, {"q": "بنك"}).content.decode()
    assert desk.post(address, {"service": service.public_id}).status_code == 302
    return desk.get(request_page).content.decode()


def weeks_later():
    """The days that a community leaves before it asks are over."""
    Referral.objects.update(asks_on=timezone.localdate() - timedelta(days=1))
    return services.ask_about_referrals(at=timezone.now())


def state_of(line):
    return NeedLine.objects.values_list("state", "close_reason").get(pk=line.pk)


def test_it_did_not_help_and_the_next_one_did(desk, browser_of, community, coordinator, bank):
    asker = make.make_member(community, name="ليلى القاسم")
    phone = browser_of(asker)
    line = make.make_request(community, actor=asker, at=timezone.now()).request.lines.get()
    services.take_over(request_id=line.request.public_id, actor=coordinator, at=timezone.now())
    inbox = reverse("notices:inbox")
    track = reverse("needs:track", args=[community.slug, line.request.public_id])

    # The coordinator sends the need on; the asker is told the way, in their notices and on their page.
    assert "بنك الطعام" in refer(desk, community, line, bank)
    assert state_of(line) == ("closed", "referred")
    told = phone.get(inbox).content.decode()
    assert "بنك الطعام" in told
    assert "شارع السوق 14" in told
    assert "شارع السوق 14" in phone.get(track).content.decode()

    # Some weeks later they are asked, and say no: the need waits to be sorted again.
    assert weeks_later() == 1
    assert "Did it help?" in phone.get(inbox).content.decode()
    answer = reverse(
        "needs:track_referral",
        args=[community.slug, line.request.public_id, Referral.objects.get().public_id],
    )
    assert f'action="{answer}"' in phone.get(track).content.decode()
    answered = phone.post(answer, {"outcome": "not_helped"}, follow=True)
    assert "We take your request up again." in answered.content.decode()
    assert state_of(line) == ("triage", "")
    page = phone.get(track).content.decode()
    assert "It did not help" in page
    assert f'action="{answer}"' not in page
    assert "A referral did not help" in desk.get(inbox).content.decode()

    # It is sent on again, and now it helps; nobody is asked a third time.
    refer(desk, community, line, bank)
    assert weeks_later() == 1
    second = Referral.objects.latest("pk")
    page = phone.get(track).content.decode()
    assert 'value="helped"' in page
    assert (
        phone.post(
            answer.replace(Referral.objects.earliest("pk").public_id, second.public_id), {"outcome": "helped"}
        ).status_code
        == 302
    )
    assert 'value="helped"' not in phone.get(track).content.decode()
    assert list(Referral.objects.order_by("pk").values_list("outcome", flat=True)) == ["not_helped", "helped"]
    assert state_of(line) == ("closed", "referred")
    assert weeks_later() == 0
    assert Notice.objects.filter(kind="needs.did_it_help").count() == 2


def test_a_guest_answers_with_number_and_pin(desk, browser_of, community, bank):
    asked = make.make_request(community, at=timezone.now())
    line, guest = asked.request.lines.get(), browser_of(None)
    refer(desk, community, line, bank)
    weeks_later()
    answer = reverse(
        "needs:track_referral",
        args=[community.slug, asked.request.public_id, Referral.objects.get().public_id],
    )
    assert guest.post(answer, {"outcome": "helped"}).status_code in {302, 403, 404}
    assert Referral.objects.get().outcome == "waiting"

    opened = reverse("needs:track_open", args=[community.slug])
    assert guest.post(opened, {"number": str(asked.request.number), "pin": asked.pin}).status_code == 302
    assert guest.post(answer, {"outcome": "helped"}).status_code == 302

    assert Referral.objects.get().outcome == "helped"
