"""A circle with secrets, for tests that try every door: `giver` hosts it, `insider` is in it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from tadamun.pillars.support.circles import services
from tadamun.pillars.support.circles.models import Session
from tadamun.pillars.support.circles.services.opening import CircleFacts
from tadamun.pillars.support.circles.vocabulary import Gender, Way

CIRCLE_SECRETS = {
    "alias": "زنبقة الوادي الخفيّ",
    "asking": "سنديانة لم تدخل بعد",
    "message": "لم أنم منذ ليال وما عدت قادرة أكمّل",
    "reason": "أزعجتني هذه الكلمات كثيرًا",
    "talk": "حديث لا يسمعه سوى اثنين",
    "talk_alias": "ظلّ الصنوبرة",
    "listener": "مصغية عند النبع",
    "room": "https://meet.example.org/hidden-room",
    "link": "https://meet.example.org/hidden-circle",
}
"""What nobody outside may read: names chosen, words written, addresses of rooms."""


def plant_circle(community: Any, people: dict[str, Any], *, at: datetime) -> dict[str, str]:
    """The circle, a message with a report, somebody who asks, a talk of two; their ids by url keyword."""
    host, insider = people["giver"], people["insider"]
    began = at - timedelta(days=3)
    circle = services.open_circle(
        community=community,
        actor=host,
        facts=circle_facts(first_on=began.date(), clock=time(23, 59), link=CIRCLE_SECRETS["link"]),
        alias="هناء",
        about="",
        at=began,
    )
    where = {"circle_id": circle.public_id, "community": community}
    seat = services.ask_to_join(
        **where,
        person=insider,
        asking=services.Asking(CIRCLE_SECRETS["alias"], accepts=True, adult=True),
        at=began,
    )
    services.answer_asking(**where, seat_id=seat.public_id, actor=host, takes_in=True, at=began)
    asking = services.ask_to_join(
        **where,
        person=people["asker"],
        asking=services.Asking(CIRCLE_SECRETS["asking"], accepts=True, adult=True),
        at=at,
    )
    message, _care = services.write_message(**where, person=insider, body=CIRCLE_SECRETS["message"], at=at)
    services.report_message(
        **where, message_id=message.public_id, person=host, reason=CIRCLE_SECRETS["reason"], at=at
    )
    ahead = Session.objects.filter(circle=circle, starts_at__gt=at).first()
    past = Session.objects.filter(circle=circle, starts_at__lte=at).first()
    return {
        "circle_id": circle.public_id,
        "circle_message_id": message.public_id,
        "circle_report_id": message.reports.get().public_id,
        "circle_seat_id": asking.public_id,
        "circle_session_id": ahead.public_id if ahead else "none",
        "circle_past_id": past.public_id if past else "none",
        "talk_id": _talk(community, people, at=at),
    }


def circle_facts(**changed: Any) -> CircleFacts:
    """A circle as a host would describe it."""
    facts: dict[str, Any] = {
        "name": "دائرة مرافقي المرضى",
        "purpose": "لمن يرعى مريضًا في بيته.",
        "agreement": ("ما يُقال هنا يبقى هنا.", "نصغي أوّلًا.", "الصمت حقّ.", "لا تشخيص.", "الخروج متى شئنا."),
        "first_on": datetime(2026, 3, 10).date(),
        "clock": time(20, 30),
        "place": "القاعة الصغيرة",
    }
    return CircleFacts(**(facts | changed))


def _talk(community: Any, people: dict[str, Any], *, at: datetime) -> str:
    facts = services.ListenerFacts(
        alias=CIRCLE_SECRETS["listener"],
        gender=Gender.WOMAN,
        languages=("ar",),
        ways=(Way.CALL, Way.WRITING),
        room=CIRCLE_SECRETS["room"],
    )
    listener = services.offer_to_listen(community=community, person=people["giver"], facts=facts, at=at)
    services.confirm_training(
        community=community, listener_id=listener.public_id, actor=people["coordinator"], trained=True, at=at
    )
    talk = services.ask_for_listener(
        community=community,
        person=people["insider"],
        alias=CIRCLE_SECRETS["talk_alias"],
        language="ar",
        wanted="",
        way=Way.CALL,
        at=at,
    )
    services.write_line(
        community=community,
        talk_id=talk.public_id,
        person=people["insider"],
        body=CIRCLE_SECRETS["talk"],
        at=at,
    )
    return talk.public_id
