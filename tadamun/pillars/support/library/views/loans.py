"""One's own bookings, and what is decided of one."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.foundation.communities.policies import require_member
from tadamun.pillars.support.library import queries, services
from tadamun.pillars.support.library.errors import NoSuchLoan
from tadamun.pillars.support.library.forms import BreakageForm, LoanDeedForm, ReasonForm
from tadamun.pillars.support.library.views.doors import Visit, done_once, door


@require_safe
@login_required
@door
def my_loans(request: Visit, *, at: datetime) -> HttpResponse:
    """What one has, will have and had; the lines one stands in; the calendar's address."""
    require_member(person=request.user, community=request.community)
    now, past = queries.own_loans(community=request.community, viewer=request.user, at=at)
    context = {
        "now": now,
        "past": past,
        "places": queries.own_places(community=request.community, viewer=request.user),
        "has_feed": queries.has_feed(community=request.community, viewer=request.user),
    }
    return render(request, "library/my_loans.html", context)


@require_safe
@login_required
@door
def loan(request: Visit, *, loan_id: str, at: datetime) -> HttpResponse:
    """One booking."""
    card = queries.loan_card(community=request.community, loan_id=loan_id, viewer=request.user, at=at)
    return render(request, "library/loan.html", {"card": card, "reason_form": ReasonForm()})


@require_POST
@login_required
@door
def cancel_loan(request: Visit, *, loan_id: str, at: datetime) -> HttpResponse:
    """Call it off."""
    services.cancel_loan(community=request.community, loan_id=loan_id, actor=request.user, at=at)
    messages.success(request, _("Called off. Thank you for saying so: others can have it now."))
    return redirect("library:loan", request.community.slug, loan_id)


@require_POST
@login_required
@door
def renew(request: Visit, *, loan_id: str, at: datetime) -> HttpResponse:
    """Keep it longer."""
    services.renew(community=request.community, loan_id=loan_id, actor=request.user, at=at)
    messages.success(request, _("Renewed."))
    return redirect("library:loan", request.community.slug, loan_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def breakage(request: Visit, *, loan_id: str, at: datetime) -> HttpResponse:
    """Say that it broke."""
    card = queries.loan_card(community=request.community, loan_id=loan_id, viewer=request.user, at=at)
    if not (card.is_own or card.may_keep):
        raise NoSuchLoan
    form = BreakageForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "card": card}
    if request.method != "POST":
        return render(request, "library/breakage.html", context)
    if not form.is_valid():
        return render(request, "library/breakage.html", context, status=422)

    def tell() -> str:
        ticket = services.report_breakage(
            community=request.community,
            loan_id=loan_id,
            actor=request.user,
            words=form.cleaned_data["words"],
            helps=form.cleaned_data["helps"],
            at=at,
        )
        return ticket.public_id

    done_once(request, form, what=f"breakage:{loan_id}", at=at, do=tell)
    messages.success(request, _("Thank you for saying so. Please bring it as it is; nothing is charged."))
    return redirect("library:loan", request.community.slug, loan_id)


@require_POST
@login_required
@door
def answer_offer(request: Visit, *, loan_id: str, at: datetime) -> HttpResponse:
    """Answer when it is one's turn."""
    answer = services.take_offer if request.POST.get("answer") == "yes" else services.decline_offer
    answer(community=request.community, loan_id=loan_id, actor=request.user, at=at)
    messages.success(request, _("Thank you for the answer."))
    return redirect("library:loan", request.community.slug, loan_id)


@require_POST
@login_required
@door
def decide_loan(request: Visit, *, loan_id: str, at: datetime) -> HttpResponse:
    """Approve, decline, set aside, or write down what became of it."""
    card = queries.loan_card(community=request.community, loan_id=loan_id, viewer=request.user, at=at)
    if not card.may_decide:
        raise NoSuchLoan
    form = LoanDeedForm(request.POST)
    if form.is_valid():
        what = form.cleaned_data["what"]
        services.decide_loan(
            community=request.community, loan_id=loan_id, actor=request.user, what=what, at=at
        )
        messages.success(request, _("Saved."))
    return redirect("library:loan", request.community.slug, loan_id)


@require_POST
@login_required
@door
def reveal_borrower(request: Visit, *, loan_id: str, at: datetime) -> HttpResponse:
    """Open name and phone of whoever has it, with the reason logged."""
    form = ReasonForm(request.POST)
    form.is_valid()
    borrower = services.reveal_borrower(
        community=request.community,
        loan_id=loan_id,
        actor=request.user,
        reason=form.cleaned_data.get("reason", ""),
        at=at,
    )
    card = queries.loan_card(community=request.community, loan_id=loan_id, viewer=request.user, at=at)
    return render(request, "library/loan.html", {"card": card, "revealed": borrower, "reason_form": form})
