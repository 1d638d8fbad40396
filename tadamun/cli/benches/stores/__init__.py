"""Databases filled for a bench and dropped after it."""
