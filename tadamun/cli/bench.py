"""Measure the engines against other programs, on this machine, in one run."""

from __future__ import annotations

import importlib
from pathlib import Path

import click

_HERE = Path(__file__).resolve().parent / "benches"


class BenchesByFile(click.Group):
    """One file a bench in ``benches/``, each with a ``command``; only the one asked for is loaded."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The benches there are."""
        return sorted(path.stem.replace("_", "-") for path in _HERE.glob("*.py") if path.stem != "__init__")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one bench."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = importlib.import_module(
            f"tadamun.cli.benches.{cmd_name.replace('-', '_')}"
        ).command
        return found


@click.group("bench", cls=BenchesByFile)
def command() -> None:
    """Measure an engine against other programs."""
