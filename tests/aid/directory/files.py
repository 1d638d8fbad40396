"""Files of services for tests: small ones made here, and the large ones that stand beside the repository."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def shared(name: str) -> Path:
    """A file of the shared data; the test is skipped, saying so, where there is none."""
    beside = [above / "shared" / "data" for above in ROOT.parents]
    named = os.environ.get("TADAMUN_SHARED_DATA")
    folder = Path(named) if named else next((one for one in beside if one.is_dir()), beside[0])
    if not (folder / name).exists():
        pytest.skip(f"{name} is not in {folder} (TADAMUN_SHARED_DATA names another folder)")
    return folder / name


def csv_of(rows: Sequence[Mapping[str, str]], *, encoding: str = "utf-8") -> bytes:
    """A table with the columns of its rows."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    text = io.StringIO(newline="")
    written = csv.DictWriter(text, heads)
    written.writeheader()
    written.writerows(rows)
    return text.getvalue().encode(encoding)


def zip_of(files: Mapping[str, bytes]) -> io.BytesIO:
    """An archive of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    made.seek(0)
    return made


def package(**tables: Sequence[Mapping[str, str]]) -> io.BytesIO:
    """A datapackage of HSDS tables."""
    return zip_of({f"data/{name}.csv": csv_of(rows) for name, rows in tables.items()})


BANK = {"id": "1", "name": "جمعية الخبز", "description": ""}
PANTRY = {"id": "10", "organization_id": "1", "name": "مخزن الطعام", "description": "سلال كلّ أسبوع"}


def small(**changes: Sequence[Mapping[str, str]]) -> io.BytesIO:
    """One organisation with one service at one place, and what a test adds."""
    tables: dict[str, Sequence[Mapping[str, str]]] = {
        "organizations": [BANK],
        "services": [PANTRY],
        "locations": [
            {"id": "7", "organization_id": "1", "name": "المقرّ", "latitude": "31.95", "longitude": "35.91"}
        ],
        "services_at_location": [{"id": "1", "service_id": "10", "location_id": "7"}],
        "physical_addresses": [{"id": "1", "location_id": "7", "address_1": "شارع السوق 4", "city": "عمّان"}],
    }
    return package(**(tables | changes))
