"""The order of the house as the import contracts state it, so that it is written down once."""

from __future__ import annotations

import configparser
import re
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "tadamun"


@cache
def graph() -> grimp.ImportGraph:
    """Who imports whom in our own code."""
    return grimp.build_graph("tadamun", cache_dir=None)


def layers(contract: str) -> list[list[str]]:
    """The layers of a contract, the highest first; rooms side by side share one."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    lines = parser[f"importlinter:contract:{contract}"]["layers"].split("\n")
    return [re.findall(r"\w+", line) for line in lines if line.strip()]


def height(layer: str, *, contract: str) -> int:
    """How high a room stands in its contract; the lowest is 0."""
    order = layers(contract)[::-1]
    return next(number for number, rooms in enumerate(order) if layer in rooms)


def app_of(module: str) -> str | None:
    """The app that a module belongs to, as a dotted path; none for what is no app of foundation or pillars."""
    parts = module.split(".")
    if parts[:2] == ["tadamun", "foundation"] and len(parts) > 2:
        return ".".join(parts[:3])
    if parts[:2] == ["tadamun", "pillars"] and len(parts) > 3:
        return ".".join(parts[:4])
    return ".".join(parts[:2]) if parts[:2] in (["tadamun", "web"], ["tadamun", "design"]) else None


def place_of(app: str) -> tuple[int, int, int]:
    """Where an app stands: its floor, its pillar (or place in the foundation), its place inside the pillar."""
    parts = app.split(".")
    floor = height(parts[1], contract="floors")
    if parts[1] == "foundation":
        return floor, height(parts[2], contract="foundation"), 0
    if parts[1] == "pillars":
        inside = height(parts[3], contract="apps-of-a-pillar")
        return floor, height(parts[2], contract="pillars"), inside
    return floor, 0, 0
