"""Taking one's data along, and deleting one's account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tadamun.foundation.people.fields import LineField
from tadamun.web import my_data

DELETE_WORDS = frozenset({"حذف", "delete", "supprimer"})


class DeleteForm(forms.Form):
    """The password once more, or a typed word where there is no password."""

    def __init__(self, *args: Any, person: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        if person.has_usable_password():
            self.fields["password"] = forms.CharField(
                label=_("Your password"),
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )
        else:
            self.fields["word"] = LineField(label=_("Type the word «delete» to confirm"))

    def clean_password(self) -> str:
        """It is the person's own; tries are counted."""
        password = str(self.cleaned_data["password"])
        if not get_adapter().reauthenticate(self.person, password):
            raise get_adapter().validation_error("incorrect_password")
        return password

    def clean_word(self) -> str:
        """The word in any of the three languages."""
        word = str(self.cleaned_data["word"]).casefold()
        if word not in DELETE_WORDS:
            raise forms.ValidationError(_("Please type the word as it stands above."))
        return word


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Everything kept about me, as one JSON file."""
    at = timezone.now()
    records = my_data.records_of(person=request.user, at=at)
    response = JsonResponse(records, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="tadamun-{at:%Y%m%d}.json"'
    return response


@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask once more, then forget.

    :raises TadamunError: an app refuses, such as for the last steward of a community.
    """
    form = DeleteForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        my_data.forget(person=request.user, at=timezone.now())
        logout(request)
        messages.success(request, _("Your account is deleted. Thank you for having been with us."))
        return redirect("web:home")
    return render(request, "my_data/delete.html", {"form": form})
