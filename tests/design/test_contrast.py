"""Every pair of text and ground in the tokens reaches seven to one."""

import re
from pathlib import Path

import pytest

import tadamun

SHEET = (Path(tadamun.__file__).parent / "design/static/design/app.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", SHEET.split("@media", 1)[0]))

PAIRS = [
    *[
        ("ink", ground)
        for ground in ("paper", "surface", "sand-1", "sand-2", "clay-tint", "pine-tint", "urgent-tint")
    ],
    *[("ink-2", ground) for ground in ("paper", "surface", "sand-1", "warm")],
    *[("pine", ground) for ground in ("paper", "surface")],
    *[("pine-deep", ground) for ground in ("surface", "pine-tint", "warm")],
    *[("surface", ground) for ground in ("pine", "pine-deep", "clay", "clay-deep", "ink")],
    ("clay-deep", "clay-tint"),
    ("urgent", "urgent-tint"),
    ("urgent", "surface"),
    ("info", "info-tint"),
    ("ok", "ok-tint"),
    ("ink", "gold"),
    ("ink", "focus"),
]


def luminance(colour: str) -> float:
    text = colour.lstrip("#")
    wide = "".join(part * 2 for part in text) if len(text) == 3 else text
    parts = [int(wide[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], TOKENS[ground]) >= 7
