"""Makes a copy of the whole instance while it runs: one file, whole or not there at all."""

from __future__ import annotations

import errno
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from tadamun import __version__
from tadamun.cli.copies import archive, databases, passphrases
from tadamun.cli.instance import home, load
from tadamun.cli.output import counted, emit, json_option, refuse, say


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--encrypt", is_flag=True, help="Ask for a passphrase on the terminal.")
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"A file whose first line is the passphrase; or set {passphrases.PASSPHRASE}.",
)
@click.option("--with-key", is_flag=True, help="Put the instance's keys in too; only with a passphrase.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
def command(
    target: Path, encrypt: bool, passphrase_file: Path | None, with_key: bool, force: bool, as_json: bool
) -> None:
    """Copy database and uploads into the file TARGET, as they are at one moment.

    The site goes on meanwhile. Sessions and limits are left out; the instance's keys too, unless --with-key: without
    them phones, addresses and notes in the copy stay sealed, so keep them somewhere else.
    """
    passphrase = passphrases.read_passphrase(file=passphrase_file, ask=encrypt, twice=True)
    if with_key and not passphrase:
        refuse(
            "Keys travel only under a passphrase: add --encrypt or --passphrase-file.",
            code="key_needs_passphrase",
        )
    target = target.expanduser().absolute()
    if target.exists() and not force:
        refuse(
            f"{target} is there already; --force writes over it.", code="target_exists", target=str(target)
        )
    if not target.parent.is_dir():
        refuse(f"There is no folder {target.parent}.", code="no_such_folder", target=str(target))
    load()
    try:
        manifest, uploads = _pack(target, passphrase=passphrase, with_key=with_key)
    except databases.Unfit as unfit:
        refuse_unfit(unfit)
    except OSError as error:
        refuse_disk(error, target)
    _note_made()
    size = target.stat().st_size
    rows = sum(table.rows for table in manifest.tables.values())
    if not passphrase:
        say("The copy is not encrypted: names in it can be read by whoever has the file.")
    result = {
        "target": target,
        "bytes": size,
        "made_at": manifest.made_at,
        "encrypted": bool(passphrase),
        "with_key": with_key,
        "tables": {name: facts.rows for name, facts in manifest.tables.items()},
        "rows": rows,
        "uploads": uploads,
        "left_out": manifest.left_out,
    }
    emit(
        result,
        as_json=as_json,
        text=(
            f"{target}: {counted(rows, 'row')} of {counted(len(manifest.tables), 'table')}, "
            f"{counted(uploads, 'upload')}, {counted(size, 'byte')}."
        ),
    )


def _note_made() -> None:
    """Leave the date for /metrics; where the folder takes no files, the copy is none the worse."""
    from django.conf import settings

    with suppress(OSError):
        (home() / settings.LAST_BACKUP).touch(mode=0o600)


def _pack(target: Path, *, passphrase: str, with_key: bool) -> tuple[archive.Manifest, int]:
    from django.conf import settings

    keys = ",".join(settings.SEALING_KEYS)
    with (
        databases.look_at_instance() as look,
        archive.packed(target, passphrase=passphrase) as packing,
    ):
        for table in look.tables:
            if table.name != databases.SESSIONS:
                packing.add_table(table, look.rows(table))
        # After the rows: a file that a row speaks of was written before it.
        uploads = packing.add_folder("uploads", home() / "uploads")
        if with_key:
            packing.add_text("keys/sealing.key", keys)
            packing.add_text("keys/session.key", settings.SECRET_KEY)
        manifest = packing.finish(
            archive.Manifest(
                version=__version__,
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                vendor=look.vendor,
                migrations=look.migrations,
                tables={},
                key_marks=passphrases.key_marks(keys),
                left_out=["sessions", "limits", *([] if with_key else ["keys"])],
            )
        )
    return manifest, uploads


_UNFIT = {
    "database_missing": "There is no instance here yet: no database was found in TADAMUN_HOME.",
    "database_empty": "The database is empty: there is nothing to copy.",
    "database_unreadable": "The database cannot be read.",
    "still_running": "The instance is still running: stop it first, so that nothing is written meanwhile.",
    "newer_than_code": "It was made by a newer version than this one: put that version in place first.",
    "not_equal": "What was read back is not what was put in; nothing of it was kept.",
    "rows_do_not_fit": "The database does not take the rows; nothing of them was kept.",
}


def refuse_unfit(unfit: databases.Unfit) -> NoReturn:
    """End with the sentence of a database that cannot be copied or filled."""
    cause = f" ({unfit.__cause__})" if unfit.__cause__ and unfit.code != "rows_do_not_fit" else ""
    refuse(_UNFIT[unfit.code] + cause, code=unfit.code)


def refuse_disk(error: OSError, target: Path) -> NoReturn:
    """End with the sentence of a disk that is full or closed to us; nothing half-written stays."""
    code = "disk_full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "cannot_write"
    refuse(f"{target} could not be written: {error.strerror}.", code=code, target=str(target))
