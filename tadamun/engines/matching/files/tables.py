"""From two tables of people's words to an instance of numbers, and back by id."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from tadamun.engines.matching.certificate import Certificate, certificate_from_json
from tadamun.engines.matching.errors import InvalidCertificate, InvalidPolicy
from tadamun.engines.matching.files.cells import NEED_COLUMNS, OFFER_COLUMNS
from tadamun.engines.matching.files.problems import BadFile, Problem
from tadamun.engines.matching.files.sheet import Sheet, read_sheet
from tadamun.engines.matching.instance import Instance, Ints, Needs, Offers, pack_words
from tadamun.engines.matching.policy import Policy, policy_from_toml

_MOST_DIGITS: Final = 18


@dataclass(frozen=True, kw_only=True, eq=False)
class Tables:
    """An instance and what its rows and codes stand for.

    Rows are sorted by id: as numbers when all ids of the table are whole numbers, else as text. ``unknown_columns``
    holds the file and name of columns that were passed over.
    """

    instance: Instance
    need_ids: tuple[str, ...]
    offer_ids: tuple[str, ...]
    categories: tuple[str, ...]
    communities: tuple[str, ...]
    unknown_columns: tuple[tuple[str, str], ...]


def read_tables(needs: Path, offers: Path, *, progress: Callable[[str, int], None] | None = None) -> Tables:
    """Read both tables, needs first.

    :param progress: called with ``needs`` or ``offers`` and the rows read so far.
    :raises BadFile: a table cannot be used; when both cannot, it tells of both.
    """
    asked, given = _both_sheets(needs, offers, progress or (lambda table, rows: None))
    categories = tuple(sorted({*asked.columns["category"], *given.columns["category"]}))
    communities = tuple(sorted(set(asked.columns["community"])))
    need_order, offer_order = _by_id(asked.columns["id"]), _by_id(given.columns["id"])
    requires, provides, words = pack_words(
        requires=asked.columns["requires"], provides=given.columns["provides"]
    )
    need_ids = tuple(asked.columns["id"][row] for row in need_order.tolist())
    offer_ids = tuple(given.columns["id"][row] for row in offer_order.tolist())
    instance = Instance(
        needs=_needs(asked, categories, communities, requires, need_order),
        offers=_offers(given, categories, provides, offer_order),
        label=_label(need_ids, offer_ids, categories, communities, words),
    )
    unknown = [
        (str(path), name) for path, sheet in ((needs, asked), (offers, given)) for name in sheet.unknown
    ]
    return Tables(
        instance=instance,
        need_ids=need_ids,
        offer_ids=offer_ids,
        categories=categories,
        communities=communities,
        unknown_columns=tuple(unknown),
    )


def read_policy(path: Path) -> Policy:
    """Read a policy.

    :raises BadFile: it cannot be read or says something unknown.
    """
    try:
        return policy_from_toml(read_text(path))
    except InvalidPolicy as error:
        params = {key: value for key, value in error.params.items() if key not in ("key", "reason")}
        problem = Problem(f"policy_{error.params['reason']}", column=error.params["key"], params=params)
        raise BadFile(path, [problem]) from error


def read_certificate(path: Path) -> Certificate:
    """Read a certificate.

    :raises BadFile: it cannot be read or is not a certificate.
    """
    try:
        return certificate_from_json(read_text(path))
    except InvalidCertificate as error:
        raise BadFile(path, [Problem("not_a_certificate", column=error.params["key"])]) from error


def read_text(path: Path) -> str:
    """The text of a file.

    :raises BadFile: it cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(path, [Problem("not_utf8", params={"byte": error.start})]) from error
    except OSError as error:
        raise BadFile(path, [Problem("unreadable", params={"reason": error.strerror or ""})]) from error


def _both_sheets(needs: Path, offers: Path, tell: Callable[[str, int], None]) -> tuple[Sheet, Sheet]:
    """Read the second table even when the first cannot be used, so that every mistake is said at once."""
    try:
        asked = read_sheet(needs, NEED_COLUMNS, records=True, progress=lambda rows: tell("needs", rows))
    except BadFile as bad:
        try:
            read_sheet(offers, OFFER_COLUMNS, records=True, progress=lambda rows: tell("offers", rows))
        except BadFile as other:
            bad.also = other
        raise
    given = read_sheet(offers, OFFER_COLUMNS, records=True, progress=lambda rows: tell("offers", rows))
    return asked, given


def _by_id(ids: Sequence[str]) -> Ints:
    """Rows in the order of their ids."""
    if all(identity.isascii() and identity.isdigit() and len(identity) <= _MOST_DIGITS for identity in ids):
        order = sorted(range(len(ids)), key=lambda row: (int(ids[row]), ids[row]))
    else:
        order = sorted(range(len(ids)), key=ids.__getitem__)
    return np.array(order, np.int64)


def _codes(values: Sequence[str], names: Sequence[str]) -> Ints:
    place = {name: code for code, name in enumerate(names)}
    return np.fromiter((place[value] for value in values), np.int64, len(values))


def _needs(
    sheet: Sheet, categories: Sequence[str], communities: Sequence[str], requires: Ints, order: Ints
) -> Needs:
    column = sheet.columns
    return Needs(
        category=_codes(column["category"], categories)[order],
        quantity=np.array(column["quantity"], np.int64)[order],
        tier=np.array(column["tier"], np.int64)[order],
        waiting=np.array(column["waiting_days"], np.int64)[order],
        community=_codes(column["community"], communities)[order],
        lat=np.array(column["lat"], np.float64)[order],
        lon=np.array(column["lon"], np.float64)[order],
        start=np.array(column["from"], np.int64)[order],
        end=np.array(column["until"], np.int64)[order],
        requires=requires[order],
    )


def _offers(sheet: Sheet, categories: Sequence[str], provides: Ints, order: Ints) -> Offers:
    column = sheet.columns
    return Offers(
        category=_codes(column["category"], categories)[order],
        quantity=np.array(column["quantity"], np.int64)[order],
        divisible=np.array(column["divisible"], np.bool_)[order],
        lat=np.array(column["lat"], np.float64)[order],
        lon=np.array(column["lon"], np.float64)[order],
        reach_km=np.array(column["reach_km"], np.float64)[order],
        start=np.array(column["from"], np.int64)[order],
        end=np.array(column["until"], np.int64)[order],
        provides=provides[order],
    )


def _label(*names: Sequence[str]) -> str:
    """A digest of what rows and codes stand for."""
    seal = hashlib.sha256(b"tadamun-matching-names/1\n")
    for group in names:
        # Names hold no control characters, so a line break cannot be part of one.
        seal.update(f"{len(group)}\n".encode())
        seal.update("\n".join(group).encode() + b"\n")
    return seal.hexdigest()
