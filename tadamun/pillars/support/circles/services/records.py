"""Forgetting a person: no seat, no message, no talk stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tadamun.foundation.people.models import Person
from tadamun.pillars.support.circles.models import Circle, Listener, Message, Seat, Talk
from tadamun.pillars.support.circles.services.joining import take_out


@transaction.atomic
def forget_person(*, person: Person, at: datetime) -> None:
    """Take every seat, message, talk and offer to listen of somebody away; the circles stay."""
    keys = Seat.objects.filter(person=person).values_list("circle_id", flat=True)
    list(Circle.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=list(keys)).order_by("pk"))
    for key in list(Seat.objects.filter(person=person).order_by("circle_id").values_list("pk", flat=True)):
        seat = Seat.objects.filter(pk=key).select_related("circle__community", "person").first()
        if seat is not None:
            take_out(seat=seat, at=at, erase=True)
    Message.objects.filter(person=person).delete()
    Talk.objects.filter(person=person).delete()
    for talk in Talk.objects.filter(listener__person=person):
        talk.lines.all().delete()
        talk.delete()
    Listener.objects.filter(person=person).delete()
