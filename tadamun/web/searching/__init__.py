"""Searching a community: requests, offers, people, categories and help, each for those who may see it."""

from __future__ import annotations

from tadamun.web.searching.building import build, build_all
from tadamun.web.searching.finding import EVERY_AUDIENCE, Results, audiences_of, search, search_index
from tadamun.web.searching.words import add_words, remove_words, words_of

__all__ = [
    "EVERY_AUDIENCE",
    "Results",
    "add_words",
    "audiences_of",
    "build",
    "build_all",
    "remove_words",
    "search",
    "search_index",
    "words_of",
]
