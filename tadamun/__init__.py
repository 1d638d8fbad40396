"""Tadamun (تضامن): software for a community coming together against poverty."""

__version__ = "0.1.0"
