"""What a giver has promised: the time, the day itself, the code, and the ways it can fall through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.foundation.idempotency.services import new_form_token, once
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import DoorCard, TaskCard
from tadamun.pillars.aid.needs.errors import (
    AtNight,
    BeforeTheDay,
    CodeLocked,
    DateOutOfRange,
    LaterThanAsked,
    MatchCannotMove,
    NoSuchMatch,
    QuantityOutOfRange,
    WrongCode,
)
from tadamun.pillars.aid.needs.forms.refusals import refusal_words
from tadamun.pillars.aid.needs.forms.tasks import ConcernForm, HandoverForm, NightForm, TimeForm
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.views.invitations import invitation_page
from tadamun.pillars.aid.needs.vocabulary import MatchState
from tadamun.pillars.aid.needs.wording import word_for

EARLIEST, LATEST = time(16), time(18)
"""What the form proposes before anybody has said anything."""
LAST_HOUR = 23


@require_safe
@login_required
@door
def tasks(request: Visit, *, at: datetime) -> HttpResponse:
    """What I promised: open ones by date, then the last ones done; and whether an invitation waits."""
    cards = queries.tasks(community=request.community, viewer=request.user, at=at)
    context = {
        "open": [card for card in cards if card.confirmed_at is None],
        "done": [card for card in cards if card.confirmed_at is not None],
        "invitation": queries.next_invitation(community=request.community, viewer=request.user, at=at),
        "at": at,
    }
    return render(request, "needs/tasks.html", context)


@require_safe
@login_required
@door
def task(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """One promise; an invitation that is still open shows as such, as notices lead here."""
    try:
        card = _own(request, match_id, at=at)
    except NoSuchMatch:
        invited = queries.invitation_card(
            match_id=match_id, viewer=request.user, at=at, community=request.community
        )
        return invitation_page(request, invited, at=at)
    return _page(request, card, at=at)


@require_POST
@login_required
@door
def settle_time(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """Settle when the help comes; the household is told."""
    card = _own(request, match_id, at=at)
    form = TimeForm(request.POST)
    if not form.is_valid():
        return _page(request, card, at=at, time_form=form, status=422)
    starts, ends = form.window()

    def settle() -> str:
        services.schedule(
            match_id=match_id,
            starts=starts,
            ends=ends,
            actor=request.user,
            at=at,
            late_is_agreed=form.cleaned_data["late_is_agreed"],
            night_is_agreed=form.cleaned_data["night_is_agreed"],
        )
        return match_id

    try:
        once(token=form.cleaned_data["form_token"] or new_form_token(), purpose="task_time", at=at, do=settle)
    except DateOutOfRange as refusal:
        form.refuse_date(refusal_words(refusal), at=at)
        return _page(request, card, at=at, time_form=form, status=422)
    except (LaterThanAsked, AtNight) as refusal:
        (form.refuse_night if isinstance(refusal, AtNight) else form.refuse_late)()
        return _page(request, card, at=at, time_form=form, status=422)
    except MatchCannotMove as refusal:
        messages.info(request, refusal_words(refusal))
        return _back(request, match_id)
    messages.success(request, f"{_('The time is settled.')} {word_for(kind='told', code=card.told)}")
    return _back(request, match_id)


@require_POST
@login_required
@door
def comes_now(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """It comes before the agreed day, as agreed with the household: the time is now, and they are told."""
    card = _own(request, match_id, at=at)
    form = NightForm(request.POST)
    agreed = form.is_valid() and form.cleaned_data["night_is_agreed"]
    move = partial(services.move_to_now, night_is_agreed=agreed)
    words = f"{_('The time is now. Name and address are open.')} {word_for(kind='told', code=card.told)}"
    try:
        return _do(request, move, match_id, at=at, reached=MatchState.SCHEDULED, words=words)
    except AtNight:
        form.refuse_night()
        return _page(request, card, at=at, now_form=form, status=422)


@require_POST
@login_required
@door
def open_place(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """Show first name and address, on the day only: logged, and on this one answer only."""
    card = _own(request, match_id, at=at)
    shown = services.reveal_place_to_giver(match_id=match_id, actor=request.user, at=at)
    return _page(request, card, at=at, place=shown)


@require_POST
@login_required
@door
def enter_code(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """The household's code confirms the handover, of all or of a part."""
    card = _own(request, match_id, at=at)
    if card.state == MatchState.CONFIRMED:
        return _thank(request, match_id)
    form = HandoverForm(request.POST, task=card)
    if not form.is_valid():
        return _page(request, card, at=at, code_form=form, status=422)
    try:
        services.confirm_by_code(
            match_id=match_id,
            code=form.cleaned_data["code"],
            actor=request.user,
            at=at,
            quantity=form.amount(),
        )
    except CodeLocked:
        form.add_error(
            None,
            _(
                "Too many wrong codes: none counts any more for this handover. The household or a coordinator confirms."
            ),
        )
        return _page(request, _own(request, match_id, at=at), at=at, code_form=form, status=422)
    except WrongCode:
        form.add_error("code", _("This is not the code of this handover. Please ask for it once more."))
        return _page(request, _own(request, match_id, at=at), at=at, code_form=form, status=422)
    except QuantityOutOfRange as refusal:
        form.add_error("quantity" if "quantity" in form.fields else None, refusal_words(refusal))
        return _page(request, card, at=at, code_form=form, status=422)
    except (BeforeTheDay, MatchCannotMove) as refusal:
        messages.info(request, refusal_words(refusal))
        return _back(request, match_id)
    return _thank(request, match_id)


