"""What circles keep about one person, for "my data": their own seat and words, and nothing of anybody else."""

from __future__ import annotations

from typing import Any

from tadamun.foundation.people.models import Person
from tadamun.pillars.support.circles.models import (
    Attendance,
    Hush,
    Listener,
    Message,
    Report,
    Seat,
    Talk,
    TalkLine,
)
from tadamun.pillars.support.circles.vocabulary import SeatState


def my_records(*, person: Person) -> dict[str, Any]:
    """Seats, answers, messages, reports, offers to listen and talks of one person, without a word of the others."""
    seats = Seat.objects.filter(person=person).exclude(state=SeatState.BLOCKED).select_related("circle")
    messages = Message.objects.filter(person=person).select_related("circle")
    answers = Attendance.objects.filter(seat__person=person).select_related("session__circle")
    own = TalkLine.objects.filter(talk__person=person, by_listener=False)
    heard = TalkLine.objects.filter(talk__listener__person=person, by_listener=True)
    return {
        "seats": [
            {
                "circle": row.circle.name,
                "as": row.role,
                "state": row.state,
                "name": row.alias,
                "since": row.asked_at,
            }
            for row in seats
        ],
        "messages": [
            {"circle": row.circle.name, "text": row.body, "at": row.written_at, "until": row.expires_at}
            for row in messages
        ],
        "answers": [
            {"circle": row.session.circle.name, "meeting": row.session.starts_at, "answer": row.answer}
            for row in answers
        ],
        "muted_or_blocked": Hush.objects.filter(seat__person=person).count(),
        "reports": [
            {"reason": row.reason, "at": row.made_at} for row in Report.objects.filter(seat__person=person)
        ],
        "listener": [
            {"name": row.alias, "languages": row.languages, "ways": row.ways, "trained_at": row.trained_at}
            for row in Listener.objects.filter(person=person)
        ],
        "talks": [
            {"name": row.alias, "state": row.state, "asked_at": row.asked_at}
            for row in Talk.objects.filter(person=person)
        ],
        "talk_lines": [{"text": row.body, "at": row.written_at} for row in [*own, *heard]],
    }
