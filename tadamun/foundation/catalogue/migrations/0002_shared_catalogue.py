"""Fill the shared catalogue."""

from django.db import migrations

from tadamun.foundation.catalogue.services import load_catalogue


def load(apps, editor):
    load_catalogue(model=apps.get_model("catalogue", "Category"))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
