"""`manage.py load_register`: every municipality, province and water authority, and the themes."""

from typing import Any

from django.core.management.base import BaseCommand

from alliance.register import load_register, load_themes


class Command(BaseCommand):
    """Loads the register of public bodies, all or nothing."""

    help = "Loads the municipalities, provinces and water authorities, and the themes. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what changed."""
        load_themes()
        loaded = load_register()
        for kind, count in loaded.created.items():
            self.stdout.write(f"New, {kind.value.replace('_', ' ')}: {count}")
        self.stdout.write(f"Changed: {loaded.changed}")
        if loaded.missing:
            self.stdout.write(f"No longer in the files: {', '.join(loaded.missing)}")
