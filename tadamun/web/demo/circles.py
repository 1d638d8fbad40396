"""The circles of حيّ الزيتون: who hosts, what was said between two meetings, and who listens."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from tadamun.pillars.support.circles import services
from tadamun.pillars.support.circles.services import Asking, CircleFacts, ListenerFacts
from tadamun.pillars.support.circles.vocabulary import ForWhom, Gender, Rhythm, Way

AGREEMENT = (
    "ما يُقال هنا يبقى هنا.",
    "نصغي أوّلًا، والنصيحة بعد الاستئذان.",
    "الكلام حقّ، والصمت حقّ.",
    "لا تشخيص، ولا وصف دواء، ولا جمع مال.",
    "من أتعبه الحديث يخرج متى شاء، بلا سؤال.",
)
INSIDE = (("layla", "ياسمين"), ("bilal", "أبو نور"), ("suad", "سنابل"), ("walid", "ظلّ الزيتونة"))
SAID = (
    (27.0, "hala", "شكرًا على صدقكم الليلة. لمن أتعبه اللقاء: الكتابة هنا، أو مكالمتي حتى العاشرة."),
    (25.5, "bilal", "نمت خمس ساعات متّصلة لأوّل مرّة منذ شهر. أختي أخذت عنّي الليلة، مثلما اقترحتم."),
    (25.1, "layla", "فرحت لك. أنا ما عدت قادرة أكمّل، ولا أرى لهذا آخر."),
    (
        17.0,
        "suad",
        "يا ياسمين، كنت هناك السنة الماضية. عندي فراغ بعد العصر، أجلس مع والدك ساعة وتخرجين تمشين؟",
    ),
)
"""Hours ago, who, what."""


def gather_circles(*, community: Any, people: dict[str, Any], began: datetime, now: datetime) -> None:
    """Two circles, a conversation between meetings, a listener."""
    carers = services.open_circle(
        community=community,
        actor=people["hala"],
        facts=_facts(
            now,
            days=1,
            name="دائرة مرافقي المرضى",
            purpose="لمن يرعى مريضًا في بيته. نلتقي ساعة كلّ أسبوع، نحكي ما لا يُحكى في غرفة المرض، ونخرج أخفّ.",
            place="القاعة الصغيرة، مركز الحيّ، مدخل بلا درج",
        ),
        alias="هالة",
        about="ممرّضة رعت أمّها ستّ سنوات",
        at=began,
    )
    services.open_circle(
        community=community,
        actor=people["reem"],
        facts=_facts(
            now,
            days=4,
            name="فنجان الأمّهات الجديدات",
            purpose="لمن وضعت طفلًا هذا العام: نوم قليل، وأسئلة كثيرة، وفنجان لا يبرد وحده.",
            place="غرفة القراءة في المدرسة",
            for_whom=ForWhom.WOMEN,
            rhythm=Rhythm.FORTNIGHTLY,
            size_most=8,
        ),
        alias="ريم",
        about="ميسّرة، وأمّ لثلاثة",
        at=began,
    )
    where = {"circle_id": carers.public_id, "community": community}
    for key, alias in INSIDE:
        seat = services.ask_to_join(
            **where, person=people[key], asking=Asking(alias, accepts=True, adult=True), at=began
        )
        services.answer_asking(**where, seat_id=seat.public_id, actor=people["hala"], takes_in=True, at=began)
    for hours, key, body in SAID:
        services.write_message(**where, person=people[key], body=body, at=now - timedelta(hours=hours))
    services.ask_to_join(
        **where, person=people["rania"], asking=Asking("غيمة", accepts=True, adult=True), at=now
    )
    _listen(community, people, at=began)


def _listen(community: Any, people: dict[str, Any], *, at: datetime) -> None:
    facts = ListenerFacts(
        alias="أذن الجارة",
        gender=Gender.WOMAN,
        languages=("ar",),
        ways=(Way.WRITING, Way.MEETING),
        week_most=3,
    )
    row = services.offer_to_listen(community=community, person=people["amal"], facts=facts, at=at)
    services.confirm_training(
        community=community, listener_id=row.public_id, actor=people["hind"], trained=True, at=at
    )


def _facts(now: datetime, *, days: int, **said: Any) -> CircleFacts:
    """A circle whose next meeting is so many days ahead."""
    first = (now + timedelta(days=days)).date() - timedelta(days=28)
    return CircleFacts(agreement=AGREEMENT, first_on=first, clock=time(20, 30), **said)
