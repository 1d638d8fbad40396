"""Lines of «we call you» that nobody has sorted yet say so; until now only their request did."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Min


def name_them(apps: Any, schema_editor: Any) -> None:
    """The first line of each request that asked for a call, as long as it has no tier."""
    lines = apps.get_model("needs", "NeedLine").objects
    asked = lines.filter(request__origin="call_back")
    firsts = asked.values("request").annotate(first=Min("pk")).values_list("first", flat=True)
    lines.filter(pk__in=list(firsts), tier__isnull=True).update(asks_for_call=True)


class Migration(migrations.Migration):
    """Data alone."""

    dependencies = [("needs", "0002_calls_asked_for")]
    operations = [migrations.RunPython(name_them, migrations.RunPython.noop)]