@require_POST
@login_required
@door
def handed_over(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """«سُلّم» without a code: the household or a coordinator confirms."""
    words = _("Thank you. The household is asked to confirm; nothing else is needed.")
    return _do(
        request, services.mark_handed_over, match_id, at=at, reached=MatchState.HANDED_OVER, words=words
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def cancel(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """It cannot be after all: said in good time or at short notice, never counted against anybody."""
    card = _own(request, match_id, at=at)
    if card.end_reason:
        messages.success(request, _("It is cancelled. We look for somebody else."))
        return redirect("needs:tasks", community=request.community.slug)
    if request.method != "POST":
        return render(request, "needs/task_cancel.html", {"card": card, "at": at})
    words = _("It is cancelled, and nothing is counted. We look for somebody else at once.")
    return _do(request, services.cancel_match, match_id, at=at, reached=MatchState.CANCELLED, words=words)


@require_POST
@login_required
@door
def guests_arrived(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """The host says that the guests have arrived."""
    words = _("Noted. With the guests' own word the stay has begun.")
    return _do(request, services.check_in, match_id, at=at, reached=MatchState.CONFIRMED, words=words)


@require_POST
@login_required
@door
def guests_left(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """The host says that the stay is over."""
    words = _("Noted. Thank you for your open door.")
    return _do(request, services.check_out, match_id, at=at, reached=MatchState.CONFIRMED, words=words)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def concern(request: Visit, *, match_id: str, at: datetime) -> HttpResponse:
    """Something was wrong: for the coordinators alone."""
    card = _own(request, match_id, at=at)
    sent = request.POST if request.method == "POST" else None
    form = ConcernForm(sent, initial={"form_token": new_form_token()})
    if sent is None or not form.is_valid():
        status = 200 if sent is None else 422
        return render(request, "needs/task_concern.html", {"card": card, "form": form}, status=status)

    def say() -> str:
        said = services.raise_concern(
            match_id=match_id, body=form.cleaned_data["body"], actor=request.user, at=at
        )
        return str(said.pk)

    token = form.cleaned_data["form_token"] or new_form_token()
    once(token=token, purpose=f"concern:{match_id}", at=at, do=say)
    messages.success(request, _("It reached the coordinators, and nobody else. They will get in touch."))
    return _back(request, match_id)


def _own(request: Visit, match_id: str, *, at: datetime) -> TaskCard:
    return queries.task_card(match_id=match_id, viewer=request.user, at=at, community=request.community)


def _page(  # one page, several forms: whichever was refused comes back filled in
    request: Visit,
    card: TaskCard,
    *,
    at: datetime,
    time_form: TimeForm | None = None,
    now_form: NightForm | None = None,
    code_form: HandoverForm | None = None,
    place: DoorCard | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "card": card,
        "at": at,
        "place": place,
        "now_form": now_form or NightForm(),
        "time_form": time_form or TimeForm(initial=_proposed(card, at=at)),
        "code_form": code_form or HandoverForm(task=card),
        "ended": card.state in {MatchState.CANCELLED, MatchState.DID_NOT_HAPPEN, MatchState.EXPIRED},
        # The code belongs to the handover: no box for it before there is a time, unless one was sent all the same.
        "code_open": bool(code_form) or card.state in {MatchState.SCHEDULED, MatchState.HANDED_OVER},
    }
    return render(request, "needs/task.html", context, status=status)


def _proposed(card: TaskCard, *, at: datetime) -> dict[str, Any]:
    """The window agreed so far, else a first guess: this afternoon, or tomorrow's when it is late and may wait."""
    token = new_form_token()
    if card.window_from is not None and card.window_until is not None:
        starts, ends = timezone.localtime(card.window_from), timezone.localtime(card.window_until)
        # What was agreed for this time is not agreed for another one: the ticks begin empty.
        return {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "form_token": token}
    now = timezone.localtime(at)
    last_day = timezone.localdate(card.until_at) if card.until_at is not None else None
    if last_day == now.date() and EARLIEST.hour <= now.hour < LAST_HOUR - 1:
        soon, later = time(now.hour + 1), time(min(now.hour + 3, LAST_HOUR))
        return {"day": last_day, "starts": soon, "ends": later, "form_token": token}
    day = now.date() if now.time() < EARLIEST else now.date() + timedelta(days=1)
    return {"day": day, "starts": EARLIEST, "ends": LATEST, "form_token": token}


def _do(
    request: Visit,
    act: Callable[..., Any],
    match_id: str,
    *,
    at: datetime,
    reached: MatchState,
    words: str,
) -> HttpResponse:
    """Do it and say so; what was reached before is success, what has moved on is said kindly."""
    _own(request, match_id, at=at)
    try:
        act(match_id=match_id, actor=request.user, at=at)
    except BeforeTheDay as refusal:
        messages.info(request, refusal_words(refusal))
        return _back(request, match_id)
    except MatchCannotMove as refusal:
        if refusal.params.get("now") not in {reached, MatchState.CONFIRMED}:
            messages.info(request, refusal_words(refusal))
            return _back(request, match_id)
    messages.success(request, words)
    if reached is MatchState.CANCELLED:
        return redirect("needs:tasks", community=request.community.slug)
    return _back(request, match_id)


def _thank(request: Visit, match_id: str) -> HttpResponse:
    messages.success(request, _("The handover is confirmed. Thank you."))
    return _back(request, match_id)


def _back(request: Visit, match_id: str) -> HttpResponse:
    return redirect("needs:task", community=request.community.slug, match_id=match_id)
