from django.db import migrations


def find_demands(apps, schema_editor):
    """What joined counts at the case of its need: so far nobody could tell it from what said so there itself."""
    demands = apps.get_model('fieldlabs', 'CaseDemand').objects
    for support in apps.get_model('knowledgebase', 'NeedSupport').objects.exclude(need__case=None):
        support.demand = demands.filter(case=support.need.case_id, organisation=support.organisation_id).first()
        support.save()


class Migration(migrations.Migration):

    dependencies = [
        ('knowledgebase', '0016_files_wait_for_a_change'),
    ]

    operations = [
        migrations.RunPython(find_demands, migrations.RunPython.noop),
    ]
