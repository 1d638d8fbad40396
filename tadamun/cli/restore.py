"""Brings an instance back from a copy: everything is compared before anything is touched, and again afterwards."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from tadamun.cli.backup import refuse_disk, refuse_unfit
from tadamun.cli.copies import archive, databases, passphrases
from tadamun.cli.copies.moves import Move, moved_back_on_error
from tadamun.cli.instance import home, load, make_home
from tadamun.cli.output import emit, json_option, refuse, say

_BESIDE = ".restoring-"
"""How the folders begin in which a copy is unpacked."""
_WRONG_KEY = (
    "This is not the key of the instance that the copy was made of: phones and addresses would stay sealed."
)


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"A file whose first line is the passphrase; or set {passphrases.PASSPHRASE}; else it is asked for.",
)
@click.option(
    "--key-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The instance's sealing.key, where the copy has none; or set SEALING_KEYS; else it is asked for.",
)
@click.option(
    "--replace",
    is_flag=True,
    help="Also over an instance: its files are put aside in TADAMUN_HOME, its tables in PostgreSQL dropped.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    passphrase_file: Path | None,
    key_file: Path | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Fill TADAMUN_HOME and its database from the copy SOURCE, then check counts, digests and the trail.

    The database may be of the other kind than the copy's. A copy of an older version is brought up to date.
    """
    folder = home()
    make_home(folder)
    try:
        _clear_cut_off(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=_BESIDE) as beside, _in_use(Path(beside)):
            result = _restore(
                source, Path(beside), passphrase_file=passphrase_file, key_file=key_file, replace=replace
            )
    except archive.Broken as broken:
        _refuse_broken(broken, source)
    except databases.Unfit as unfit:
        refuse_unfit(unfit)
    except OSError as error:
        refuse_disk(error, folder)
    whole = result["trail_whole"]
    lines = [
        f"{result['home']}: {result['rows']} rows and {result['uploads']} uploads are back, equal to the copy of "
        f"{result['made_at']}.",
        "The trail is whole." if whole else "THE TRAIL IS NOT WHOLE: tadamun trail verify says where.",
    ]
    emit(result, as_json=as_json, text=lines)
    ctx.exit(0 if whole else 1)


