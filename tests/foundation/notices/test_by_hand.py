"""Texts that a coordinator sends: the look is logged, the sending is written down, the code is forgotten."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tadamun.foundation.communities import services
from tadamun.foundation.communities.errors import NotAMember, RoleNeeded
from tadamun.foundation.notices import services as notices
from tadamun.foundation.notices.errors import AlreadySent, NoSuchNotice
from tadamun.foundation.notices.models import Delivery, Notice
from tadamun.foundation.people.models import Reveal
from tadamun.foundation.trail.models import TrailEntry
from tests.foundation.make import NOON, make_community, make_member, make_person
from tests.foundation.together import together

PHONE = "+962790000001"


@pytest.fixture
def here(db):
    return make_community()


@pytest.fixture
def hind(here):
    return make_member(here, "coordinator")


@pytest.fixture
def text(here):
    return notices.tell_guest(
        phone=PHONE,
        language="ar",
        kind="tests.code",
        secret="731731",
        scope=here.public_id,
        about="req234",
        at=NOON,
    )


def test_the_list_shows_neither_phone_nor_code(here, hind, text):
    (waiting,) = services.waiting_texts(community=here, viewer=hind)

    assert PHONE not in repr(waiting)
    assert "731731" not in repr(waiting)


def test_opening_shows_the_phone_and_logs_the_look_where_its_owner_reads(here, hind, text):
    opened = services.open_text(community=here, actor=hind, notice_id=text.public_id, at=NOON)

    assert opened.phone == PHONE
    assert urlsplit(opened.wa_url).path == "/962790000001"
    assert parse_qs(urlsplit(opened.wa_url).query)["text"] == [opened.body]
    assert opened.sms_url.startswith(f"sms:{PHONE}?body=")
    look = Reveal.objects.get()
    assert (look.about, look.viewer, look.what, look.viewer_role) == ("req234", hind, "phone", "coordinator")


def test_marking_writes_down_who_and_when_and_forgets_the_code(here, hind, text):
    services.mark_text_sent(community=here, actor=hind, notice_id=text.public_id, at=NOON)

    row = Delivery.objects.get()
    assert (row.state, row.sent_by, row.sent_at) == ("sent", hind, NOON)
    assert Notice.objects.get().secret == ""
    assert TrailEntry.objects.filter(verb="text_sent", thing_id=text.public_id, actor=hind.public_id).exists()


def test_a_text_put_aside_forgets_its_code_too(here, hind, text):
    services.drop_text(community=here, actor=hind, notice_id=text.public_id, at=NOON)

    assert Notice.objects.get().secret == ""
    assert services.waiting_texts(community=here, viewer=hind) == []


def test_what_is_sent_can_be_neither_opened_nor_sent_again(here, hind, text):
    services.mark_text_sent(community=here, actor=hind, notice_id=text.public_id, at=NOON)

    with pytest.raises(NoSuchNotice):
        services.open_text(community=here, actor=hind, notice_id=text.public_id, at=NOON)
    with pytest.raises(AlreadySent):
        services.mark_text_sent(community=here, actor=hind, notice_id=text.public_id, at=NOON)


@pytest.mark.parametrize("deed", ["open_text", "mark_text_sent", "drop_text"])
@pytest.mark.parametrize("role", ["", "volunteer", "facilitator", "steward", "auditor"])
def test_only_coordinators_handle_texts(here, text, deed, role):
    other = make_member(here, *([role] if role else []))

    with pytest.raises(RoleNeeded):
        getattr(services, deed)(community=here, actor=other, notice_id=text.public_id, at=NOON)
    assert not Reveal.objects.exists()


def test_a_coordinator_of_another_community_finds_nothing(here, text):
    there = make_community()
    stranger = make_member(there, "coordinator")

    with pytest.raises(NoSuchNotice):
        services.open_text(community=there, actor=stranger, notice_id=text.public_id, at=NOON)
    with pytest.raises(NotAMember):
        services.open_text(community=here, actor=stranger, notice_id=text.public_id, at=NOON)
    assert not Reveal.objects.exists()


def test_shows_the_first_name_of_somebody_with_an_account(here, hind):
    person = make_person("سلمى حدّاد", email=None, phone=PHONE)
    notices.tell(
        recipient=person,
        kind="tests.hello",
        params={"number": 1},
        scope=here.public_id,
        by_hand=True,
        at=NOON,
    )

    (waiting,) = services.waiting_texts(community=here, viewer=hind)

    assert waiting.first_name == "سلمى"


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_mark_at_once_one_is_told():
    here = make_community()
    both = [make_member(here, "coordinator") for _ in range(2)]
    notice = notices.tell_guest(
        phone=PHONE, language="ar", kind="tests.hello", params={"number": 1}, scope=here.public_id, at=NOON
    )

    outcomes = together(
        [
            lambda who=who: services.mark_text_sent(
                community=here, actor=who, notice_id=notice.public_id, at=NOON
            )
            for who in both
        ]
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadySent", "NoneType"]
