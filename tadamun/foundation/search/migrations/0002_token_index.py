"""The database's own index of the tokens, which it keeps up to date itself, however a row comes or goes."""

from django.db import migrations

SQLITE = (
    # The tokens are folded already: letters and digits between spaces, nothing to be stripped. No positions are kept,
    # as words are asked for and never phrases.
    "CREATE VIRTUAL TABLE search_tokens USING fts5("
    "tokens, tokenize = 'unicode61 remove_diacritics 0', detail = 'none', columnsize = 0)",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN "
    "DELETE FROM search_tokens WHERE rowid = new.id; "
    "INSERT INTO search_tokens (rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN "
    "DELETE FROM search_tokens WHERE rowid = old.id; "
    "INSERT INTO search_tokens (rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN "
    "DELETE FROM search_tokens WHERE rowid = old.id; END",
)
SQLITE_BACK = (
    "DROP TRIGGER search_entry_added",
    "DROP TRIGGER search_entry_changed",
    "DROP TRIGGER search_entry_removed",
    "DROP TABLE search_tokens",
)
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED",
    # Without the list of pending entries, which every search would read to its end.
    "CREATE INDEX search_entry_vector ON search_entry USING gin (vector) WITH (fastupdate = off)",
)
POSTGRESQL_BACK = ("ALTER TABLE search_entry DROP COLUMN vector",)


def make_index(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def drop_index(apps, editor):
    for statement in SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make_index, drop_index)]
