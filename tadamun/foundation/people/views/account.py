"""«حسابي»: who one is here, how one signs in, who looked, and what one agreed to."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.views import change_phone as change_phone_by_code
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tadamun.design.numbers import number
from tadamun.foundation.people import queries, services
from tadamun.foundation.people.adapter import remember_language
from tadamun.foundation.people.consents import consent_text
from tadamun.foundation.people.errors import LastWayIn, NoSuchConsent, PhoneTaken
from tadamun.foundation.people.forms import PhoneForm, ProfileForm

LOOKS_A_PAGE = 20


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Name, form of address and language; phone and e-mail; the ways to security and privacy."""
    person: Any = request.user
    given = {"name": person.name, "address_form": person.address_form, "language": person.language}
    form = ProfileForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        services.change_profile(person=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        response = redirect("people:me")
        remember_language(response, language=form.cleaned_data["language"])
        return response
    return render(
        request,
        "people/me.html",
        {"form": form, "person": person, "waiting_email": queries.waiting_email(person=person)},
    )


@login_required
def security(request: HttpRequest) -> HttpResponse:
    """Password, second factor, passkeys, sign-in links that were made, and signing out elsewhere."""
    person: Any = request.user
    return render(
        request,
        "people/security.html",
        {
            "has_password": person.has_usable_password(),
            "has_second_factor": queries.has_second_factor(person=person),
            "codes_left": queries.unused_recovery_codes(person=person),
            "passkeys": len(queries.passkeys_of(person=person)),
            "links": queries.links_for(person=person),
            "now": timezone.now(),
        },
    )


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out in every other browser."""
    person: Any = request.user
    ended = services.end_sessions(person=person, but=request.session.session_key)
    messages.success(
        request,
        ngettext("Signed out on one other device.", "Signed out on %(count)s other devices.", ended)
        % {"count": number(ended)}
        if ended
        else _("You were signed in nowhere else."),
    )
    return redirect("people:security")


@login_required
def privacy(request: HttpRequest) -> HttpResponse:
    """The log of who looked at what of mine, and my consents."""
    looks: Any = queries.LooksAt(person=request.user)
    page = Paginator(looks, LOOKS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "people/privacy.html", {"page": page, "consents": queries.consents_of(person=request.user)}
    )


@login_required
def withdraw_consent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what withdrawing means, then withdraw.

    :raises NoSuchConsent: it is somebody else's, unknown or withdrawn already.
    :raises AccountNeedsConsent: membership ends by deleting the account.
    """
    person: Any = request.user
    if request.method == "POST":
        services.withdraw_consent(person=person, public_id=public_id, at=timezone.now())
        messages.success(request, _("The consent is withdrawn."))
        return redirect("people:privacy")
    held = [card for card in queries.consents_of(person=request.user) if card.public_id == public_id]
    if not held or held[0].withdrawn_at:
        raise NoSuchConsent
    text = consent_text(purpose=held[0].purpose, version=held[0].version)
    return render(request, "people/withdraw.html", {"consent": held[0], "text": text})


def consent(request: HttpRequest, purpose: str, version: str = "") -> HttpResponse:
    """The text of a consent, for anybody to read."""
    text = consent_text(purpose=purpose, version=version)
    if text is None:
        raise Http404
    return render(request, "people/consent.html", {"text": text})


@login_required
def phone(request: HttpRequest) -> HttpResponse:
    """Change the phone: by a code where a gateway is set, else unverified, which is said."""
    if settings.SMS_GATEWAY_URL:
        answer: HttpResponse = change_phone_by_code(request)
        return answer
    person: Any = request.user
    form = PhoneForm(request.POST or None, initial={"phone": person.phone or ""})
    if request.method == "POST" and form.is_valid():
        raise_if_reauthentication_required(request, app="allauth.account")
        try:
            services.set_phone(person=person, phone=form.cleaned_data["phone"])
        except PhoneTaken:
            form.add_error("phone", _("Another account uses this phone number."))
        except LastWayIn:
            form.add_error(
                "phone", _("The number is the only way into your account. Add an e-mail address first.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("people:me")
    return render(request, "people/phone.html", {"form": form})
