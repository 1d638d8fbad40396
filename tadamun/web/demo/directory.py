"""The directory of حيّ الزيتون: invented services of invented organisations, with numbers that ring nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from tadamun.pillars.aid.directory.services import HoursFacts, PlaceFacts, ServiceFacts, add_service
from tadamun.pillars.aid.directory.vocabulary import Cost
from tadamun.web.demo.people import house_near

SUN_TO_THU = (6, 0, 1, 2, 3)
SUN_TO_WED = (6, 0, 1, 2)
LONG_AGO_DAYS = 430


@dataclass(frozen=True)
class Listed:
    """One service of the demonstration: its facts, and in which area it stands."""

    facts: ServiceFacts
    area: str
    place: PlaceFacts
    confirmed_days: int = 0
    """How many days before it was written down somebody last asked there."""


def _daily(days: tuple[int, ...], opens: time, closes: time) -> tuple[HoursFacts, ...]:
    return tuple(HoursFacts(day, opens, closes) for day in days)


LISTED: tuple[Listed, ...] = (
    Listed(
        ServiceFacts(
            name="بنك الطعام",
            organisation="جمعية السنابل",
            description="سلّة غذائية لكلّ أسرة مرّة في الشهر، وخبز وحليب كلّ أسبوع.",
            eligibility="كلّ أسرة تسكن الحيّ أو الأحياء المجاورة.",
            how_to_apply="تكفي زيارة واحدة للتسجيل، ولا يلزم موعد.",
            cost=Cost.FREE,
            categories=("food-parcel", "bread-milk"),
            phones=("06 400 0011",),
            documents=("هوية أو جواز سفر", "دفتر العائلة إن وُجد"),
            languages=("ar", "en"),
            hours=_daily(SUN_TO_THU, time(9), time(14, 30)),
        ),
        "market",
        PlaceFacts(
            street="شارع السوق، بناء 14",
            way_there="خلف الفرن الكبير، الباب الأخضر. تقف قربه حافلة الحيّ.",
            accessibility="مدخل بلا درج.",
        ),
    ),
    Listed(
        ServiceFacts(
            name="عيادة الحيّ",
            organisation="مركز الرعاية الصحّية الأوّلية",
            description="طبّ عامّ وأطفال وأمومة، ولقاحات كلّ ثلاثاء.",
            eligibility="للجميع، ومن بلا تأمين يدفع رسمًا رمزيًّا.",
            cost=Cost.REDUCED,
            fees="دينار واحد للكشف، والأدوية الأساسية بلا مقابل.",
            how_to_apply="بلا موعد، والأرقام توزَّع من الثامنة.",
            categories=("health", "medicine"),
            phones=("06 400 0022",),
            documents=("هوية أو رقم وطني", "بطاقة اللقاح للأطفال"),
            languages=("ar", "en", "ku"),
            hours=_daily(SUN_TO_THU, time(8), time(15)),
        ),
        "school",
        PlaceFacts(street="شارع المدرسة، بناء 3", accessibility="مصعد ومرافق للكراسي المتحرّكة."),
    ),
    Listed(
        ServiceFacts(
            name="عيادة قانونية",
            organisation="شبكة العون القانوني",
            description="استشارة في الإيجار والعمل والأوراق والأحوال الشخصية، وتمثيل لمن لا يقدر على أجر محامٍ.",
            how_to_apply="بموعد على الهاتف.",
            cost=Cost.FREE,
            categories=("legal", "forms"),
            phones=("06 400 0033",),
            documents=("العقد أو الورقة التي فيها الخلاف", "هوية"),
            languages=("ar", "en", "fr"),
            hours=_daily(SUN_TO_WED, time(10), time(16)),
        ),
        "hill",
        PlaceFacts(
            street="درج التلّة، بناء 8، الطابق الثاني", accessibility="درج بلا مصعد؛ يمكن اللقاء في المكتبة."
        ),
    ),
    Listed(
        ServiceFacts(
            name="بيت السكينة",
            organisation="جمعية بيوت آمنة",
            description="سكن آمن للنساء وأطفالهنّ عند الخطر، مع مرافقة قانونية ونفسية.",
            how_to_apply="اتّصال في أيّ ساعة. لا يُسأل عن أوراق.",
            cost=Cost.FREE,
            categories=("night", "listening"),
            phones=("06 400 0044",),
            languages=("ar", "en"),
            hours=_daily(tuple(range(7)), time(0), time(0)),
        ),
        "valley",
        PlaceFacts(street="عنوان لا يُعلَن", confidential=True),
    ),
    Listed(
        ServiceFacts(
            name="تدريب على الخياطة والحاسوب",
            organisation="مركز أيادٍ",
            description="دورات من ستّة أسابيع مع حضانة للأطفال أثناءها، وشهادة في آخرها.",
            eligibility="من عمر 16 فما فوق.",
            minimum_age=16,
            cost=Cost.FREE,
            waiting="أسبوعان إلى أربعة",
            categories=("education",),
            phones=("06 400 0055",),
            documents=("هوية",),
            languages=("ar",),
            hours=_daily(SUN_TO_THU, time(9), time(13)),
        ),
        "palms",
        PlaceFacts(street="شارع النخيل، بناء 21", accessibility="مدخل بمنحدر."),
    ),
    Listed(
        ServiceFacts(
            name="مطبخ الوجبات",
            organisation="تكيّة الدرب",
            description="وجبة ساخنة ظهر كلّ يوم، تؤكل هناك أو تؤخذ.",
            cost=Cost.FREE,
            categories=("cooked-meal",),
            phones=("06 400 0066",),
            languages=("ar",),
            hours=_daily(tuple(range(7)), time(12), time(14)),
        ),
        "valley",
        PlaceFacts(street="طريق الوادي، قرب المسجد القديم"),
        confirmed_days=LONG_AGO_DAYS,
    ),
)


def write_down(*, community: Any, areas: dict[str, Any], actor: Any, at: datetime) -> dict[str, str]:
    """Write every service down, one of them with an old word; gives their ids by name."""
    ids = {}
    for number, one in enumerate(LISTED):
        point = house_near(one.area, number=number)
        hidden = one.place.confidential
        place = replace(
            one.place,
            town="عمّان",
            area=None if hidden else areas[one.area],
            latitude=None if hidden else point.latitude,
            longitude=None if hidden else point.longitude,
        )
        on = at.date() - timedelta(days=one.confirmed_days)
        service = add_service(
            community=community, actor=actor, facts=replace(one.facts, place=place), at=at, on=on
        )
        ids[one.facts.name] = service.public_id
    return ids
