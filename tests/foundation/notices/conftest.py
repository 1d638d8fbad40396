"""Words for the notices that these tests send."""

import pytest
from django.utils.translation import gettext_noop, ngettext_lazy

from tadamun.foundation.notices import wording


@pytest.fixture(autouse=True)
def words(monkeypatch):
    """Three kinds of notice, for the length of a test."""
    monkeypatch.setattr(wording, "_wordings", dict(wording._wordings))
    wording.register_wording(
        kind="tests.hello", subject=gettext_noop("Hello"), body="Request %(number)s: %(url)s"
    )
    wording.register_wording(
        kind="tests.code", subject=gettext_noop("Your code"), body="Your code is %(secret)s"
    )
    wording.register_wording(
        kind="tests.counted",
        subject=gettext_noop("Counted"),
        body=ngettext_lazy("%(count)s parcel on %(day_on)s", "%(count)s parcels on %(day_on)s", "count"),
    )
