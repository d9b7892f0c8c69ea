# A part of a name is found among 200,000 members by trigrams: PostgreSQL's own, or a full-text table that SQLite keeps.

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE members_words USING fts5(search_key, tokenize='trigram')",
    "INSERT INTO members_words (rowid, search_key) SELECT id, search_key FROM members_member",
    """CREATE TRIGGER members_words_new AFTER INSERT ON members_member BEGIN
    INSERT INTO members_words (rowid, search_key) VALUES (new.id, new.search_key); END""",
    """CREATE TRIGGER members_words_changed AFTER UPDATE OF search_key ON members_member
    WHEN old.search_key <> new.search_key BEGIN
    UPDATE members_words SET search_key = new.search_key WHERE rowid = new.id; END""",
    """CREATE TRIGGER members_words_gone AFTER DELETE ON members_member BEGIN
    DELETE FROM members_words WHERE rowid = old.id; END""",
)


def find_parts_of_names(_apps, schema_editor):
    """pg_trgm is a trusted extension since PostgreSQL 13. SQLite: a later migration that makes the table anew drops
    the triggers, and must run these lines again; the tests of the search fail until it does.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute("CREATE INDEX members_words ON members_member USING gin (search_key gin_trgm_ops)")
        return
    for statement in SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("members", "0001_begin")]

    operations = [migrations.RunPython(find_parts_of_names, migrations.RunPython.noop, elidable=False)]
