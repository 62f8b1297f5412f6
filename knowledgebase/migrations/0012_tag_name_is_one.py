from django.db import migrations, models


def without_commas(apps, schema_editor):
    """A name with a comma became two tags at the next save; with a space it is still readable, and one."""
    tags = apps.get_model("knowledgebase", "Tag").objects
    for tag in tags.filter(name__contains=","):
        name = " ".join(tag.name.replace(",", " ").split())
        is_free = name and not tags.filter(name__iexact=name).exists()
        tag.name = name if is_free else f"{name[:50]} {tag.pk}".strip()
        tag.save(update_fields=["name"])


class Migration(migrations.Migration):

    dependencies = [
        ('knowledgebase', '0011_adopter_does_not_own'),
    ]

    operations = [
        migrations.RunPython(without_commas, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.CheckConstraint(condition=models.Q(('name__contains', ','), _negated=True), name='knowledgebase_tag_name_is_one'),
        ),
    ]
