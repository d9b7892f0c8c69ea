# The database itself refuses to change a certificate: what was erased, and when, is only ever added to.

from django.db import migrations

SQLITE = """
CREATE TRIGGER retention_append_only BEFORE UPDATE ON retention_certificate
BEGIN SELECT RAISE(ABORT, 'certificates are append-only'); END
"""
FUNCTION = """
CREATE FUNCTION retention_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'certificates are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER retention_append_only BEFORE UPDATE ON retention_certificate
FOR EACH ROW EXECUTE FUNCTION retention_refuse()
"""


def protect(_apps, schema_editor):
    """One trigger, in the words of each database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        schema_editor.execute(POSTGRESQL)
    else:
        schema_editor.execute(SQLITE)


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_begin")]

    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
