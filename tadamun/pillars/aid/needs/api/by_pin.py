"""What number and PIN open beyond looking: changing and adding, help that comes, what a service was like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from tadamun.foundation.api import Key, Listed, once_by
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.api.doors import HERE, changes_of, line_of, opened_with_pin
from tadamun.pillars.aid.needs.queries.belonging import require_of_request
from tadamun.pillars.aid.needs.schemas import by_pin as shapes
from tadamun.pillars.aid.needs.schemas.matches import MatchState
from tadamun.pillars.aid.needs.schemas.needs import LineState, Made, PinGiven, PinLine, RequestChanged
from tadamun.pillars.aid.needs.schemas.referrals import ReferralRead, ReferralState
from tadamun.pillars.aid.needs.schemas.stays import StayState
from tadamun.pillars.aid.needs.vocabulary import ReferralOutcome

router = Router(tags=["public"])
PINNED = f"{HERE}/tracking"


@router.post(f"{PINNED}/change", response=RequestChanged, auth=None)
def track_change(request: HttpRequest, community: str, given: shapes.PinChange) -> Any:
    """Correct what was said around the lines; what is left out stays."""
    at = timezone.now()
    request_id = opened_with_pin(request, given, at=at)
    return services.change_request(
        request_id=request_id, actor=request.user, at=at, with_pin=True, **changes_of(request, given.change)
    )


@router.post(f"{PINNED}/lines", response={201: Made}, auth=None)
def track_add(request: HttpRequest, community: str, given: shapes.PinNewLine, key: Key) -> Any:
    """Ask for one more thing under the same number."""
    at = timezone.now()
    request_id = opened_with_pin(request, given, at=at)

    def add() -> str:
        line = services.add_line(
            request_id=request_id,
            details=line_of(request, given.line),
            actor=request.user,
            at=at,
            with_pin=True,
        )
        return line.public_id

    return {"id": once_by(request, key=key, given=given, at=at, do=add, caller=request_id)}


@router.post(f"{PINNED}/change-line", response=LineState, auth=None)
def track_change_line(request: HttpRequest, community: str, given: shapes.PinLineChange) -> Any:
    """Change how much is needed, or by when."""
    at = timezone.now()
    require_of_request(request_id=opened_with_pin(request, given, at=at), line_id=given.line_id)
    return services.change_line(
        line_id=given.line_id,
        quantity=given.quantity,
        when=given.when,
        actor=request.user,
        at=at,
        with_pin=True,
    )


@router.post(f"{PINNED}/still-needed", response=LineState, auth=None)
def track_still_needed(request: HttpRequest, community: str, given: PinLine) -> Any:
    """It is needed still: the line keeps its place. What is not needed is withdrawn."""
    at = timezone.now()
    require_of_request(request_id=opened_with_pin(request, given, at=at), line_id=given.line_id)
    return services.say_still_needed(line_id=given.line_id, actor=request.user, at=at, with_pin=True)


@router.post(f"{PINNED}/refuse", response=MatchState, auth=None)
def track_refuse(request: HttpRequest, community: str, given: shapes.PinMatch) -> Any:
    """Somebody else, please: no reason is asked, and the line keeps its place."""
    return _with_match(request, given, services.refuse_help)


@router.post(f"{PINNED}/thanks", response=MatchState, auth=None)
def track_thank(request: HttpRequest, community: str, given: shapes.PinThanks) -> Any:
    """A word of thanks to the giver, passed on without a name."""
    return _with_match(request, given, services.say_thanks, words=given.words)


@router.post(f"{PINNED}/check-in", response=StayState, auth=None)
def track_check_in(request: HttpRequest, community: str, given: shapes.PinMatch) -> Any:
    """The guests have arrived at the house."""
    return _with_match(request, given, services.check_in)


@router.post(f"{PINNED}/check-out", response=StayState, auth=None)
def track_check_out(request: HttpRequest, community: str, given: shapes.PinMatch) -> Any:
    """The stay is over."""
    return _with_match(request, given, services.check_out)


@router.post(f"{PINNED}/concerns", response={201: Made}, auth=None)
def track_concern(request: HttpRequest, community: str, given: shapes.PinConcern, key: Key) -> Any:
    """Say that something was wrong: the coordinators alone read it."""
    at = timezone.now()
    request_id = opened_with_pin(request, given, at=at)
    require_of_request(request_id=request_id, match_id=given.match_id)

    def say() -> str:
        said = services.raise_concern(
            match_id=given.match_id, body=given.body, actor=request.user, at=at, with_pin=True
        )
        return str(said.pk)

    return {"id": once_by(request, key=key, given=given, at=at, do=say, caller=request_id)}


@router.post(f"{PINNED}/referrals", response=Listed[ReferralRead], auth=None)
def track_referrals(request: HttpRequest, community: str, given: PinGiven) -> Any:
    """Where lines were sent to, with the way there."""
    at = timezone.now()
    found = queries.referrals_of(
        request_id=opened_with_pin(request, given, at=at), viewer=request.user, at=at, with_pin=True
    )
    return {"items": list(found.values())}


@router.post(f"{PINNED}/referrals/answer", response=ReferralState, auth=None)
def track_referral(request: HttpRequest, community: str, given: shapes.PinAnswer) -> Any:
    """Whether a service helped; what did not is sorted again as if it were new."""
    at = timezone.now()
    require_of_request(request_id=opened_with_pin(request, given, at=at), referral_id=given.referral_id)
    return services.answer_referral(
        referral_id=given.referral_id,
        outcome=ReferralOutcome(given.outcome),
        actor=request.user,
        at=at,
        with_pin=True,
    )


def _with_match(request: HttpRequest, given: shapes.PinMatch, do: Callable[..., Any], **said: Any) -> Any:
    at = timezone.now()
    require_of_request(request_id=opened_with_pin(request, given, at=at), match_id=given.match_id)
    return do(match_id=given.match_id, actor=request.user, at=at, with_pin=True, **said)
