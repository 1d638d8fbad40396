"""That no piece is promised twice, as PostgreSQL itself sees to it.

SQLite has one writer at a time, and every booking looks at the calendar and writes in one transaction.
"""

from django.db import migrations

MAKE = (
    # A trusted extension since PostgreSQL 13: the owner of the database may make it.
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE library_booking ADD CONSTRAINT booking_of_a_piece_never_overlaps "
    "EXCLUDE USING gist (copy_id WITH =, tstzrange(starts_at, ends_at) WITH &&) "
    "WHERE (state IN ('offered', 'requested', 'approved', 'ready', 'out'))",
)
DROP = ("ALTER TABLE library_booking DROP CONSTRAINT booking_of_a_piece_never_overlaps",)


def make_constraint(apps, editor):
    for statement in MAKE if editor.connection.vendor == "postgresql" else ():
        editor.execute(statement)


def drop_constraint(apps, editor):
    for statement in DROP if editor.connection.vendor == "postgresql" else ():
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunPython(make_constraint, drop_constraint)]
