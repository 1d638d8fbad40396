"""Gather the icons the pages use into one SVG sprite.

    python -m tadamun.design.assets.sprite TABLER/icons/outline LUCIDE/icons

The sources are the npm packages `@tabler/icons` 3.51.0 and `lucide-static` 1.62.0. To add an icon: name it in
`tabler.txt`, run this, commit both.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

SPRITE = Path(__file__).resolve().parent.parent / "static" / "design" / "icons.svg"

TABLER = tuple(Path(__file__).with_name("tabler.txt").read_text(encoding="utf-8").split())
LUCIDE = ("accessibility", "hand-heart", "hand-helping")
# One name that points forward in the reading direction, whichever that is.
ALIASES = {"chevron-forward": "chevron-right", "chevron-back": "chevron-left"}
_BACKGROUND = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
_BODY = re.compile(r"<svg[^>]*>(.*?)</svg>", re.DOTALL)


def symbol(*, name: str, source: Path) -> str:
    """One icon file as a `<symbol>`, without its transparent background."""
    found = _BODY.search(source.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{source} holds no svg")
    body = (
        re.sub(r"\s+", " ", _BACKGROUND.sub("", found[1])).replace("> <", "><").replace(" />", "/>").strip()
    )
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


def build(*, tabler: Path, lucide: Path) -> str:
    """The whole sprite, names in order.

    :raises FileNotFoundError: a name here is no icon of that version.
    """
    sources = {name: tabler / f"{name}.svg" for name in TABLER}
    sources |= {name: lucide / f"{name}.svg" for name in LUCIDE}
    sources |= {alias: tabler / f"{name}.svg" for alias, name in ALIASES.items()}
    symbols = [symbol(name=name, source=sources[name]) for name in sorted(sources)]
    licence = "<!-- Tabler Icons (MIT) and Lucide (ISC): licences in vendor/icons -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{licence}\n' + "\n".join(symbols) + "\n</svg>\n"


def main() -> None:
    """Build the sprite from the two folders given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tabler", type=Path)
    parser.add_argument("lucide", type=Path)
    given = parser.parse_args()
    SPRITE.write_text(build(tabler=given.tabler, lucide=given.lucide), encoding="utf-8")
    sys.stdout.write(f"{SPRITE.name}: {SPRITE.stat().st_size / 1024:.1f} KB\n")


if __name__ == "__main__":
    main()
