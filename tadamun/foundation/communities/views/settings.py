"""Settings of a community: what it says of itself, whom one calls, which parts it uses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tadamun.foundation.communities import policies, queries, services
from tadamun.foundation.communities.forms import CommunityForm, HelplineForm, PartsForm
from tadamun.foundation.communities.vocabulary import Role
from tadamun.kernel.phones import national_form


@login_required
def settings(request: Any, community: str) -> HttpResponse:
    """What the community says of itself."""
    here = _for_stewards(request)
    known = here.latitude is not None
    initial = {name: getattr(here, name) for name in ("name", "welcome", "region", "currency", "time_zone")}
    initial |= {"shows_hijri": here.shows_hijri, "open_to_join": here.open_to_join}
    initial["middle"] = f"{here.latitude:.4f}, {here.longitude:.4f}" if known else ""
    form = CommunityForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        latitude, longitude = given.pop("middle") or (None, None)
        facts = services.CommunityFacts(**given, latitude=latitude, longitude=longitude)
        services.change_community(community=here, actor=request.user, facts=facts, at=timezone.now())
        return _saved(request, "communities:settings")
    return render(request, "communities/settings.html", {"form": form, "tab": "community"})


@login_required
def helpline(request: Any, community: str) -> HttpResponse:
    """Whom one calls, and when."""
    here = _for_stewards(request)
    initial = {
        "name": here.helpline_name,
        "phone": national_form(here.helpline_phone) if here.helpline_phone else "",
        "opens": here.helpline_opens,
        "closes": here.helpline_closes,
    }
    form = HelplineForm(
        request.POST if request.method == "POST" else None, initial=initial, region=here.region
    )
    if request.method == "POST" and form.is_valid():
        facts = services.HelplineFacts(**form.cleaned_data)
        services.change_helpline(community=here, actor=request.user, facts=facts, at=timezone.now())
        return _saved(request, "communities:helpline")
    return render(request, "communities/settings.html", {"form": form, "tab": "helpline"})


@login_required
def parts(request: Any, community: str) -> HttpResponse:
    """Which parts of the software the community uses."""
    here = _for_stewards(request)
    switches = queries.app_switches(community=here)
    form = PartsForm(
        request.POST if request.method == "POST" else None,
        switches=[(switch.code, switch.label) for switch in switches],
        initial={"in_use": [switch.code for switch in switches if switch.is_on]},
    )
    if request.method == "POST" and form.is_valid():
        in_use = form.cleaned_data["in_use"]
        services.switch_apps(community=here, actor=request.user, in_use=in_use, at=timezone.now())
        return _saved(request, "communities:parts")
    return render(request, "communities/settings.html", {"form": form, "tab": "parts"})


def _for_stewards(request: Any) -> Any:
    policies.require_role(person=request.user, community=request.community, any_of=(Role.STEWARD,))
    return request.community


def _saved(request: Any, name: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(name, request.community.slug)
