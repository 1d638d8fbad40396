"""Which Chromium the browser tests use: the system's own, since none is downloaded."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


def find_chromium() -> str | None:
    """The path of a Chromium, or none; `TADAMUN_CHROMIUM` names another."""
    named = os.environ.get("TADAMUN_CHROMIUM")
    candidates = [named] if named else NAMES
    return next((path for path in map(shutil.which, candidates) if path), None)
