"""Cut Vazirmatn to the letters and weights the pages use.

    python -m tadamun.design.assets.fonts "SOURCE/fonts/variable/Vazirmatn[wght].ttf"

The source is the npm package `vazirmatn` 33.0.3. Two files come out, so that an Arabic page fetches the Latin one only
where Latin letters or digits stand in it. `unicode-range` in app.css repeats these two sets.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "static" / "design" / "fonts"
WEIGHTS = (400, 700)

# Arabic, with the letters that Kurdish (ڕ ڤ ڵ ۆ ێ ە), Persian (پ چ ژ ک گ ی) and Urdu names need.
ARABIC = (
    "U+060C,U+061B-061C,U+061F,U+0621-063A,U+0640-0652,U+0660-066C,U+0670-0671,U+067E,U+0686,U+0695,U+0698,U+06A4,"
    "U+06A9,U+06AF,U+06B5,U+06BE,U+06C1,U+06C6,U+06CC,U+06CE,U+06D2,U+06D5,U+06F0-06F9,U+200C-200F"
)
# ASCII, French letters, quotation marks, dashes and spaces.
LATIN = (
    "U+0020-007E,U+00A0,U+00AB,U+00B0,U+00B7,U+00BB,U+00C0,U+00C2,U+00C6-00CB,U+00CE-00CF,U+00D4,U+00D7,U+00D9,"
    "U+00DB-00DC,U+00E0,U+00E2,U+00E6-00EB,U+00EE-00EF,U+00F4,U+00F9,U+00FB-00FC,U+00FF,U+0152-0153,U+0178,U+2009,"
    "U+2013-2014,U+2018-201E,U+2022,U+2026,U+202F,U+20AC,U+2212"
)
FILES = {"vazirmatn-arabic.woff2": ARABIC, "vazirmatn-latin.woff2": LATIN}


def code_points(ranges: str) -> list[int]:
    """The code points of a CSS `unicode-range` value."""
    points: list[int] = []
    for part in ranges.split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return points


def cut(*, source: Path, target: Path, ranges: str) -> int:
    """Write one subset as woff2 and return its size in bytes."""
    font = TTFont(source)
    options = Options()
    options.flavor = "woff2"
    options.layout_features = [
        "ccmp",
        "isol",
        "init",
        "medi",
        "fina",
        "rlig",
        "calt",
        "liga",
        "curs",
        "mark",
        "mkmk",
    ]
    options.layout_features += ["kern", "locl"]
    options.hinting = False
    options.desubroutinize = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points(ranges))
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": WEIGHTS})
    font.flavor = "woff2"
    font.save(target)
    return target.stat().st_size


def main() -> None:
    """Cut both files from the source given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    source: Path = parser.parse_args().source
    for name, ranges in FILES.items():
        size = cut(source=source, target=FONTS / name, ranges=ranges)
        sys.stdout.write(f"{name}: {size / 1024:.1f} KB\n")


if __name__ == "__main__":
    main()
