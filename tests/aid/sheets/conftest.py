"""Browsers for the pages of sheets, and a sheet as people really fill it, of our own making."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.test import Client

from tests.aid.board.conftest import browser_of  # noqa: F401

HEAD = ("طابع زمني", "الاسم", "رقم الجوال", "عدد الأفراد", "الاحتياج", "بحاجة إليه متى؟", "الحي", "ملاحظات")
ROWS: tuple[Sequence[Any], ...] = (
    (
        "2026/03/01 09:15:00",
        "سعاد العمري",
        "0791112233",
        "خمسة أفراد",
        "سلة غذائية وحفاضات",
        "20/03/2026",
        "الزيتون",
        "",
    ),
    ("2026/03/01 10:20:00", "عبد الله حمدان", "٠٧٨٢٢٢٣٣٤٤", "٤", "دواء", "٢١ رمضان ١٤٤٧", "الزيتون", "=1+1"),
    ("2026/03/01 11:00:00", "منيرة صالح", "لا يوجد", "3", "بطانيات", "", "الزيتون", ""),
    ("2026/03/01 12:00:00", "سعاد العمرى", "+962 79 111 2233", "5", "إيجار", "25/03/2026", "الزيتون", ""),
    ("2026/03/02 08:00:00", "هاني درويش", "0773334455", "كثير", "خبز", "30/02/2026", "الوادي", ""),
    ("", "", "", "", "", "", "المجموع", ""),
)


def as_csv(
    rows: Sequence[Sequence[Any]] = (HEAD, *ROWS), *, delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    """The rows as a text file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.fixture
def desk(browser_of: Callable[..., Client], coordinator: Any) -> Client:  # noqa: F811
    """The coordinator's browser, in English."""
    return browser_of(coordinator)
