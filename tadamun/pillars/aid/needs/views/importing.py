"""Bringing a sheet of requests in: the file, its columns, what is wrong with its rows, and taking in what is sound."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadamun.design.numbers import number as shown
from tadamun.kernel.sheets import SheetIsEmpty, SheetNotUnderstood, SheetTooLarge, xlsx_bytes
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.cards import ImportCard, ProblemCard
from tadamun.pillars.aid.needs.errors import RowNotThere
from tadamun.pillars.aid.needs.forms.importing import ColumnsForm, MendForm, OrderForm, SheetForm, TakeInForm
from tadamun.pillars.aid.needs.views.doors import Visit, door
from tadamun.pillars.aid.needs.vocabulary import DayOrder
from tadamun.pillars.aid.needs.wording import word_for

PROBLEMS_SHOWN = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def imports(request: Visit, *, at: datetime) -> HttpResponse:
    """Hand a sheet in; the sheets that were handed in before."""
    earlier = queries.imports(community=request.community, viewer=request.user)
    form = SheetForm(request.POST or None, request.FILES or None) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            started = services.start_import(
                community=request.community,
                actor=request.user,
                content=file.read(),
                title=file.name,
                at=at,
            )
        except SheetIsEmpty:
            form.add_error("file", _("This file is empty."))
        except SheetNotUnderstood:
            form.add_error("file", _("This file is not a sheet we can read. Please save it as XLSX or CSV."))
        except SheetTooLarge:
            form.add_error(
                "file", _("This sheet is larger than we can take at once. Please cut it into several.")
            )
        else:
            name = "needs:import" if started.mapping_confirmed else "needs:import_columns"
            return redirect(name, community=request.community.slug, import_id=started.public_id)
    context = {"form": form, "earlier": earlier, "at": at}
    return render(request, "needs/imports.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@door
def columns(request: Visit, *, import_id: str, at: datetime) -> HttpResponse:
    """What each column is: suggested, settled by a person, remembered for the next sheet of the same form."""
    card = _card(request, import_id, at=at)
    if card.is_over:
        return _back(request, import_id)
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(sent, card=card)
    if sent is not None and form.is_valid():
        services.choose_columns(import_id=import_id, actor=request.user, mapping=form.mapping(), at=at)
        return _back(request, import_id)
    return render(
        request, "needs/import_columns.html", {"card": card, "form": form}, status=422 if sent else 200
    )


@require_safe
@login_required
@door
def look(request: Visit, *, import_id: str, at: datetime) -> HttpResponse:
    """What the sheet holds before anything of it is taken in."""
    return _page(request, _card(request, import_id, at=at))


@require_POST
@login_required
@door
def order(request: Visit, *, import_id: str, at: datetime) -> HttpResponse:
    """Day first, or month first."""
    card = _card(request, import_id, at=at)
    form = OrderForm(request.POST)
    if form.is_valid():
        services.choose_order(
            import_id=card.public_id, actor=request.user, order=DayOrder(form.cleaned_data["order"])
        )
    return _back(request, import_id)


@require_POST
@login_required
@door
def row(request: Visit, *, import_id: str, row_number: int, at: datetime) -> HttpResponse:
    """Mend a row, leave it out, or take it up again."""
    card = _card(request, import_id, at=at)
    verb = request.POST.get("do", "mend")
    if verb in {"out", "in"}:
        services.leave_out(import_id=card.public_id, actor=request.user, row=row_number, out=verb == "out")
        return _back(request, import_id)
    form = MendForm(request.POST, community=request.community)
    if not form.is_valid():
        return _page(request, card, faulty=(row_number, form), status=422)
    try:
        services.mend_row(
            import_id=card.public_id, actor=request.user, row=row_number, mends=form.mends(), at=at
        )
    except RowNotThere:
        messages.warning(request, _("The sheet has no request in this row."))
        return _back(request, import_id)
    after = _card(request, import_id, at=at)
    still = [problem for problem in after.problems if problem.row == row_number]
    if not still:
        messages.success(request, _("Row %(row)s is sound now.") % {"row": shown(row_number)})
        return _back(request, import_id)
    for problem in still:
        form.add_error(
            problem.field if problem.field in form.fields else None,
            word_for(kind="import_problem", code=problem.code),
        )
    return _page(request, after, faulty=(row_number, form), status=422)


@require_POST
@login_required
@door
def take_in(request: Visit, *, import_id: str, at: datetime) -> HttpResponse:
    """Make requests of the sound rows."""
    card = _card(request, import_id, at=at)
    form = TakeInForm(request.POST)
    if not form.is_valid():
        return _page(request, card, agreed=form, status=422)
    taken = services.take_in(import_id=card.public_id, actor=request.user, at=at)
    messages.success(
        request,
        ngettext("%(n)s row became a request.", "%(n)s rows became requests.", taken.imported)
        % {"n": shown(taken.imported)},
    )
    if taken.left:
        messages.info(request, _("The sheet goes on; rows still ready: %(n)s.") % {"n": shown(taken.left)})
    return _back(request, import_id)


@require_safe
@login_required
@door
def rest(request: Visit, *, import_id: str, at: datetime) -> HttpResponse:
    """The rows that are kept out, as a sheet with the reasons: to be mended there and handed in again."""
    heads, rows = queries.rest_of_import(
        import_id=import_id, viewer=request.user, community=request.community, at=at
    )
    table: list[list[Any]] = [[*heads, _("Row"), _("What is wrong")]]
    for cells, problems in rows:
        padded = (cells + [None] * len(heads))[: len(heads)]
        table.append([*padded, problems[0].row, " ".join(_said(problem) for problem in problems)])
    content = xlsx_bytes(table, title=_("Kept out"), right_to_left=get_language_bidi())
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="rest-{import_id}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@login_required
@door
def close(request: Visit, *, import_id: str, at: datetime) -> HttpResponse:
    """Be done with the sheet: its cells are dropped."""
    card = _card(request, import_id, at=at)
    if not card.is_over:
        services.close_import(import_id=card.public_id, actor=request.user, at=at)
        messages.success(request, _("The sheet is closed, and its cells are dropped."))
    return redirect("needs:imports", community=request.community.slug)


def _card(request: Visit, import_id: str, *, at: datetime) -> ImportCard:
    return queries.import_card(import_id=import_id, viewer=request.user, community=request.community, at=at)


def _page(
    request: Visit,
    card: ImportCard,
    *,
    faulty: tuple[int, MendForm] | None = None,
    agreed: TakeInForm | None = None,
    status: int = 200,
) -> HttpResponse:
    by_row: dict[int, list[ProblemCard]] = {}
    for problem in card.problems:
        by_row.setdefault(problem.row, []).append(problem)
    shown_rows = list(by_row)[:PROBLEMS_SHOWN]
    if faulty and faulty[0] in by_row and faulty[0] not in shown_rows:
        shown_rows.append(faulty[0])
    mending = [_mending(request, number, by_row[number], faulty=faulty) for number in shown_rows]
    context = {
        "card": card,
        "mending": mending,
        "more_problems": len(by_row) - len(shown_rows),
        "slips": faulty[1] if faulty else agreed,
        "agreed": agreed or TakeInForm(),
        "asks_order": [one for one in card.assumed if one.why == "contradiction"],
        "guessed": card.guessed[:PROBLEMS_SHOWN],
        "more_guessed": len(card.guessed) - PROBLEMS_SHOWN,
        "more_incoming": card.ready - len(card.incoming),
    }
    return render(request, "needs/import.html", context, status=status)


def _mending(
    request: Visit, number: int, problems: list[ProblemCard], *, faulty: tuple[int, MendForm] | None
) -> dict[str, Any]:
    """One row with a form for exactly the cells that are wrong."""
    form = (
        faulty[1]
        if faulty and faulty[0] == number
        else MendForm(community=request.community, auto_id=f"row-{number}-%s")
    )
    fields = list(dict.fromkeys(problem.field for problem in problems))
    return {
        "row": number,
        "name": problems[0].name,
        "problems": problems,
        "fields": [form[field] for field in fields if field in form.fields],
    }


def _said(problem: ProblemCard) -> str:
    words = word_for(kind="import_problem", code=problem.code)
    return f"{problem.head or word_for(kind='import_field', code=problem.field)}: {words}"


def _back(request: Visit, import_id: str) -> HttpResponse:
    return redirect("needs:import", community=request.community.slug, import_id=import_id)
