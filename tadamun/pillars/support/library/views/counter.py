"""The counter: scan or type a label, hand out, take back; and what waits to be mended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadamun.foundation.communities.policies import may_coordinate, require_member
from tadamun.pillars.support.library import queries, services
from tadamun.pillars.support.library.errors import NoSuchCopy
from tadamun.pillars.support.library.forms import BackForm, BreakageForm, CopyDeedForm, TakerForm, label_in
from tadamun.pillars.support.library.views.doors import Visit, done_once, door


@require_safe
@login_required
@door
def counter(request: Visit, *, at: datetime) -> HttpResponse:
    """The day at the counter; a label that is typed or scanned leads to its piece."""
    card = queries.counter(community=request.community, viewer=request.user, at=at)
    typed = request.GET.get("label", "")[:200]
    unknown = False
    if typed.strip():
        code = label_in(typed)
        try:
            queries.item_of_label(community=request.community, code=code)
            return redirect("library:piece", request.community.slug, code)
        except NoSuchCopy:
            unknown = True
    return render(request, "library/counter.html", {"card": card, "typed": typed, "unknown": unknown})


@require_safe
@login_required
@door
def label(request: Visit, *, label: str, at: datetime) -> HttpResponse:
    """Where the picture on a label leads: coordinators to the counter, other members to the thing."""
    require_member(person=request.user, community=request.community)
    code = label_in(label)
    if may_coordinate(person=request.user, community=request.community):
        queries.item_of_label(community=request.community, code=code)
        return redirect("library:piece", request.community.slug, code)
    item_id = queries.item_of_label(community=request.community, code=code)
    return redirect("library:item", request.community.slug, item_id)


@require_safe
@login_required
@door
def piece(request: Visit, *, label: str, at: datetime) -> HttpResponse:
    """One piece: who brings it back, or who takes it."""
    return render(request, "library/piece.html", _piece_context(request, label, at=at))


def _piece_context(request: Visit, label: str, *, at: datetime) -> dict[str, Any]:
    card = queries.copy_card(community=request.community, code=label_in(label), viewer=request.user, at=at)
    return {
        "card": card,
        "taker_form": TakerForm(initial={"days": card.days_most}),
        "back_form": BackForm(),
        "broken_form": BreakageForm(),
    }


@require_POST
@login_required
@door
def hand_out(request: Visit, *, label: str, at: datetime) -> HttpResponse:
    """Give it to whoever booked it."""
    queries.copy_card(community=request.community, code=label_in(label), viewer=request.user, at=at)
    if not request.POST.get("loan"):
        return redirect("library:piece", request.community.slug, label_in(label))
    services.hand_out(
        community=request.community,
        loan_id=request.POST.get("loan", "")[:24],
        code=label_in(label),
        actor=request.user,
        at=at,
    )
    messages.success(request, _("Handed out."))
    return redirect("library:piece", request.community.slug, label_in(label))


@require_POST
@login_required
@door
def hand_out_now(request: Visit, *, label: str, at: datetime) -> HttpResponse:
    """Give it to whoever stands there without having booked."""
    context = _piece_context(request, label, at=at)
    form = TakerForm(request.POST)
    if not form.is_valid():
        return render(request, "library/piece.html", {**context, "taker_form": form}, status=422)
    given = form.cleaned_data
    taker = services.Taker(given["name"], given["phone"], (get_language() or "ar")[:2])

    def give() -> str:
        loan = services.hand_out_now(
            community=request.community,
            code=label_in(label),
            actor=request.user,
            taker=taker,
            days=given["days"],
            at=at,
        )
        return loan.public_id

    done_once(request, form, what=f"take:{label_in(label)}", at=at, do=give)
    messages.success(request, _("Handed out."))
    return redirect("library:piece", request.community.slug, label_in(label))


@require_POST
@login_required
@door
def take_back(request: Visit, *, label: str, at: datetime) -> HttpResponse:
    """Take it back."""
    context = _piece_context(request, label, at=at)
    form = BackForm(request.POST)
    if not form.is_valid():
        return render(request, "library/piece.html", {**context, "back_form": form}, status=422)
    services.take_back(
        community=request.community,
        code=label_in(label),
        actor=request.user,
        broken=form.cleaned_data["broken"],
        helps=form.cleaned_data["helps"],
        at=at,
    )
    messages.success(request, _("It is back. Thank you."))
    return redirect("library:piece", request.community.slug, label_in(label))


@require_POST
@login_required
@door
def broken(request: Visit, *, label: str, at: datetime) -> HttpResponse:
    """Write down that it needs mending."""
    context = _piece_context(request, label, at=at)
    form = BreakageForm(request.POST)
    if not form.is_valid():
        return render(request, "library/piece.html", {**context, "broken_form": form}, status=422)

    def tell() -> str:
        ticket = services.report_broken_copy(
            community=request.community,
            code=label_in(label),
            actor=request.user,
            words=form.cleaned_data["words"],
            at=at,
        )
        return ticket.public_id

    done_once(request, form, what=f"broken:{label_in(label)}", at=at, do=tell)
    messages.success(request, _("Saved."))
    return redirect("library:repairs", request.community.slug)


@require_POST
@login_required
@door
def change_copy(request: Visit, *, label: str, at: datetime) -> HttpResponse:
    """Lost, found again, or out of use."""
    _piece_context(request, label, at=at)
    form = CopyDeedForm(request.POST)
    if form.is_valid():
        services.change_copy(
            community=request.community,
            code=label_in(label),
            actor=request.user,
            what=form.cleaned_data["what"],
            at=at,
        )
        messages.success(request, _("Saved."))
    return redirect("library:piece", request.community.slug, label_in(label))


@require_safe
@login_required
@door
def repairs(request: Visit, *, at: datetime) -> HttpResponse:
    """What waits to be mended."""
    rows = queries.open_repairs(community=request.community, viewer=request.user)
    return render(request, "library/repairs.html", {"rows": rows})


@require_POST
@login_required
@door
def close_repair(request: Visit, *, repair_id: str, at: datetime) -> HttpResponse:
    """Mended, or not to be mended."""
    services.close_repair(
        community=request.community,
        repair_id=repair_id,
        actor=request.user,
        mended=request.POST.get("mended") == "1",
        at=at,
    )
    messages.success(request, _("Saved."))
    return redirect("library:repairs", request.community.slug)
