"""Models and migrations say the same."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.guards.sources import LABELS


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration():
    call_command(
        "makemigrations", "--check", "--dry-run", verbosity=0
    )  # exits, and so fails, when there is one


@pytest.mark.django_db
def test_migrations_of_an_app_are_one_line():
    assert MigrationLoader(connection).detect_conflicts() == {}


@pytest.mark.django_db
def test_triggers_in_the_database_are_those_of_the_models():
    wanted = {
        trigger.get_pgid(model)
        for model in apps.get_models()
        if model._meta.app_label in LABELS
        for trigger in getattr(model._meta, "triggers", [])
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'pgtrigger_%'")
        assert {row[0] for row in cursor.fetchall()} == wanted


@pytest.mark.django_db
def test_every_constraint_of_a_model_is_in_the_database():
    wanted = {
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in LABELS
        for constraint in model._meta.constraints
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
        )
        assert sorted(wanted - {row[0] for row in cursor.fetchall()}) == []
