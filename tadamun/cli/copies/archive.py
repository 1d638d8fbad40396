"""The file of a copy: a tar of tables, uploads and, where asked for, keys, with a manifest that says what it must hold.

    tables/NAME.jsonl   a row a line, values in the order of the manifest's columns
    uploads/…           as they lie in the instance's folder
    keys/…              only with a passphrase
    manifest.json       the last member: version, migrations, counts, digests

An archive that comes from elsewhere is not trusted: only plain files of these names are taken out, none larger than
the room there is, and every one is compared with the manifest before anything of the instance is touched.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from tadamun.cli.copies.envelope import CannotOpen, SealedReader, SealedWriter, is_sealed
from tadamun.cli.copies.rows import Counting, Fingerprint, Table, as_line

FORMAT = "tadamun-backup-1"
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 16 * 1024 * 1024
_TABLE = re.compile(r"tables/[a-z][a-z0-9_]{0,90}\.jsonl\Z")
_KEY = re.compile(r"keys/(?:sealing|session)\.key\Z")
_BLOCK = 1024 * 1024


class Broken(Exception):
    """An archive that is not whole, not ours or not safe; `code` says which, `member` where."""

    def __init__(self, code: str, member: str = "") -> None:
        super().__init__(code)
        self.code, self.member = code, member


@dataclass(frozen=True)
class TableFacts:
    """One table of a copy: its columns in order, how many rows, and their digest in any order."""

    columns: tuple[str, ...]
    rows: int
    digest: str

    @property
    def fingerprint(self) -> Fingerprint:
        """To compare with a database."""
        return Fingerprint(self.rows, self.digest)


@dataclass(frozen=True)
class Manifest:
    """What a copy holds, when and of what it was made."""

    version: str
    made_at: str
    vendor: str
    migrations: list[tuple[str, str]]
    tables: dict[str, TableFacts]
    key_marks: list[str]
    left_out: list[str]
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 (hex) of every member."""
    format: str = FORMAT


class Packing:
    """A copy in the making."""

    def __init__(self, tar: tarfile.TarFile, *, folder: Path) -> None:
        self._tar, self._folder = tar, folder
        self.files: dict[str, str] = {}
        self.tables: dict[str, TableFacts] = {}

    def add_table(self, table: Table, rows: Iterable[list[Any]]) -> None:
        """Put one table in."""
        counting = Counting()
        with tempfile.TemporaryFile(dir=self._folder) as spool:
            for row in counting.passing(rows):
                spool.write(as_line(row).encode() + b"\n")
            found = counting.fingerprint()
            self.add_file(f"tables/{table.name}.jsonl", spool, size=spool.tell())
        self.tables[table.name] = TableFacts(table.names, found.rows, found.digest)

    def add_folder(self, name: str, folder: Path) -> int:
        """Put all plain files below a folder in; gives how many. One that goes away meanwhile is left out."""
        added = 0
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            try:
                with path.open("rb") as source:
                    size = os.fstat(source.fileno()).st_size
                    self.add_file(f"{name}/{path.relative_to(folder).as_posix()}", source, size=size)
            except FileNotFoundError:
                continue
            added += 1
        return added

    def add_text(self, name: str, text: str) -> None:
        """Put a short text in."""
        with tempfile.TemporaryFile(dir=self._folder) as spool:
            spool.write(text.encode())
            self.add_file(name, spool, size=spool.tell())

    def add_file(self, name: str, source: IO[bytes], *, size: int) -> None:
        """Put an open file in, from its beginning, as long as it was found to be."""
        source.seek(0)
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        reading = _Hashing(source)
        self._tar.addfile(member, cast("IO[bytes]", reading))
        self.files[name] = reading.digest.hexdigest()

    def finish(self, manifest: Manifest) -> Manifest:
        """Put the manifest in, with what was packed."""
        whole = dataclasses.replace(manifest, files=dict(self.files), tables=dict(self.tables))
        self.add_text(MANIFEST, json.dumps(dataclasses.asdict(whole), ensure_ascii=False))
        return whole


