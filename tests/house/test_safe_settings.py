"""A production start refuses what would leave people exposed, even by a slip of the pen."""

import pytest

from tadamun.config.environment import Environment, UnsafeSetting, kept_secret
from tadamun.config.logs import _without_rows

LONG = "k" * 40


@pytest.fixture
def production(monkeypatch):
    for name, value in {
        "TADAMUN_ENV": "production",
        "SITE_URL": "https://help.example.org",
        "ALLOWED_HOSTS": "help.example.org",
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("TADAMUN_DEMO", "TADAMUN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_a_sound_one_starts(production):
    Environment().refuse_unsafe()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TADAMUN_DEMO", "1"),
        ("TADAMUN_DEBUG", "1"),
        ("SITE_URL", "http://help.example.org"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", ""),
        ("TADAMUN_ENV", "Production"),
        ("TADAMUN_ENV", "prod"),
    ],
)
def test_an_unsafe_one_does_not(production, name, value):
    production.setenv(name, value)

    with pytest.raises(UnsafeSetting):
        Environment().refuse_unsafe()


@pytest.mark.parametrize("given", ["short", f"{LONG},", f"{LONG},,{LONG}", f"{LONG},short"])
def test_no_key_is_short_or_empty(production, tmp_path, given):
    production.setenv("SEALING_KEYS", given)

    with pytest.raises(UnsafeSetting):
        kept_secret(tmp_path / "key", environment="SEALING_KEYS")


def test_keys_that_are_long_enough_are_taken(production, tmp_path):
    production.setenv("SEALING_KEYS", f"{LONG},{LONG}")

    assert kept_secret(tmp_path / "key", environment="SEALING_KEYS") == f"{LONG},{LONG}"


def test_the_log_keeps_no_row_that_a_database_refused():
    said = 'IntegrityError: violates check "x"\nDETAIL:  Failing row contains (1, ليلى, 0790000000).\nmore'

    assert "ليلى" not in _without_rows(None, "error", {"exception": said})["exception"]
