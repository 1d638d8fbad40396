"""Asking for a seat, being taken in, leaving, and who may host."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tadamun.foundation.communities.models import Membership
from tadamun.foundation.notices.models import Notice
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.support.circles import errors, queries, services
from tadamun.pillars.support.circles.models import Circle, Message, Seat, Session
from tadamun.pillars.support.circles.services import tidying
from tadamun.pillars.support.circles.vocabulary import Answer, Kind
from tests.foundation.make import NOON, make_member
from tests.support.circles.conftest import Around, checked, join, make_around

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def test_only_somebody_a_coordinator_has_met_opens_a_circle(around: Around) -> None:
    from tests.doors.circle import circle_facts

    with pytest.raises(errors.HostsAreChecked):
        services.open_circle(
            community=around.community, actor=around.ruba, facts=circle_facts(), alias="أ", about="", at=NOON
        )


def test_a_question_goes_to_the_hosts_and_nowhere_else(around: Around) -> None:
    newcomer = make_member(around.community, name="جديد")
    Notice.objects.all().delete()
    asking = services.Asking("سنديان", accepts=True, adult=True)
    services.ask_to_join(**around.where, person=newcomer, asking=asking, at=LATER)

    assert [notice.recipient for notice in Notice.objects.all()] == [around.host]
    assert (
        queries.hosting(
            community=around.community, circle_id=around.circle.public_id, viewer=around.host, at=LATER
        )
        .asked[0]
        .alias
        == "سنديان"
    )
    for other in (around.ruba, newcomer):
        with pytest.raises((errors.OnlyHosts, errors.NoSuchCircle)):
            queries.hosting(
                community=around.community, circle_id=around.circle.public_id, viewer=other, at=LATER
            )


def test_a_notice_names_no_circle_and_stands_in_no_coordinators_list(around: Around) -> None:
    for notice in Notice.objects.filter(kind__startswith="circles"):
        assert (notice.scope, notice.params, notice.about) == ("", {}, "")
        assert around.circle.public_id not in notice.url


def test_the_trail_says_that_a_circle_opened_and_nobodys_name(around: Around) -> None:
    entries = TrailEntry.objects.filter(thing="circle")

    assert [entry.verb for entry in entries] == ["circle_opened"]
    assert {entry.actor for entry in entries} == {""}


def test_whoever_does_not_accept_or_is_of_another_age_is_not_taken_in(around: Around) -> None:
    newcomer = make_member(around.community)
    for accepts, adult, refusal in (
        (False, True, errors.AgreementNeeded),
        (True, False, errors.NotOfThisAge),
    ):
        with pytest.raises(refusal):
            services.ask_to_join(
                **around.where,
                person=newcomer,
                asking=services.Asking("س", accepts=accepts, adult=adult),
                at=LATER,
            )


def test_a_full_circle_takes_nobody_in() -> None:
    around = make_around(size_most=3)
    newcomer = make_member(around.community)
    with pytest.raises(errors.CircleIsFull):
        join(around.where, newcomer, by=around.host, alias="رابع")


def test_a_circle_for_minors_rests_without_two_checked_hosts() -> None:
    around = make_around(age_from=13, age_to=16)
    with pytest.raises(errors.CircleNeedsTwoHosts):
        join(around.where, around.ruba, by=around.host, alias="نجمة", age=14)
    second = checked(around.community, name="سلمى")
    join(around.where, second, by=around.host, alias="سلمى", as_host=True)
    join(around.where, around.ruba, by=around.host, alias="نجمة", age=14)
    with pytest.raises(errors.NotOfThisAge):
        join(around.where, around.noor, by=around.host, alias="كبيرة", age=19)
    services.write_message(**around.where, person=around.ruba, body="مرحبًا", at=LATER)

    Membership.objects.filter(person=second).update(verified_at=None)

    with pytest.raises(errors.CircleNeedsTwoHosts):
        services.write_message(**around.where, person=around.ruba, body="مرحبًا", at=LATER)
    _, care = services.write_message(**around.where, person=around.ruba, body="بدي موت", at=LATER)
    assert care


def test_whoever_leaves_is_gone_at_once_and_nobody_is_told(around: Around) -> None:
    services.write_message(**around.where, person=around.ruba, body="كلام", at=LATER)
    Notice.objects.all().delete()
    services.leave_circle(**around.where, person=around.ruba, at=LATER)

    assert not Seat.objects.filter(person=around.ruba).exists()
    assert not Message.objects.filter(person=around.ruba).exists()
    assert not Notice.objects.exists()
    with pytest.raises(errors.NoSuchCircle):
        queries.circle_from_inside(
            community=around.community, circle_id=around.circle.public_id, viewer=around.ruba, at=LATER
        )


def test_the_last_host_does_not_leave_the_others_alone(around: Around) -> None:
    with pytest.raises(errors.LastHost):
        services.leave_circle(**around.where, person=around.host, at=LATER)


def test_a_place_at_a_meeting_goes_to_whoever_waited_longest() -> None:
    around = make_around(size_most=5)
    third = make_member(around.community, name="ثالث")
    join(around.where, third, by=around.host, alias="ثالث")
    session = Session.objects.filter(circle=around.circle, starts_at__gt=LATER).first()
    assert session is not None
    Session.objects.filter(pk=session.pk).update(capacity=1)
    which = around.where | {"session_id": session.public_id, "comes": True}
    answers = [
        services.answer_session(**which, person=person, at=LATER + timedelta(minutes=number))
        for number, person in enumerate((around.ruba, around.noor, third))
    ]
    assert answers == [Answer.COMING, Answer.WAITING, Answer.WAITING]

    services.leave_circle(**around.where, person=around.ruba, at=LATER)

    held = {row.seat.person: row.answer for row in session.attendances.select_related("seat__person")}
    assert held == {around.noor: Answer.COMING, third: Answer.WAITING}


def test_who_came_is_for_the_hosts_alone(around: Around) -> None:
    session = Session.objects.filter(circle=around.circle).first()
    assert session is not None
    after = session.starts_at + timedelta(hours=2)
    seat = Seat.objects.get(person=around.ruba)
    services.mark_attendance(
        **around.where,
        session_id=session.public_id,
        came=frozenset({seat.public_id}),
        actor=around.host,
        at=after,
    )
    card = queries.hosting(**around.where, viewer=around.host, at=after)
    rows = next(one for one in card.meetings if one.public_id == session.public_id).attendances
    assert {row.alias for row in rows if row.came} == {"ياسمين"}
    with pytest.raises(errors.OnlyHosts):
        services.mark_attendance(
            **around.where, session_id=session.public_id, came=frozenset(), actor=around.noor, at=after
        )
    assert "came" not in str(queries.my_records(person=around.noor))


def test_hosts_have_a_circle_of_their_own_and_hear_of_a_hard_meeting(around: Around) -> None:
    other = checked(around.community, name="سلمى")
    join(around.where, other, by=around.host, alias="سلمى", as_host=True)
    hosts = Circle.objects.get(community=around.community, kind=Kind.HOSTS)
    assert set(hosts.seats.values_list("person", flat=True)) == {around.host.pk, other.pk}
    with pytest.raises(errors.NoSuchCircle):
        queries.circle_card(
            community=around.community, circle_id=hosts.public_id, viewer=around.ruba, at=LATER
        )
    session = Session.objects.filter(circle=around.circle).first()
    assert session is not None
    after = session.starts_at + timedelta(hours=2)
    Notice.objects.all().delete()
    which = around.where | {"session_id": session.public_id, "actor": around.host, "at": after}
    services.ask_for_debrief(**which)
    services.mark_debriefed(**which)

    assert [notice.recipient for notice in Notice.objects.all()] == [other]


def test_removed_is_removed_and_learns_only_that_there_is_news(around: Around) -> None:
    seat = Seat.objects.get(person=around.ruba)
    services.remove(**around.where, seat_id=seat.public_id, actor=around.host, at=LATER)

    standing = queries.my_standing(**around.where, viewer=around.ruba)
    assert (standing.inside, standing.asked) == (False, False)
    with pytest.raises(errors.CannotAskHere):
        join(around.where, around.ruba, by=around.host, alias="ثانية")


def test_whoever_leaves_the_community_has_left_its_circles(around: Around) -> None:
    from tadamun.foundation.communities.services import leave

    services.write_message(**around.where, person=around.ruba, body="كلام", at=LATER)
    leave(community=around.community, person=around.ruba, at=LATER)
    card = queries.hosting(**around.where, viewer=around.host, at=LATER)
    assert "ياسمين" not in {seat.alias for seat in card.seats}

    tidying.follow_memberships(at=LATER)

    assert not Seat.objects.filter(person=around.ruba).exists()
    assert not Message.objects.filter(person=around.ruba).exists()


def test_a_forgotten_person_leaves_no_seat_and_no_word(around: Around) -> None:
    services.write_message(**around.where, person=around.ruba, body="كلام", at=LATER)
    services.leave_circle(**around.where, person=around.ruba, at=LATER, erase=False)
    assert Message.objects.filter(person=around.ruba).exists()

    services.forget_person(person=around.ruba, at=LATER)

    assert not Message.objects.filter(person=around.ruba).exists()


def test_my_data_holds_ones_own_words_and_nobody_elses(around: Around) -> None:
    services.write_message(**around.where, person=around.ruba, body="كلام ربى", at=LATER)
    services.write_message(**around.where, person=around.noor, body="كلام نور", at=LATER)

    records = str(queries.my_records(person=around.ruba))

    assert "كلام ربى" in records
    assert "ياسمين" in records
    assert "كلام نور" not in records
    assert "سنابل" not in records


def test_a_coordinator_closes_a_circle_without_seeing_into_it(around: Around) -> None:
    coordinator = make_member(around.community, "coordinator")
    with pytest.raises(errors.NoSuchCircle):
        queries.circle_from_inside(**around.where, viewer=coordinator, at=LATER)

    services.close_circle(**around.where, actor=coordinator, at=LATER)

    assert not Seat.objects.filter(circle=around.circle).exists()
    with pytest.raises(errors.CircleIsClosed):
        services.write_message(**around.where, person=around.ruba, body="كلام", at=LATER)
