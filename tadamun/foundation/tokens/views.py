"""«برامج تعمل باسمي»: the programs somebody lets in, and a new token, shown once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadamun.foundation.communities.queries import communities_of, community_of
from tadamun.foundation.idempotency.services import once
from tadamun.foundation.sealed import keyed_hash
from tadamun.foundation.tokens import queries, services
from tadamun.foundation.tokens.errors import RevealNeedsSecondFactor, TooManyTokens
from tadamun.foundation.tokens.forms import TokenForm
from tadamun.foundation.tokens.vocabulary import PREFIX
from tadamun.foundation.tokens.wording import scope_label


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The tokens somebody made, and a form for another one."""
    person: Any = request.user
    here = communities_of(person=person)
    form = TokenForm(request.POST if request.method == "POST" else None, communities=here)
    at = timezone.now()
    if request.method == "POST" and form.is_valid():
        # A token outlives the session it was made in: whoever makes one proves anew who they are.
        raise_if_reauthentication_required(request, app="allauth.account")
        try:
            return _make(request, form, at=at)
        except RevealNeedsSecondFactor:
            form.add_error("scopes", _("To open names, set up a second factor first, under «Signing in»."))
        except TooManyTokens:
            form.add_error(None, _("There are many tokens already. Please stop one that is not used."))
    cards = queries.own_tokens(viewer=person, at=at)
    context = {
        "form": form,
        "belongs": bool(here),
        "tokens": [(card, [scope_label(code) for code in card.scopes]) for card in cards],
    }
    return render(request, "tokens/mine.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, token_id: str) -> HttpResponse:
    """Stop a token at once."""
    person: Any = request.user
    services.withdraw_token(person=person, token_id=token_id, at=timezone.now())
    messages.success(request, _("The token no longer works."))
    return redirect("tokens:mine")


def _make(request: HttpRequest, form: TokenForm, *, at: datetime) -> HttpResponse:
    """Make it once and show it; sending the form again shows the same one, as its secret follows from the form."""
    person: Any = request.user
    given = form.cleaned_data
    secret = PREFIX + keyed_hash(f"{person.public_id}:{given['form_token']}", purpose="api_token_text")
    once(
        token=given["form_token"],
        purpose=f"token:{person.public_id}",
        at=at,
        do=lambda: (
            services.make_token(
                community=community_of(slug=given["community"]),
                person=person,
                name=given["name"],
                scopes=given["scopes"],
                days=given["days"],
                secret=secret,
                at=at,
            ).public_id
        ),
    )
    context = {
        "name": given["name"],
        "secret": secret,
        "address": request.build_absolute_uri(reverse("api_guide")),
    }
    return render(request, "tokens/made.html", context)
