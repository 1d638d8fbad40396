"""What the neighbourhood of the door tests lends: a thing that is out, one that broke, a guest's loan, a photo."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO

from PIL import Image

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.support.library import services
from tadamun.pillars.support.library.models import Item
from tests.support.library.make import EVERY_DAY


def picture(*, size: tuple[int, int] = (40, 30)) -> bytes:
    """A small JPEG."""
    out = BytesIO()
    Image.new("RGB", size, "#0f5347").save(out, "JPEG")
    return out.getvalue()


def put_library(
    community: Community, *, keeper: Person, borrower: Person, secrets: dict[str, str], at: datetime
) -> dict[str, str]:
    """A shelf of ladders and drills, and the keys of its pages."""

    def item(name: str, copies: int = 1) -> Item:
        facts = services.ItemFacts(
            name=name,
            open_days=EVERY_DAY,
            opens=time(0, 30),
            closes=time(23, 30),
            at_once_most=5,
            safety="على أرض مستوية",
        )
        return services.add_item(community=community, actor=keeper, facts=facts, copies=copies, at=at)

    ladder, drill = item("سلّم", copies=2), item("مثقاب")
    loan = services.request_time(
        community=community,
        item_id=ladder.public_id,
        actor=borrower,
        wanted=services.Days((at + timedelta(days=2)).date(), 2),
        at=at,
    )
    taker = services.Taker(secrets["recipient"], secrets["phone"])
    out = ladder.copies.order_by("code").last()
    services.hand_out_now(
        community=community, code=out.code if out else "", actor=keeper, taker=taker, days=1, at=at
    )
    broken = services.report_broken_copy(
        community=community, code=drill.copies.get().code, actor=keeper, words="لا يدور", at=at
    )
    photo = services.add_photo(
        community=community, item_id=ladder.public_id, actor=keeper, content=picture(), words="سلّم", at=at
    )
    first = ladder.copies.order_by("code").first()
    return {
        "item_id": ladder.public_id,
        "loan_id": loan.public_id,
        "label": first.code if first else "",
        "repair_id": broken.public_id,
        "photo_id": photo.public_id,
        "secret": services.make_feed(community=community, actor=borrower, at=at),
    }
