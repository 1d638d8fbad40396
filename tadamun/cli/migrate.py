"""Brings the database up to date: the first step of an upgrade, while the old version still serves."""

from __future__ import annotations

import click

from tadamun.cli.instance import load, migrate, pending_migrations
from tadamun.cli.output import emit, json_option


@click.command("migrate")
@click.option("--plan", is_flag=True, help="Only say what would be applied.")
@json_option
def command(plan: bool, as_json: bool) -> None:
    """Apply the migrations that this database has not seen."""
    load()
    names = pending_migrations()
    if not plan:
        migrate()
    said = [
        f"{'would apply' if plan else 'applied'} {name}" for name in names
    ] or "The database is up to date."
    emit({"applied": [] if plan else names, "pending": names if plan else []}, as_json=as_json, text=said)