def _restore(
    source: Path, beside: Path, *, passphrase_file: Path | None, key_file: Path | None, replace: bool
) -> dict[str, Any]:
    sealed = archive.needs_passphrase(source)
    passphrase = passphrases.read_passphrase(file=passphrase_file, ask=True, twice=False) if sealed else ""
    say("Reading and comparing the copy …")
    manifest = archive.unpack(source, into=beside, passphrase=passphrase)
    given = os.environ.get("SEALING_KEYS", "").strip()
    keys = _keys(manifest, beside=beside, key_file=key_file, given=given)
    # The settings read it from here: a key of their own making would open nothing.
    os.environ["SEALING_KEYS"] = keys
    load()
    from django.db import connection

    final = Path(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None
    _refuse_occupied(final, replace=replace)
    databases.refuse_newer(manifest.migrations)
    if final is not None:
        connection.close()
        connection.settings_dict["NAME"] = str(beside / final.name)
    say("Filling the database …")
    # The files are put in place before the database says yes for good; where it does not, they are put back.
    with _held(final) as nobody_else, moved_back_on_error() as move, databases.whole_or_not_at_all():
        if final is None and not databases.is_empty():
            databases.make_room()
        databases.fill(
            migrations=manifest.migrations,
            source=lambda table: archive.rows_in(beside, table.name),
            expected={name: facts.fingerprint for name, facts in manifest.tables.items()},
            columns={name: facts.columns for name, facts in manifest.tables.items()},
        )
        whole = _trail_is_whole()
        if final is not None:
            connection.close()
            if final.exists() and not nobody_else:
                raise databases.Unfit("still_running")
        uploads = _settle(beside, final, keys="" if given else keys, move=move)
    connection.close()
    return {
        "source": source,
        "home": home(),
        "made_at": manifest.made_at,
        "version": manifest.version,
        "vendor": connection.vendor,
        "tables": {name: facts.rows for name, facts in manifest.tables.items()},
        "rows": sum(facts.rows for facts in manifest.tables.values()),
        "uploads": uploads,
        "left_out": manifest.left_out,
        "equal": True,
        "trail_whole": whole,
    }


def _keys(manifest: archive.Manifest, *, beside: Path, key_file: Path | None, given: str) -> str:
    """The sealing keys that fit this copy: given, in the copy, in the folder, or asked for."""
    if given or key_file:
        keys = given or passphrases.first_line(key_file or Path())
        if not _fit(keys, manifest):
            refuse(
                _WRONG_KEY,
                code="wrong_key",
            )
        return keys
    for path in (beside / "keys" / "sealing.key", home() / "keys" / "sealing.key"):
        if path.is_file() and _fit(keys := passphrases.first_line(path), manifest):
            return keys
    keys = passphrases.ask_key()
    if not keys:
        refuse(
            "The copy has no key in it. Give the instance's sealing.key by --key-file or SEALING_KEYS.",
            code="key_needed",
        )
    if not _fit(keys, manifest):
        refuse(_WRONG_KEY, code="wrong_key")
    return keys


def _fit(keys: str, manifest: archive.Manifest) -> bool:
    """Keys may have been added in front since; the oldest, which hashes are made with, stays."""
    marks = passphrases.key_marks(keys)
    return set(manifest.key_marks) <= set(marks) and marks[-1] == manifest.key_marks[-1]


def _refuse_occupied(final: Path | None, *, replace: bool) -> None:
    """Refuse to write over what is there, unless told; and over what somebody is using, in any case."""
    uploads = home() / "uploads"
    occupied = uploads.is_dir() and any(uploads.iterdir())
    occupied = occupied or (final.exists() if final is not None else not databases.is_empty())
    if occupied and not replace:
        refuse(
            f"There is an instance in {home()} or its database already. --replace puts the copy in its place.",
            code="home_not_empty",
            home=str(home()),
        )
    if final is None and databases.others_connected():
        raise databases.Unfit("still_running")
    if final is not None and final.exists():
        with databases.look_at_sqlite(final, alone=True):
            pass


@contextmanager
def _held(final: Path | None) -> Iterator[bool]:
    """Hold a SQLite file that is there, so that nobody opens it before the copy has its place; gives whether it is."""
    if final is None or not final.exists():
        yield False
        return
    with databases.look_at_sqlite(final, alone=True):
        yield True


def _clear_cut_off(folder: Path) -> None:
    """Remove what a restoring that was killed has left: it holds the copy's rows in the open, and may hold its keys."""
    for left in folder.glob(f"{_BESIDE}*"):
        with suppress(BlockingIOError), _in_use(left):
            shutil.rmtree(left)


@contextmanager
def _in_use(beside: Path) -> Iterator[None]:
    """Lock a folder for as long as this process fills it; BlockingIOError where another one does."""
    place = os.open(beside, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(place)


def _trail_is_whole() -> bool:
    from tadamun.foundation.trail.services import verify_chains

    return all(report.whole for report in verify_chains())


def _settle(beside: Path, final: Path | None, *, keys: str, move: Move) -> int:
    """Put everything in its place, and what was there aside; gives how many uploads there are."""
    folder = home()
    aside = folder / f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    if final is not None:
        log = final.with_name(f"{final.name}-wal")
        if log.exists() and not log.stat().st_size:
            log.unlink()  # it came into being with our own look
        for ending in ("-wal", "-shm", ""):
            move(final.with_name(final.name + ending), aside / (final.name + ending))
        (beside / final.name).chmod(0o600)
        move(beside / final.name, final)
    uploads = folder / "uploads"
    move(uploads, aside / uploads.name)
    move(beside / "uploads", uploads)
    if keys:
        _put_key("sealing.key", keys, beside=beside, aside=aside, move=move)
    session = beside / "keys" / "session.key"
    if session.is_file() and not os.environ.get("SECRET_KEY"):
        _put_key("session.key", session.read_text(), beside=beside, aside=aside, move=move)
    return sum(1 for path in uploads.rglob("*") if path.is_file()) if uploads.is_dir() else 0


def _put_key(name: str, text: str, *, beside: Path, aside: Path, move: Move) -> None:
    path, new = home() / "keys" / name, beside / f"new-{name}"
    if path.is_file() and path.read_text().strip() == text.strip():
        return
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text.strip())
        file.flush()
        os.fsync(file.fileno())
    move(path, aside / name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    move(new, path)


_BROKEN = {
    "cannot_open": "The passphrase does not open {source}, or the file was changed.",
    "not_a_backup": "{source} is not a copy made by `tadamun backup`, or it is cut off.",
    "unsafe_member": "{source} holds something that no copy holds ({member}); nothing of it was used.",
    "too_large": "{source} holds more than there is room for ({member}).",
    "damaged": "{source} is damaged: what it holds is not what its manifest says. {member}",
    "format_unknown": "{source} was made by a newer version than this one: put that version in place first.",
}


def _refuse_broken(broken: archive.Broken, source: Path) -> NoReturn:
    sentence = _BROKEN[broken.code].format(source=source, member=broken.member).strip()
    refuse(sentence, code=broken.code, source=str(source))
