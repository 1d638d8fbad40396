"""What حيّ الزيتون shares: invented ladders, a hall by the hour, somebody who mends, and who has what today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

from tadamun.kernel.errors import TadamunError
from tadamun.pillars.support.library import services
from tadamun.pillars.support.library.services import Days, ItemFacts
from tadamun.pillars.support.library.vocabulary import Condition, Kind, WhoMay

WINDOW = "نافذة الإعارة، مبنى الجمعية، شارع النخيل"


@dataclass(frozen=True)
class Shared:
    """One thing, room or skill, and how many alike; whose it is, where it is a neighbour's."""

    key: str
    facts: ItemFacts
    copies: int = 1
    lender: str = ""


SHARED: tuple[Shared, ...] = (
    Shared(
        "ladder",
        ItemFacts(
            name="سلّم ألمنيوم قابل للطيّ، 4 أمتار",
            description="يدخل سيّارة صغيرة مطويًّا، ووزنه 11 كيلوغرامًا.",
            instructions="يُفتح حتى يُسمع صوت القفلين، ثمّ يُسند بزاوية آمنة.",
            safety=(
                "على أرض مستوية، وشخص آخر يثبّته من أسفل.\n"
                "الحمولة حتى 120 كيلوغرامًا، ولا وقوف على آخر درجتين.\n"
                "بعيدًا عن أسلاك الكهرباء: المعدن موصل."
            ),
            place=WINDOW,
            days_most=3,
            shows_in_public=True,
        ),
    ),
    Shared(
        "drill",
        ItemFacts(
            name="مثقاب كهربائي مع ريَش",
            description="للخشب والجدران. معه سلك تطويل طوله 10 أمتار.",
            safety="نظّارة واقية في العلبة، وتُلبس دائمًا.",
            place=WINDOW,
            days_most=4,
            needs_introduction=True,
        ),
        copies=2,
    ),
    Shared(
        "wheelchair",
        ItemFacts(
            name="كرسيّ متحرّك",
            description="لمن خرج من مستشفى أو ينتظر كرسيّه.",
            condition=Condition.NEW,
            place=WINDOW,
            days_most=21,
            renewals_most=3,
            shows_in_public=True,
        ),
        copies=3,
    ),
    Shared(
        "pots",
        ItemFacts(
            name="قدور كبيرة للولائم",
            description="ثلاثة قدور تكفي مئة شخص، مع مغارفها.",
            condition=Condition.WORN,
            place=WINDOW,
            days_most=3,
        ),
    ),
    Shared(
        "sewing",
        ItemFacts(
            name="ماكينة خياطة",
            description="من بيت هالة، مع خيطان بيضاء وسوداء.",
            place="حارة السوق، يُتّفق على الباب عند الحجز",
            days_most=7,
            asks_first=True,
            who_may=WhoMay.VERIFIED,
        ),
        lender="hala",
    ),
    Shared(
        "hall",
        ItemFacts(
            name="قاعة الجمعية",
            kind=Kind.SPACE,
            description="أربعون كرسيًّا وسبّورة ومطبخ صغير. المدخل بلا درج.",
            place="مبنى الجمعية، الطابق الأرضي",
            opens=time(9),
            closes=time(21),
            minutes_most=180,
            at_once_most=2,
            shows_in_public=True,
        ),
    ),
    Shared(
        "repair",
        ItemFacts(
            name="تصليح أجهزة البيت الصغيرة",
            kind=Kind.SKILL,
            description="مراوح وسخّانات ومكاوٍ، مع شرح السبب لمن يحبّ أن يتعلّم.",
            place="ورشة الحيّ، خلف المدرسة",
            opens=time(10),
            closes=time(13),
            minutes_most=60,
            open_days=(5,),
        ),
        lender="tareq",
    ),
)


def fill_shelves(*, community: Any, people: dict[str, Any], actor: Any, at: datetime) -> dict[str, Any]:
    """Put everything in, the ladder with a picture; returns it by key."""
    items = _put_in(community=community, people=people, actor=actor, at=at)
    services.add_photo(
        community=community,
        item_id=items["ladder"].public_id,
        actor=actor,
        content=_drawn_ladder(),
        words="رسم: سلّم ألمنيوم مسند إلى جدار",
        at=at,
    )
    return items


def _drawn_ladder() -> bytes:
    """A ladder against a wall, drawn: the demonstration shows no photo that somebody took."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (800, 480), "#f0e2c8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 412, 800, 480), fill="#dcc7a0")
    for left, top in ((40, 60), (164, 60), (500, 124), (624, 124), (580, 256), (72, 268)):
        pen.rectangle((left, top, left + 108, top + 44), fill="#e6d3b0")
    pen.rounded_rectangle((540, 172, 676, 412), 68, fill="#0f5347", corners=(True, True, False, False))
    for foot, head in (((316, 416), (224, 28)), ((412, 416), (320, 28))):
        pen.line((foot, head), fill="#5d6b6b", width=14)
    for step in range(1, 7):
        share = step / 7
        begin, level = 316 - 92 * share, 416 - 388 * share
        pen.line((begin, level, begin + 96, level), fill="#8a9797", width=12)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _put_in(*, community: Any, people: dict[str, Any], actor: Any, at: datetime) -> dict[str, Any]:
    return {
        one.key: services.add_item(
            community=community,
            actor=actor,
            facts=one.facts,
            copies=one.copies,
            lent_by=people[one.lender] if one.lender else None,
            at=at,
        )
        for one in SHARED
    }


def lend(*, community: Any, items: dict[str, Any], people: dict[str, Any], actor: Any, at: datetime) -> None:
    """Hand out a ladder for which somebody waits, a wheelchair to a family without an account, and book some more."""
    _give(items["ladder"], "أبو يزن عوّاد", people["yazan"].phone or "", days=3, actor=actor, at=at)
    _give(items["wheelchair"], "أمّ خالد السرحان", "+962790000900", days=14, actor=actor, at=at)
    given = {"community": community, "at": at}
    services.join_line(item_id=items["ladder"].public_id, actor=people["samar"], days=2, **given)
    _book(items["drill"], people["layla"], in_days=3, days=2, at=at)
    _book(items["pots"], people["suad"], in_days=5, days=2, at=at)


def _give(item: Any, name: str, phone: str, *, days: int, actor: Any, at: datetime) -> None:
    services.hand_out_now(
        community=item.community,
        code=item.copies.order_by("code")[0].code,
        actor=actor,
        taker=services.Taker(name, phone),
        days=days,
        at=at,
    )


def _book(item: Any, who: Any, *, in_days: int, days: int, at: datetime) -> None:
    """Book from the first day on which the window is open."""
    for step in range(7):
        first = at.date() + timedelta(days=in_days + step)
        try:
            services.request_time(
                community=item.community, item_id=item.public_id, actor=who, wanted=Days(first, days), at=at
            )
        except TadamunError:
            continue
        return
