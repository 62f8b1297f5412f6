"""`manage.py explain_search "…"`: how each result got its place."""

from typing import Any

from django.core.management.base import BaseCommand

from smartsociety.core.search.explanation import explanation, lines
from smartsociety.core.search.finding import find
from smartsociety.core.search.kinds import all_kinds


class Command(BaseCommand):
    """For whoever wonders why something comes first, or not at all."""

    help = "Tells what is looked for, and what of it each of the first results has."

    def add_arguments(self, parser) -> None:
        """The question as a visitor types it."""
        parser.add_argument("question")
        parser.add_argument("--results", type=int, default=10)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it line by line."""
        kinds = [kind.number for kind in all_kinds()]
        for line in lines(explanation(find(options["question"], kinds), kinds, options["results"])):
            self.stdout.write(line)
