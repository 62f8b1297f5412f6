"""`manage.py load_sample`: an invented alliance to look around in."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.urls import reverse

from smartsociety.core import sample
from smartsociety.core.models import SampleLoad


def sample_modules() -> list[ModuleType]:
    """The `sample` modules of our apps, in the order of INSTALLED_APPS: an app comes after those it builds on."""
    names = [
        f"{config.name}.sample" for config in apps.get_app_configs() if find_spec(f"{config.name}.sample")
    ]
    return [module for name in names if hasattr(module := import_module(name), "load")]


class Command(BaseCommand):
    """Loads the sample data of every app, all or nothing; a second time changes nothing that is there already.

    `--remove` takes them out again, with what people made of them in the meantime.
    """

    help = "Loads sample data: invented people, organisations, fieldlabs and practices. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument(
            "--once", action="store_true", help="do nothing when sample data were loaded before"
        )
        ways.add_argument(
            "--remove", action="store_true", help="remove the sample data, and all that was added to them"
        )

    def handle(self, *args: Any, once: bool, remove: bool, **options: Any) -> None:
        """Load, mark the database as holding sample data, and say how to sign in."""
        if remove:
            self._remove()
            return
        if once and SampleLoad.objects.exists():
            self.stdout.write("Sample data were loaded before.")
        else:
            self._load()
        if settings.DEBUG:
            self._print_people()

    @transaction.atomic
    def _load(self) -> None:
        for module in sample_modules():
            module.load()
            self.stdout.write(f"Loaded {module.__name__}")
        SampleLoad.objects.get_or_create()

    @transaction.atomic
    def _remove(self) -> None:
        for module in reversed(sample_modules()):
            module.unload()
            self.stdout.write(f"Removed {module.__name__}")
        SampleLoad.objects.all().delete()

    def _print_people(self) -> None:
        self.stdout.write(
            f"\nSign in with one click at {settings.SITE_URL}{reverse('dev_sign_in')}, or as:\n"
        )
        for person in sample.PEOPLE:
            self.stdout.write(f"  {person.email:38} {person.role}")
        self.stdout.write(f"\nPassword of all: {sample.PASSWORD}")
        self.stdout.write(
            f"Staff also type a code of an authenticator app that has the secret {sample.TOTP_SECRET}\n"
        )
