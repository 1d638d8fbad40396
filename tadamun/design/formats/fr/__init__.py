"""Formats for French pages."""
