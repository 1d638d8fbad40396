"""Formats for Arabic pages."""
