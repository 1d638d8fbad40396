"""Turns the translations (.po) into the form that gettext reads (.mo), without any gettext tools."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click
import polib

from tadamun.cli.output import emit, json_option, refuse

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogs(*, force: bool = False) -> list[Path]:
    """Write the .mo beside every .po that is newer; gives the files written.

    :raises Refusal: a .po is newer, and its folder cannot be written.
    """
    return [
        _compile(source) for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) if force or _is_stale(source)
    ]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    """Write beside first and move into place: another process may be reading."""
    compiled = source.with_suffix(".mo")
    try:
        handle, beside = tempfile.mkstemp(dir=source.parent, prefix=".django-", suffix=".mo")
        os.close(handle)
        polib.pofile(str(source), encoding="utf-8").save_as_mofile(beside)
        Path(beside).chmod(0o644)
        Path(beside).replace(compiled)
    except PermissionError:
        refuse(f"{compiled} is out of date and cannot be written.", code="translations_not_writable")
    return compiled


@click.command("translations")
@click.option("--force", is_flag=True, help="Also write those that are up to date.")
@json_option
def command(force: bool, as_json: bool) -> None:
    """Compile the translations that have changed."""
    written = [str(path.relative_to(LOCALE.parent)) for path in compile_catalogs(force=force)]
    emit({"written": written}, as_json=as_json, text=written or "All translations are up to date.")
