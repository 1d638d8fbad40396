"""What becomes of each request: a few verbs of the services, hours or days apart."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.vocabulary import (
    CloseReason,
    ContactOutcome,
    EndReason,
    LinkKind,
    ReferralOutcome,
)
from tadamun.web.demo.calendar import Strand
from tadamun.web.demo.requests import GUEST, Wanted

if TYPE_CHECKING:
    from tadamun.web.demo.story import Neighbourhood

Fate = Callable[["Neighbourhood", Wanted, Any, datetime], Strand]
Matching = Generator[datetime, datetime, tuple[Any, datetime]]
HOUR = timedelta(hours=1)
THANKS = (
    "الله يعطيكم العافية، وصلت في وقتها.",
    "شكرًا من القلب، الأولاد فرحوا كثيرًا.",
    "ما قصّرتم. نردّها لكم في الأفراح.",
    "سلمت الأيادي.",
)


def sort(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> None:
    """The coordinator calls, writes it down, and settles how severe it is."""
    who, number = here.coordinator, request.public_id
    services.reveal_request(request_id=number, actor=who, reason="اتّصال أوّل", at=at)
    services.log_contact(request_id=number, outcome=ContactOutcome.REACHED, actor=who, at=at)
    services.triage_line(line_id=line_of(request), tier=wanted.tier, reason=wanted.reason, actor=who, at=at)


def line_of(request: Any) -> str:
    """The id of the one line that each request of the story has."""
    return str(request.lines.get().public_id)


def invite(here: Neighbourhood, request: Any, offer_key: str, *, at: datetime) -> Any:
    """Ask a giver by hand."""
    return services.invite(
        line_id=line_of(request),
        offer_id=here.offers[offer_key].public_id,
        actor=here.coordinator,
        change_reason="knows_better",
        at=at,
    )


def accept(here: Neighbourhood, match: Any, *, at: datetime) -> Any:
    """The giver says yes: on their page, or on the phone where they have no account."""
    giver = match.slot.offer.giver
    if giver is None:
        return services.accept_for(match_id=match.public_id, actor=here.coordinator, at=at)
    return services.accept(match_id=match.public_id, actor=giver, at=at)


def set_time(here: Neighbourhood, match: Any, *, starts: datetime, hours: int = 2, at: datetime) -> Any:
    """Settle the window."""
    ends = starts + hours * HOUR
    return services.schedule(
        match_id=match.public_id,
        starts=starts,
        ends=ends,
        actor=giver_of(here, match),
        at=at,
        late_is_agreed=True,
        night_is_agreed=True,
    )


def giver_of(here: Neighbourhood, match: Any) -> Any:
    """Who acts for the giver."""
    return match.slot.offer.giver or here.coordinator


def promised(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime, *, again: str = "") -> Matching:
    """Sorted, invited and accepted within half a day; gives the match and the moment."""
    if not again:
        at = yield at + 2 * HOUR
        sort(here, wanted, request, at)
    at = yield at + HOUR
    match = invite(here, request, again or wanted.offer, at=at)
    at = yield at + 2 * HOUR
    return accept(here, match, at=at), at


def delivered(here: Neighbourhood, match: Any, *, number: int, at: datetime) -> Strand:
    """The next afternoon: the address is opened, the code is given, and sometimes thanks are said."""
    starts = here.calendar.hour(at, days=1, hour=16)
    at = yield at + HOUR
    match = set_time(here, match, starts=starts, at=at)
    at = yield starts
    giver, match_id = match.slot.offer.giver, match.public_id
    if giver is not None:
        services.reveal_place_to_giver(match_id=match_id, actor=giver, at=at)
    at = yield at + HOUR / 2
    if number % 3 == 0 and giver is not None:
        services.confirm_by_code(match_id=match_id, code=match.code, actor=giver, at=at)
    else:
        services.confirm_receipt(match_id=match_id, actor=GUEST, with_pin=True, at=at)
    if number % 2:
        at = yield at + HOUR
        words = THANKS[number % len(THANKS)]
        services.say_thanks(match_id=match_id, words=words, actor=GUEST, with_pin=True, at=at)


def _met(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime, *, again: str = "") -> Strand:
    match, at = yield from promised(here, wanted, request, at, again=again)
    yield from delivered(here, match, number=request.number, at=at)


def _fell_through(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    match, at = yield from promised(here, wanted, request, at)
    starts = here.calendar.hour(at, days=1, hour=16)
    set_time(here, match, starts=starts, at=at)
    at = yield starts + 3 * HOUR
    services.did_not_happen(
        match_id=match.public_id, reason=EndReason.NOBODYS_FAULT, actor=here.coordinator, at=at
    )
    yield from _met(here, wanted, request, at, again="meals-rania")


def _due(days: int) -> Fate:
    def fate(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
        match, at = yield from promised(here, wanted, request, at)
        now = here.calendar.now.astimezone(here.calendar.zone)
        hour = min(max(16, now.hour + 1), 20) if days == 0 else 16
        at = yield here.calendar.ago(1.2)
        set_time(here, match, starts=here.calendar.hour(here.calendar.now, days=days, hour=hour), at=at)

    return fate


def _guest(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    yield from _due(0)(here, wanted, request, at)
    number = request.public_id
    at = yield here.calendar.ago(1.0)
    services.write_message(
        request_id=number, body="هل يمكن التسليم بعد العصر؟", actor=GUEST, with_pin=True, at=at
    )
    at = yield at + HOUR
    answer = "نعم، سامي يصل بعد العصر، وقد عرف أنّ الجرس معطّل."
    services.write_message(request_id=number, body=answer, actor=here.coordinator, at=at)


def _handed_over(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    match, at = yield from promised(here, wanted, request, at)
    starts = here.calendar.hour(here.calendar.now, days=-1, hour=16)
    set_time(here, match, starts=starts, at=at)
    at = yield starts + HOUR
    services.mark_handed_over(match_id=match.public_id, actor=giver_of(here, match), at=at)


def _stay(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    match, at = yield from promised(here, wanted, request, at)
    starts = here.calendar.hour(here.calendar.now, days=-1, hour=17)
    set_time(here, match, starts=starts, hours=4, at=at)
    at = yield starts + HOUR
    services.check_in(match_id=match.public_id, actor=GUEST, with_pin=True, at=at)
    at = yield at + HOUR / 4
    services.check_in(match_id=match.public_id, actor=giver_of(here, match), at=at)


def _invited(days_ago: float) -> Fate:
    def fate(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
        yield from _waits(here, wanted, request, at)
        at = yield here.calendar.ago(days_ago)
        invite(here, request, wanted.offer, at=at)

    return fate


def _waits(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    at = yield at + 2 * HOUR
    sort(here, wanted, request, at)


def _stays_new(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    """Nobody has looked at it yet."""
    yield from ()


def _accepted(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    yield from promised(here, wanted, request, at)


def _withdrawn(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    at = yield at + 9 * HOUR
    services.withdraw_line(line_id=line_of(request), actor=GUEST, with_pin=True, at=at)


def _closed(reason: CloseReason) -> Fate:
    def fate(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
        yield from _waits(here, wanted, request, at)
        at = yield at + 60 * HOUR
        services.end_line(line_id=line_of(request), reason=reason, actor=here.coordinator, at=at)

    return fate


def _referred(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    yield from _waits(here, wanted, request, at)
    at = yield at + 4 * HOUR
    row = services.refer_to_service(
        line_id=line_of(request), service_id=here.services["عيادة قانونية"], actor=here.coordinator, at=at
    )
    at = yield at + 200 * HOUR
    services.answer_referral(
        referral_id=row.public_id, outcome=ReferralOutcome.HELPED, actor=GUEST, with_pin=True, at=at
    )


def _duplicate(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    at = yield at + HOUR
    earlier, who = here.requests[wanted.phone - 1], here.coordinator
    services.link_requests(
        first_id=earlier.public_id, second_id=request.public_id, kind=LinkKind.SAME, actor=who, at=at
    )
    services.end_line(line_id=line_of(request), reason=CloseReason.DUPLICATE, actor=who, at=at)


def _unreachable(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    for _ in range(3):
        at = yield at + 6 * HOUR
        services.log_contact(
            request_id=request.public_id,
            outcome=ContactOutcome.NO_ANSWER,
            actor=here.people["rami"],
            follow_up_on=here.today,
            at=at,
        )


def _call_later(here: Neighbourhood, wanted: Wanted, request: Any, at: datetime) -> Strand:
    at = yield at + HOUR
    services.log_contact(
        request_id=request.public_id,
        outcome=ContactOutcome.CALL_LATER,
        actor=here.coordinator,
        note="تفضّل الاتّصال مساءً",
        follow_up_on=here.today,
        at=at,
    )


FATES: dict[str, Fate] = {
    "met": _met,
    "fell_through": _fell_through,
    "pool": _waits,
    "open": _waits,
    "money": _waits,
    "triage": _stays_new,
    "accepted": _accepted,
    "due_today": _due(0),
    "due_tomorrow": _due(1),
    "guest": _guest,
    "handed_over": _handed_over,
    "stay": _stay,
    "invited": _invited(0.15),
    "withdrawn": _withdrawn,
    "expired": _closed(CloseReason.EXPIRED),
    "met_by_others": _closed(CloseReason.MET_BY_OTHERS),
    "not_wanted": _closed(CloseReason.NOT_WANTED),
    "referred": _referred,
    "duplicate": _duplicate,
    "unreachable": _unreachable,
    "call_later": _call_later,
}
