"""Files of services: handed in and read with a report, and the directory written out for others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.foundation.idempotency.services import once
from tadamun.kernel.sheets import csv_bytes
from tadamun.pillars.aid.directory import policies, queries
from tadamun.pillars.aid.directory import services as directory
from tadamun.pillars.aid.directory.cards import ReadingCard
from tadamun.pillars.aid.directory.forms import FileForm
from tadamun.pillars.aid.directory.views.doors import Visit, door
from tadamun.pillars.aid.directory.wording import row_word

HEADS = ("#meta+what", "#meta+table", "#meta+row", "#meta+id", "#meta+column", "#meta+code", "#meta+why")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def readings(request: Visit, *, at: datetime) -> HttpResponse:
    """Hand a file in; the files so far; the directory as a file for others."""
    policies.require_keeper(actor=request.user, community=request.community)
    initial = {"region": request.community.region}
    sent = request.method == "POST"
    form = FileForm(request.POST if sent else None, request.FILES if sent else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        reading_id = _handed_in(request, form, at=at)
        return redirect("directory:reading", request.community.slug, reading_id)
    earlier = queries.readings(community=request.community, viewer=request.user, at=at)
    status = 422 if request.method == "POST" else 200
    return render(request, "directory/readings.html", {"form": form, "earlier": earlier}, status=status)


@require_safe
@login_required
@door
def reading(request: Visit, *, reading_id: str, at: datetime) -> HttpResponse:
    """What the reading of one file came to: taken, set right, not taken and why."""
    card = _card(request, reading_id, at=at)
    report = card.report
    context = {
        "card": card,
        "tables": [
            (name, count, report["taken"].get(name, 0)) for name, count in report.get("read", {}).items()
        ],
        "taken": report.get("taken", {}).get("service", 0),
        "read": report.get("read", {}).get("service", 0),
    }
    return render(request, "directory/reading.html", context)


@require_safe
@login_required
@door
def rows(request: Visit, *, reading_id: str, at: datetime) -> HttpResponse:
    """Every value that was set right and every row that was not taken, as a sheet."""
    card = _card(request, reading_id, at=at)
    answer = HttpResponse(csv_bytes([*_rows(card)]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{card.source}-report.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@login_required
@door
def export(request: Visit, *, at: datetime) -> HttpResponse:
    """The open part of the directory as an HSDS zip; confidential places are left out."""
    files, _report = directory.export_hsds(community=request.community, actor=request.user)
    answer = HttpResponse(directory.zipped(files), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{request.community.slug}-hsds.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


def _handed_in(request: Visit, form: FileForm, *, at: datetime) -> str:
    given: dict[str, Any] = form.cleaned_data

    def take() -> str:
        row = directory.hand_in(
            community=request.community,
            actor=request.user,
            content=given["file"].read(),
            title=given["file"].name,
            at=at,
            source=given["source"],
            overwrite=given["overwrite"],
            region=given["region"],
        )
        return row.public_id

    purpose = f"services_file:{request.community.public_id}"
    reading_id, _new = once(token=given["form_token"], purpose=purpose, at=at, do=take)
    return reading_id


def _card(request: Visit, reading_id: str, *, at: datetime) -> ReadingCard:
    return queries.reading_card(
        community=request.community, reading_id=reading_id, viewer=request.user, at=at
    )


def _rows(card: ReadingCard) -> Iterator[Sequence[Any]]:
    yield (_("What"), _("Table"), _("Row"), _("Id"), _("Column"), _("Code"), _("Why"))
    yield HEADS
    for one in card.report.get("refused", ()):
        why = f"{row_word(one['code'])}: {one['named']}" if one["named"] else str(row_word(one["code"]))
        yield (_("Not taken"), one["table"], one["row"], one["id"], "", one["code"], why)
    for one in card.report.get("mended", ()):
        what = str(row_word(one["code"]))
        yield (_("Set right"), one["table"], one["row"], one["id"], one["column"], one["code"], what)
