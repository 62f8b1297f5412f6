"""manage.py build_assets: the stylesheet and the font, from node_modules and styles/."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from smartsociety.core import assets


class Command(BaseCommand):
    help = "Makes the stylesheet and the font in build/static/ from node_modules and styles/."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="also when nothing changed")

    def handle(self, *args, force, **options):
        try:
            made = assets.build(settings.BASE_DIR, force=force)
        except assets.AssetsError as error:
            raise CommandError(error) from error
        self.stdout.write("build/static/ is made." if made else "build/static/ is up to date.")
