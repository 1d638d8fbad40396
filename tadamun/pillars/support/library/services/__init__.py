"""What is done with the library: lending, waiting, handing over, mending."""

from __future__ import annotations

from tadamun.pillars.support.library.services.booking import (
    Days,
    Hours,
    cancel_loan,
    decide_loan,
    request_time,
)
from tadamun.pillars.support.library.services.feeds import drop_feed, make_feed
from tadamun.pillars.support.library.services.handing import Taker, hand_out, hand_out_now, take_back
from tadamun.pillars.support.library.services.items import (
    ItemFacts,
    add_item,
    change_copy,
    change_item,
    decide_item,
)
from tadamun.pillars.support.library.services.mending import (
    close_repair,
    report_breakage,
    report_broken_copy,
)
from tadamun.pillars.support.library.services.photos import add_photo, drop_photo, photo_bytes
from tadamun.pillars.support.library.services.queueing import (
    decline_offer,
    join_line,
    lapse_offers,
    leave_line,
    take_offer,
)
from tadamun.pillars.support.library.services.records import forget_person
from tadamun.pillars.support.library.services.reminding import forget_guests, remind, settle_past
from tadamun.pillars.support.library.services.renewing import renew
from tadamun.pillars.support.library.services.revealing import reveal_borrower

__all__ = [
    "Days",
    "Hours",
    "ItemFacts",
    "Taker",
    "add_item",
    "add_photo",
    "cancel_loan",
    "change_copy",
    "change_item",
    "close_repair",
    "decide_item",
    "decide_loan",
    "decline_offer",
    "drop_feed",
    "drop_photo",
    "forget_guests",
    "forget_person",
    "hand_out",
    "hand_out_now",
    "join_line",
    "lapse_offers",
    "leave_line",
    "make_feed",
    "photo_bytes",
    "remind",
    "renew",
    "report_breakage",
    "report_broken_copy",
    "request_time",
    "reveal_borrower",
    "settle_past",
    "take_back",
    "take_offer",
]
