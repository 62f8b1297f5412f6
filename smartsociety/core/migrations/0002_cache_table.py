from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """The table of the shared cache; a no-op when it exists."""
    call_command("createcachetable", database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