@contextmanager
def packed(target: Path, *, passphrase: str) -> Iterator[Packing]:
    """Write a copy beside its place and move it there when it is whole and on the disk.

    :raises OSError: no room, or no right to write.
    """
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with ExitStack() as stack:
            file = stack.enter_context(os.fdopen(handle, "wb"))
            outer: Any = file
            if passphrase:
                outer = stack.enter_context(SealedWriter(cast("BinaryIO", file), passphrase=passphrase))
            # A fixed name and time in the gzip head: the file tells nothing of where it was made.
            tar = stack.enter_context(tarfile.open(mode="w|gz", fileobj=outer, format=tarfile.PAX_FORMAT))
            yield Packing(tar, folder=target.parent)
            tar.close()
            if passphrase:
                outer.close()
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(target)
        _settle_folder(target.parent)
    finally:
        Path(beside).unlink(missing_ok=True)


def needs_passphrase(archive: Path) -> bool:
    """Whether a copy is under a passphrase.

    :raises OSError: it cannot be read.
    """
    with archive.open("rb") as file:
        return is_sealed(file.read(64))


def unpack(archive: Path, *, into: Path, passphrase: str) -> Manifest:
    """Take a copy out into an empty folder and compare all of it with its manifest.

    :raises Broken: `cannot_open`, `not_a_backup`, `unsafe_member`, `too_large`, `damaged` or `format_unknown`.
    """
    with archive.open("rb") as file:
        try:
            source: Any = SealedReader(file, passphrase=passphrase) if passphrase else file
            with tarfile.open(mode="r|gz", fileobj=source) as tar:
                found = {member.name: _take_out(tar, member, into) for member in tar}
            while passphrase and source.read(_BLOCK):
                pass  # what follows the tar's end is authenticated too, up to the last chunk
        except CannotOpen:
            raise Broken("cannot_open") from None
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise Broken("not_a_backup") from error
        except OSError as error:
            # A cut or changed gzip stream is an OSError without a number; a full disk has one.
            if error.errno is not None:
                raise
            raise Broken("not_a_backup") from error
    manifest = _manifest(into)
    if manifest.files != {name: digest for name, digest in found.items() if name != MANIFEST}:
        wrong = set(manifest.files.items()) ^ {item for item in found.items() if item[0] != MANIFEST}
        raise Broken("damaged", sorted(name for name, _ in wrong)[0])
    if {f"tables/{name}.jsonl" for name in manifest.tables} != {n for n in found if n.startswith("tables/")}:
        raise Broken("damaged")
    return manifest


def rows_in(folder: Path, table: str) -> Iterator[list[Any]]:
    """The rows of one table of an unpacked copy."""
    with (folder / "tables" / f"{table}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> str:
    if not member.isreg() or not _is_safe(member.name):
        raise Broken("unsafe_member", member.name[:120])
    if member.size > shutil.disk_usage(into).free or (
        member.name == MANIFEST and member.size > LARGEST_MANIFEST
    ):
        raise Broken("too_large", member.name)
    source = tar.extractfile(member)
    target = into / member.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while source is not None and (block := source.read(_BLOCK)):
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


def _is_safe(name: str) -> bool:
    if name == MANIFEST or _TABLE.match(name) or _KEY.match(name):
        return True
    parts = name.split("/")
    plain = all(part not in {"", ".", ".."} and "\\" not in part and "\0" not in part for part in parts)
    return parts[0] == "uploads" and len(parts) > 1 and plain


def _manifest(folder: Path) -> Manifest:
    try:
        read: Mapping[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if read["format"] != FORMAT:
            raise Broken("format_unknown")
        tables = {
            str(name): TableFacts(tuple(facts["columns"]), int(facts["rows"]), str(facts["digest"]))
            for name, facts in read["tables"].items()
        }
        return Manifest(
            version=str(read["version"]),
            made_at=str(read["made_at"]),
            vendor=str(read["vendor"]),
            migrations=[(str(app), str(name)) for app, name in read["migrations"]],
            tables=tables,
            key_marks=[str(mark) for mark in read["key_marks"]],
            left_out=[str(name) for name in read["left_out"]],
            files={str(name): str(digest) for name, digest in read["files"].items()},
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Broken("not_a_backup") from error


def _settle_folder(folder: Path) -> None:
    """Make the new name last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Hashing:
    """Reads a file and takes its digest on the way."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._source.read(size)
        self.digest.update(block)
        return block
