"""Looking for something, its own page with the calendar, booking it, waiting for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadamun.design.region import current_region
from tadamun.foundation.communities.policies import is_member, may_coordinate, require_member
from tadamun.foundation.idempotency.services import new_form_token
from tadamun.kernel.text import clean_line
from tadamun.pillars.support.library import queries, services
from tadamun.pillars.support.library.cards import ItemCard
from tadamun.pillars.support.library.errors import TimeTaken
from tadamun.pillars.support.library.forms import DaysForm, HoursForm, LineForm, day_in
from tadamun.pillars.support.library.queries import Wanted
from tadamun.pillars.support.library.views.doors import Visit, done_once, door, within_measure
from tadamun.pillars.support.library.vocabulary import STEP_MINUTES, BookingState, Kind
from tadamun.pillars.support.library.wording import KINDS


@require_safe
@door
def items(request: Visit, *, at: datetime) -> HttpResponse:
    """The list, narrowed by what somebody looks for."""
    member = is_member(person=request.user, community=request.community)
    wanted = Wanted(
        text=clean_line(request.GET.get("q", ""))[:100],
        kind=request.GET.get("kind", "")[:8],
        here=request.GET.get("here") == "1",
        mine=member and request.GET.get("mine") == "1",
    )
    number = request.GET.get("page", 1)
    page = queries.item_page(community=request.community, viewer=request.user, wanted=wanted, number=number)
    context = {
        "page": page,
        "wanted": wanted,
        "kinds": KINDS.items(),
        "member": member,
        "keeper": may_coordinate(person=request.user, community=request.community),
        "narrowed": wanted != Wanted(),
        # What is given away for good is an offer like any other.
        "give_url": reverse("needs:offer", args=[request.community.slug])
        if request.community.has_on("needs")
        else "",
    }
    return render(request, "library/items.html", context)


@require_safe
@door
def item(request: Visit, *, item_id: str, at: datetime) -> HttpResponse:
    """One thing, room or skill: what it is, when it is free, and asking for it."""
    card = queries.item_card(community=request.community, item_id=item_id, viewer=request.user, at=at)
    return render(request, "library/item.html", _item_context(request, card, at=at))


def _item_context(request: Visit, card: ItemCard, *, at: datetime) -> dict[str, Any]:
    whose: dict[str, Any] = {
        "community": request.community,
        "item_id": card.public_id,
        "viewer": request.user,
    }
    chosen_day = day_in(request.GET.get("from", ""))
    chosen = queries.chosen_span(first=chosen_day, at=at, **whose) if chosen_day else None
    hours = queries.free_hours(on=chosen_day, at=at, **whose) if chosen_day else ()
    month = queries.month_card(
        month=day_in(request.GET.get("month", "")) or chosen_day,
        chosen=chosen,
        first_weekday=current_region().first_weekday,
        at=at,
        **whose,
    )
    longest = max((hour.longest for hour in hours), default=0)
    return {
        "card": card,
        "month": month,
        "chosen": chosen,
        "chosen_day": chosen_day,
        "hours": hours,
        "lengths": range(STEP_MINUTES, longest + 1, STEP_MINUTES),
        "form_token": new_form_token(),
        "line_days": range(1, card.days_most + 1),
        "member": is_member(person=request.user, community=request.community),
        "is_thing": card.kind == Kind.THING,
    }


@require_safe
@door
def photo(request: Visit, *, photo_id: str, at: datetime) -> HttpResponse:
    """A photo, for whoever may see what it shows; browsers keep it for themselves alone."""
    file = queries.photo_file(community=request.community, photo_id=photo_id, viewer=request.user)
    response = HttpResponse(services.photo_bytes(file), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@require_POST
@login_required
@door
def book(request: Visit, *, item_id: str, at: datetime) -> HttpResponse:
    """Ask for a time."""
    card = queries.item_card(community=request.community, item_id=item_id, viewer=request.user, at=at)
    form: DaysForm | HoursForm = (DaysForm if card.kind == Kind.THING else HoursForm)(request.POST)
    if not form.is_valid():
        context = {**_item_context(request, card, at=at), "missing": True}
        return render(request, "library/item.html", context, status=422)
    within_measure(request, at=at)

    def ask() -> str:
        loan = services.request_time(
            community=request.community, item_id=item_id, actor=request.user, wanted=form.wanted(), at=at
        )
        return loan.public_id

    try:
        loan_id = done_once(request, form, what=f"book:{item_id}", at=at, do=ask)
    except TimeTaken:
        context = {**_item_context(request, card, at=at), "taken": True}
        return render(request, "library/item.html", context, status=409)
    loan = queries.loan_card(community=request.community, loan_id=loan_id, viewer=request.user, at=at)
    waits = loan.state == BookingState.REQUESTED
    messages.success(
        request, _("Asked. You will hear soon.") if waits else _("Booked. It is yours for these days.")
    )
    return redirect("library:loan", request.community.slug, loan_id)


@require_POST
@login_required
@door
def join_line(request: Visit, *, item_id: str, at: datetime) -> HttpResponse:
    """Stand in line."""
    require_member(person=request.user, community=request.community)
    form = LineForm(request.POST)
    if not form.is_valid():
        return redirect("library:item", request.community.slug, item_id)
    within_measure(request, at=at)

    def join() -> str:
        place = services.join_line(
            community=request.community,
            item_id=item_id,
            actor=request.user,
            days=form.cleaned_data["days"],
            at=at,
        )
        return place.public_id

    done_once(request, form, what=f"line:{item_id}", at=at, do=join)
    messages.success(request, _("You are in line. We will tell you when it is your turn."))
    return redirect("library:my_loans", request.community.slug)


@require_POST
@login_required
@door
def leave_line(request: Visit, *, item_id: str, at: datetime) -> HttpResponse:
    """Leave the line."""
    require_member(person=request.user, community=request.community)
    services.leave_line(community=request.community, item_id=item_id, actor=request.user, at=at)
    messages.success(request, _("You are no longer in line."))
    return redirect("library:item", request.community.slug, item_id)
