"""Structured logs: JSON lines on stderr with a request id, and no personal data."""

from __future__ import annotations

import logging.config
import re
import traceback
from types import TracebackType
from typing import Any, Final

import structlog

_ROW = re.compile(r"(?m)^(DETAIL|CONTEXT):.*$")
_TELLS_NOTHING_PERSONAL: Final = frozenset(
    {
        "AttributeError",
        "ImproperlyConfigured",
        "ImportError",
        "InterfaceError",
        "ModuleNotFoundError",
        "NameError",
        "OSError",
        "OperationalError",
        "ProgrammingError",
        "RuntimeError",
        "TemplateDoesNotExist",
        "TypeError",
    }
)
"""Errors whose message speaks of the program. Any other may quote what somebody typed, so it stays out."""


def _without_rows(_logger: Any, _method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    """PostgreSQL quotes the whole refused row beside an error, names and all; the log keeps which rule it broke."""
    for key in ("exception", "event"):
        if isinstance(event.get(key), str):
            event[key] = _ROW.sub(r"\1: (left out)", event[key])
    return event


def _without_addresses(
    _logger: Any, _method: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    """Django names the address of a request that failed; an address may be a one-time link."""
    record = event.get("_record")
    if record is not None and record.name == "django.request":
        event["event"] = "request_failed"
        event["status"] = getattr(record, "status_code", None)
    return event


def _written_out(
    exc_info: tuple[type[BaseException] | None, BaseException | None, TracebackType | None],
) -> str:
    """Where it went wrong, cause by cause, with a message only where it cannot be anybody's words."""
    parts: list[str] = []
    error, seen = exc_info[1], set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        name = type(error).__name__
        frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
        message = f": {error}" if name in _TELLS_NOTHING_PERSONAL else ""
        parts.insert(0, f"{frames}{name}{message}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nwhich led to:\n\n".join(parts)


def logging_settings(*, level: str) -> None:
    """Configure structlog and the standard library to write the same JSON lines."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_written_out),
        _without_rows,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(ensure_ascii=False),
                    ],
                    "foreign_pre_chain": [*shared, _without_addresses],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {
                "tadamun": {"level": level},
                "django.server": {"level": "WARNING"},
                # Paths of refused requests may carry what someone typed: keep the count, not the address.
                "django.request": {"level": "ERROR"},
                "django.security.DisallowedHost": {"level": "CRITICAL"},
            },
        }
    )
