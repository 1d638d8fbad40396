"""Words between meetings: sealed, expiring, kept kind; and distress."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection

from tadamun.foundation.notices.models import Notice
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.circles import errors, queries, services
from tadamun.pillars.support.circles.cards import MessageCard
from tadamun.pillars.support.circles.models import Message, Report, Seat
from tadamun.pillars.support.circles.services import tidying
from tadamun.pillars.support.circles.vocabulary import Verdict
from tadamun.pillars.support.circles.vocabulary.distress import sounds_distressed
from tests.foundation.make import NOON, make_member
from tests.support.circles.conftest import Around, checked, join

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def seen(around: Around, viewer: Person, *, at: datetime = LATER) -> tuple[MessageCard, ...]:
    return queries.circle_from_inside(**around.where, viewer=viewer, at=at).messages


def write(around: Around, person: Person, body: str = "كلام عاديّ") -> Message:
    return services.write_message(**around.where, person=person, body=body, at=LATER)[0]


def test_what_is_written_lies_sealed(around: Around) -> None:
    write(around, around.ruba, "سرّ من الأسرار")
    with connection.cursor() as cursor:
        cursor.execute("SELECT alias, body FROM circles_message")
        rows = str(cursor.fetchall())
    assert "سرّ" not in rows
    assert "ياسمين" not in rows


def test_a_message_is_gone_when_its_time_is_over(around: Around) -> None:
    write(around, around.ruba)
    over = LATER + timedelta(days=around.circle.message_days)

    assert seen(around, around.noor, at=over) == ()
    assert tidying.expire_messages(at=over) == 1
    assert not Message.objects.exists()


def test_distress_shows_the_line_tells_the_host_and_hides_nothing(around: Around) -> None:
    Notice.objects.all().delete()
    _, care = services.write_message(
        **around.where, person=around.ruba, body="ما عدت قادرة أكمّل، ولا أرى لهذا آخر.", at=LATER
    )

    assert care
    assert [notice.recipient for notice in Notice.objects.all()] == [around.host]
    assert [(card.care, card.hidden) for card in seen(around, around.ruba)] == [(True, False)]
    assert [card.care for card in seen(around, around.host)] == [True]
    assert [(card.care, card.body[:6]) for card in seen(around, around.noor)] == [(False, "ما عدت")]


@pytest.mark.parametrize(
    "text",
    [
        "أفكّر في الانتحار", "بدّي موت وخلص", "عايزة أموت بجد", "نفسي أموت", "راح انتحر", "ابغى اموت",
        "بغيت نموت", "غادي نقتل راسي", "تعبت وعاوز اموت", "I want to die", "je n'en peux plus", "فأنا أريد أن أموت",
        "مش قادره أكمل", "اُريدُ المَوت",
    ],
)  # fmt: skip
def test_knows_distress_in_many_spellings(text: str) -> None:
    assert sounds_distressed(text)


@pytest.mark.parametrize(
    "text",
    [
        "شكرًا على اللقاء",
        "نمت خمس ساعات",
        "مات جدّي العام الماضي",
        "موعدنا الثلاثاء",
        "",
        "I can go on Tuesday",
    ],
)
def test_does_not_see_distress_everywhere(text: str) -> None:
    assert not sounds_distressed(text)


def test_a_community_adds_its_own_words(around: Around) -> None:
    steward = make_member(around.community, "steward")
    with pytest.raises(errors.WordsForCoordinators):
        services.add_phrase(community=around.community, actor=around.host, phrase="طاقتي صفر", at=NOON)
    services.add_phrase(community=around.community, actor=steward, phrase="طاقتي صفر", at=NOON)
    services.add_phrase(community=around.community, actor=steward, phrase="طَاقتي صفر", at=NOON)

    assert len(queries.added_words(community=around.community, viewer=steward)) == 1
    assert services.write_message(**around.where, person=around.ruba, body="وطاقتي صفر اليوم", at=LATER)[1]


def test_reports_alone_silence_nobody(around: Around) -> None:
    message = write(around, around.ruba)
    others = [around.noor, around.host]
    for number in range(4):
        other = make_member(around.community, name=f"جار {number}")
        join(around.where, other, by=around.host, alias=f"جار {number}")
        others.append(other)
    for other in others:
        services.report_message(
            **around.where, message_id=message.public_id, person=other, reason="", at=LATER
        )

    assert [card.hidden for card in seen(around, around.noor)] == [False]
    write(around, around.ruba, "ما زلت هنا")
    with pytest.raises(errors.AlreadyReported):
        services.report_message(
            **around.where, message_id=message.public_id, person=around.noor, reason="", at=LATER
        )


@pytest.mark.parametrize(
    ("verdict", "hidden", "quiet", "inside"),
    [
        (Verdict.NOTHING, False, False, True),
        (Verdict.HIDE, True, False, True),
        (Verdict.QUIET, True, True, True),
        (Verdict.REMOVE, True, False, False),
    ],
)
def test_a_host_decides_about_a_report(
    around: Around, verdict: Verdict, hidden: bool, quiet: bool, inside: bool
) -> None:
    message = write(around, around.ruba)
    report = services.report_message(
        **around.where, message_id=message.public_id, person=around.noor, reason="مؤذية", at=LATER
    )
    which = around.where | {"report_id": report.public_id, "verdict": verdict, "at": LATER}
    with pytest.raises(errors.OnlyHosts):
        services.settle_report(**which, actor=around.noor)
    services.settle_report(**which, actor=around.host)

    assert (seen(around, around.noor) == ()) == hidden
    seat = Seat.objects.filter(person=around.ruba, state="inside").first()
    assert (seat is not None) == inside
    if seat is not None:
        assert (seat.quiet_until is not None) == quiet


def test_a_quiet_person_reads_and_is_heard_in_distress(around: Around) -> None:
    Seat.objects.filter(person=around.ruba).update(quiet_until=LATER + timedelta(days=1))
    with pytest.raises(errors.ReadsOnlyForNow):
        write(around, around.ruba)
    assert services.write_message(**around.where, person=around.ruba, body="أريد أن أموت", at=LATER)[1]


def test_a_host_does_not_decide_about_their_own_message(around: Around) -> None:
    second = checked(around.community, name="سلمى")
    join(around.where, second, by=around.host, alias="سلمى", as_host=True)
    message = write(around, around.host)
    report = services.report_message(
        **around.where, message_id=message.public_id, person=around.noor, reason="", at=LATER
    )
    assert queries.hosting(**around.where, viewer=around.host, at=LATER).reports == ()
    assert len(queries.hosting(**around.where, viewer=second, at=LATER).reports) == 1
    with pytest.raises(errors.OnlyHosts):
        services.settle_report(
            **around.where, report_id=report.public_id, verdict=Verdict.NOTHING, actor=around.host, at=LATER
        )
    assert Report.objects.get().settled_at is None


def test_mute_is_one_way_and_block_both(around: Around) -> None:
    mine, theirs = write(around, around.ruba, "من ربى"), write(around, around.noor, "من نور")
    services.hush(**around.where, message_id=theirs.public_id, person=around.ruba, blocks=False, at=LATER)
    assert [card.body for card in seen(around, around.ruba)] == ["من ربى"]
    assert [card.body for card in seen(around, around.noor)] == ["من ربى", "من نور"]

    services.hush(**around.where, message_id=theirs.public_id, person=around.ruba, blocks=True, at=LATER)
    assert [card.body for card in seen(around, around.noor)] == ["من نور"]
    assert [card.body for card in seen(around, around.host)] == ["من ربى", "من نور"]

    services.end_hush(**around.where, message_id=theirs.public_id, person=around.ruba, at=LATER)
    assert len(seen(around, around.ruba)) == 2
    with pytest.raises(errors.NotAgainstOneself):
        services.hush(**around.where, message_id=mine.public_id, person=around.ruba, blocks=True, at=LATER)
