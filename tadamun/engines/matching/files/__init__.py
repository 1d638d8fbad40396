"""The formats a round is read from and written to: CSV tables, a TOML policy, a JSON certificate.

Nothing is half-read: a table is taken whole or refused with every place that is wrong in it.
"""

from __future__ import annotations

from tadamun.engines.matching.files.problems import BadFile, Problem
from tadamun.engines.matching.files.tables import Tables, read_certificate, read_policy, read_tables
from tadamun.engines.matching.files.written import (
    MatchesFile,
    read_matches,
    write_matches,
    write_rows,
    write_text,
)

__all__ = [
    "BadFile",
    "MatchesFile",
    "Problem",
    "Tables",
    "read_certificate",
    "read_matches",
    "read_policy",
    "read_tables",
    "write_matches",
    "write_rows",
    "write_text",
]
