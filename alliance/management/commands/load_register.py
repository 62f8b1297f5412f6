"""`manage.py load_register`: every municipality, province and water authority."""

from typing import Any

from django.core.management.base import BaseCommand

from alliance.register import load_register


class Command(BaseCommand):
    """Loads the register of public bodies, all or nothing."""

    help = "Loads the municipalities, provinces and water authorities. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what changed."""
        loaded = load_register()
        for kind, count in loaded.created.items():
            self.stdout.write(f"New, {kind.value.replace('_', ' ')}: {count}")
        self.stdout.write(f"Changed: {loaded.changed}")
        if loaded.missing:
            self.stdout.write(f"No longer in the files: {', '.join(loaded.missing)}")
