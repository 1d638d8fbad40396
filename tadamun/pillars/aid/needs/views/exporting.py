"""Lists to take out: sheets with their tags, a text for chat groups, the day's runs and a form on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadamun.foundation.catalogue.queries import open_categories
from tadamun.foundation.communities.policies import may_coordinate
from tadamun.foundation.people.consents import consent_text
from tadamun.foundation.people.errors import ReasonNeeded
from tadamun.foundation.people.vocabulary import ConsentPurpose
from tadamun.foundation.places.queries import open_areas
from tadamun.kernel.sheets import csv_bytes, xlsx_bytes
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import ChatLine, ExportRow
from tadamun.pillars.aid.needs.forms.exporting import KINDS, ReasonForm, RunForm
from tadamun.pillars.aid.needs.reasons import refusal_sentence
from tadamun.pillars.aid.needs.templatetags.needs_words import amount
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.wording import word_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAGS = {
    "number": "#meta+id",
    "asked_on": "#date+asked",
    "category_code": "#item+code",
    "category": "#item+name",
    "quantity": "#inneed+quantity",
    "open": "#inneed+quantity+open",
    "unit": "#item+unit",
    "state": "#status",
    "tier": "#severity",
    "when": "#description+when",
    "until_on": "#date+until",
    "area": "#loc+name",
    "household_size": "#population+household",
    "name": "#contact+name",
    "phone": "#contact+phone",
    "address": "#loc+address",
    "notes": "#description+notes",
}
"""The HXL hashtag of every column, so that other programs know what stands in it whatever its language."""
NAMED = ("name", "phone", "address", "notes")
WORDS = {"unit": "unit", "state": "line_state", "tier": "tier", "when": "when"}


@require_safe
@login_required
@door
def exports(request: Visit, *, at: datetime) -> HttpResponse:
    """What can be taken out."""
    return _page(request, ReasonForm(), at=at)


@require_safe
@login_required
@door
def sheet(request: Visit, *, kind: str, at: datetime) -> HttpResponse:
    """The needs that the viewer may see, without names, as CSV or XLSX with an HXL tag row."""
    everything = request.GET.get("all") == "1"
    rows = queries.export_rows(community=request.community, viewer=request.user, everything=everything)
    return _file(request, rows, kind=kind, named=False)


@require_POST
@login_required
@door
def sheet_with_names(request: Visit, *, at: datetime) -> HttpResponse:
    """The open needs with names, for coordinators, against a reason that everybody concerned can read."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            rows = services.export_with_names(
                community=request.community, actor=request.user, reason=form.cleaned_data["reason"], at=at
            )
        except ReasonNeeded as refusal:
            form.add_error("reason", refusal_sentence(error=refusal))
        else:
            return _file(request, rows, kind=form.cleaned_data["kind"] or KINDS[0], named=True)
    return _page(request, form, at=at, status=422)


@require_safe
@login_required
@door
def chat_list(request: Visit, *, at: datetime) -> HttpResponse:
    """The open needs as a text for chat groups: no name, no number, no area that nobody agreed to show."""
    with_area, sums = queries.chat_lines(community=request.community, viewer=request.user)
    link = request.build_absolute_uri(reverse("needs:offer", args=[request.community.slug]))
    text = "\n".join(_chat_text(request, with_area, sums, link=link)) if with_area or sums else ""
    return render(request, "needs/chat_list.html", {"text": text, "lines": text.count("\n") + 1})


@require_POST
@login_required
@door
def run_sheet(request: Visit, *, giver_id: str, at: datetime) -> HttpResponse:
    """The handovers of one giver today, for paper: a giver's own, or another's against a reason."""
    form = RunForm(request.POST)
    if not form.is_valid():
        return _page(request, ReasonForm(), run_form=form, at=at, status=422)
    try:
        run = services.open_run_sheet(
            community=request.community,
            giver_id=giver_id,
            actor=request.user,
            reason=form.cleaned_data["run_reason"],
            at=at,
        )
    except ReasonNeeded as refusal:
        form.add_error("run_reason", refusal_sentence(error=refusal))
        return _page(request, ReasonForm(), run_form=form, at=at, status=422)
    answer = render(request, "needs/run_sheet.html", {"run": run, "at": at})
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@door
def paper_form(request: Visit, *, at: datetime) -> HttpResponse:
    """An empty form to ask on paper; what it asks is what a sheet may hold."""
    context = {
        "categories": [main for main in open_categories(community=request.community) if not main.is_money],
        "areas": open_areas(community=request.community),
        "consent": consent_text(purpose=ConsentPurpose.HELP),
        "boxes": range(10),
    }
    return render(request, "needs/paper_form.html", context)


def _page(
    request: Visit, form: ReasonForm, *, at: datetime, run_form: RunForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "run_form": run_form or RunForm(),
        "coordinates": may_coordinate(person=request.user, community=request.community),
        "runs": queries.runs_today(community=request.community, viewer=request.user, at=at),
        "at": at,
    }
    return render(request, "needs/exports.html", context, status=status)


def _file(request: Visit, rows: list[ExportRow], *, kind: str, named: bool) -> HttpResponse:
    fields = [field for field in TAGS if named or field not in NAMED]
    table: list[Sequence[Any]] = [
        [word_for(kind="export_field", code=field) for field in fields],
        [TAGS[field] for field in fields],
        *[[_cell(row, field) for field in fields] for row in rows],
    ]
    name = f"{request.community.slug}-{'names' if named else 'needs'}"
    if kind == "xlsx":
        content = xlsx_bytes(table, title=_("Needs"), right_to_left=get_language_bidi(), heads=2)
        answer = HttpResponse(content, content_type=XLSX)
    else:
        answer = HttpResponse(csv_bytes(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _cell(row: ExportRow, field: str) -> Any:
    value = getattr(row, field)
    return word_for(kind=WORDS[field], code=value) if field in WORDS else value


def _chat_text(request: Visit, with_area: list[ChatLine], sums: list[ChatLine], *, link: str) -> list[str]:
    lines = [_("%(community)s: what is needed now") % {"community": request.community.name}, ""]
    for one in with_area:
        what = f"{one.category}: {amount(one.open, one.unit)}"
        lines.append(f"• {what} · {one.area}" if one.area else f"• {what}")
    if with_area and sums:
        lines += ["", _("And elsewhere in the community:")]
    lines += [f"• {one.category}: {amount(one.open, one.unit)}" for one in sums]
    return [*lines, "", _("Whoever can help: %(link)s") % {"link": link}]
