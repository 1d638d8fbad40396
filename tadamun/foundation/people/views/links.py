"""Entering by a one-time link, and the password chosen afterwards."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tadamun.foundation.limits import client_address, hit
from tadamun.foundation.people import queries, services
from tadamun.foundation.people.errors import LinkNotValid
from tadamun.foundation.people.forms import NewPasswordForm

CHOOSES_WITHIN = timedelta(minutes=30)


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a one-time link: a button enters, opening alone does not, as scanners open links too.

    :raises LinkNotValid: unknown, used or too old.
    :raises TooManyTries: too many links were tried from this address.
    """
    at = timezone.now()
    hit(what="sign_in_link", who=client_address(request), most=30, window=timedelta(minutes=10), at=at)
    if request.method != "POST":
        holder = queries.holder_of_link(token=token, at=at)
        if holder is None:
            raise LinkNotValid
        return render(request, "people/enter.html", {"first_name": holder.first_name})
    person = services.use_sign_in_link(token=token, at=at)
    logout(request, show_message=False)
    record_authentication(request, person, method=queries.BY_LINK)
    response: HttpResponse = perform_login(request, person, redirect_url=reverse("people:new_password"))
    return response


@login_required
def new_password(request: HttpRequest) -> HttpResponse:
    """Invite whoever came by a link to choose a password, without asking for the one they may have forgotten."""
    if not _may_choose(request):
        return redirect("account_change_password")
    form = NewPasswordForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        get_adapter().set_password(person, form.cleaned_data["password1"])
        update_session_auth_hash(request, person)
        record_authentication(request, person, method="password")
        get_adapter().send_notification_mail("account/email/password_set", person)
        messages.success(request, _("Your password is set."))
        return HttpResponseRedirect(reverse("people:me"))
    return render(request, "people/new_password.html", {"form": form})


def _may_choose(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    entered = [record["at"] for record in records if record["method"] == queries.BY_LINK]
    recent = bool(entered) and time.time() - max(entered) < CHOOSES_WITHIN.total_seconds()
    person: Any = request.user
    return recent or not person.has_usable_password()
