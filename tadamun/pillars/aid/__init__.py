"""Mutual aid: direct help to those in need."""
