"""Adding and removing a passkey: allauth's pages, with the rules of this house."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tadamun.foundation.people.errors import PasskeysNotHere
from tadamun.web.passkeys import ADDED, REMOVED, tell_of_passkey
from tadamun.web.second_factor import takes_passkeys


class AddPasskey(AddWebAuthnView):
    """Add one, where browsers make them; its owner is told."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """The page, or that there are none here.

        :raises PasskeysNotHere: the public address is not one that browsers make passkeys for.
        """
        if request.user.is_authenticated and not takes_passkeys():
            raise PasskeysNotHere
        response: HttpResponse = super().dispatch(request, *args, **options)
        return response

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it."""
        response: HttpResponse = super().form_valid(form)
        tell_of_passkey(person=self.request.user, verb=ADDED, at=timezone.now())
        return response


class RemovePasskey(RemoveWebAuthnView):
    """Remove one, unless it is the last second factor of a role that sees names; its owner is told."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Say beforehand that it stays."""
        may_go = get_adapter().can_delete_authenticator(self.object)
        return {**super().get_context_data(**options), "may_go": may_go}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Let it go."""
        if not get_adapter().can_delete_authenticator(self.object):
            form.add_error(None, get_adapter().validation_error("cannot_delete_authenticator"))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        response: HttpResponse = super().form_valid(form)
        tell_of_passkey(person=self.request.user, verb=REMOVED, at=timezone.now())
        return response
