"""Sheets of requests: in and out."""
