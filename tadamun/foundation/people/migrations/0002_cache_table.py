"""The table that the shared cache keeps its entries in: limits, used codes."""

from django.conf import settings
from django.core.management import call_command
from django.db import migrations


def make_cache_tables(apps, editor):
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


def drop_cache_tables(apps, editor):
    for cache in settings.CACHES.values():
        if cache["BACKEND"].endswith("DatabaseCache"):
            editor.execute(f"DROP TABLE IF EXISTS {editor.quote_name(cache['LOCATION'])}")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(make_cache_tables, drop_cache_tables)]
