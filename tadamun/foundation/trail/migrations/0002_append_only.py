"""Entries of the trail can be added, never changed or removed: the database itself refuses."""

from django.db import migrations

TABLE = "trail_trailentry"


def forbid_changes(apps, editor):
    if editor.connection.vendor == "sqlite":
        for action in ("UPDATE", "DELETE"):
            editor.execute(
                f"CREATE TRIGGER trail_no_{action.lower()} BEFORE {action} ON {TABLE} "
                "BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"
            )
    else:
        editor.execute(
            "CREATE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$"
        )
        editor.execute(
            f"CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION trail_is_append_only()"
        )


def allow_changes(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER trail_no_update")
        editor.execute("DROP TRIGGER trail_no_delete")
    else:
        editor.execute(f"DROP TRIGGER trail_no_change ON {TABLE}")
        editor.execute("DROP FUNCTION trail_is_append_only()")


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(forbid_changes, allow_changes)]
