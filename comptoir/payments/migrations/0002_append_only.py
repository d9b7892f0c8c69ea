# The database itself refuses to change an entry: the ledger is only ever added to (C22).

from django.db import migrations

SQLITE = """
CREATE TRIGGER payments_append_only BEFORE UPDATE ON payments_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""
FUNCTION = """
CREATE FUNCTION payments_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER payments_append_only BEFORE UPDATE ON payments_entry
FOR EACH ROW EXECUTE FUNCTION payments_refuse()
"""


def protect(_apps, schema_editor):
    """One trigger, in the words of each database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        schema_editor.execute(POSTGRESQL)
    else:
        schema_editor.execute(SQLITE)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_begin")]

    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
