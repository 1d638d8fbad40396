"""Addresses of sheets: bringing requests in, taking lists out, paper."""

from __future__ import annotations

from django.urls import path, re_path

from tadamun.pillars.aid.needs.views import exporting, importing

SHEET = "sheets/<slug:import_id>"

urlpatterns = [
    path("sheets/", importing.imports, name="imports"),
    path(f"{SHEET}/", importing.look, name="import"),
    path(f"{SHEET}/columns/", importing.columns, name="import_columns"),
    path(f"{SHEET}/order/", importing.order, name="import_order"),
    path(f"{SHEET}/rows/<int:row_number>/", importing.row, name="import_row"),
    path(f"{SHEET}/take-in/", importing.take_in, name="import_take_in"),
    path(f"{SHEET}/rest/", importing.rest, name="import_rest"),
    path(f"{SHEET}/close/", importing.close, name="import_close"),
    path("exports/", exporting.exports, name="exports"),
    re_path(r"^exports/needs\.(?P<kind>csv|xlsx)$", exporting.sheet, name="export_sheet"),
    path("exports/names/", exporting.sheet_with_names, name="export_names"),
    path("exports/chat/", exporting.chat_list, name="chat_list"),
    path("exports/runs/<slug:giver_id>/", exporting.run_sheet, name="run_sheet"),
    path("exports/paper-form/", exporting.paper_form, name="paper_form"),
]
