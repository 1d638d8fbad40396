"""Pictures that people send in: read with care, turned upright, and written anew without anything but the picture.

What a camera writes beside it (place, time, its own number, a small copy of the whole) does not reach the new file.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

LONGEST_SIDE = 1200
PIXELS_MOST = 40_000_000
"""More than the cameras of phones make; a small file that unfolds to more is built to harm."""
READ = ("JPEG", "PNG", "WEBP")
QUALITY = 80


class NotAPicture(ValueError):
    """The file cannot be taken; `why` is a code: not_readable, too_large."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Picture:
    """A picture as WebP, and its size in pixels."""

    content: bytes
    width: int
    height: int


def written_anew(content: bytes, *, longest: int = LONGEST_SIDE) -> Picture:
    """A picture of at most so many pixels a side, without anything that stood beside it in the file.

    :raises NotAPicture: no JPEG, PNG or WebP that can be read, or far larger than a camera's.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=READ) as opened:
                if opened.width * opened.height > PIXELS_MOST:
                    raise NotAPicture("too_large")
                opened.draft("RGB", (longest, longest))
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture("too_large") from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, ArithmeticError):
        raise NotAPicture("not_readable") from None
    upright.thumbnail((longest, longest))
    # A canvas of its own: whatever the reader left beside the pixels stays behind.
    canvas = Image.new("RGB", upright.size)
    canvas.paste(upright)
    out = BytesIO()
    canvas.save(out, "WEBP", quality=QUALITY, method=4)
    return Picture(out.getvalue(), *canvas.size)
