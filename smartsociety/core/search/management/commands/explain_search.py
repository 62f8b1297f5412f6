"""`manage.py explain_search "…"`: how each result got its place."""

from typing import Any

from django.core.management.base import BaseCommand

from smartsociety.core.search.explanation import explain
from smartsociety.core.search.finding import find


class Command(BaseCommand):
    """For whoever wonders why something comes first, or not at all."""

    help = "Tells what is looked for, and what of it each of the first results has."

    def add_arguments(self, parser) -> None:
        """The question as a visitor types it."""
        parser.add_argument("question")
        parser.add_argument("--results", type=int, default=10)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it line by line."""
        for line in explain(find(options["question"]), options["results"]):
            self.stdout.write(line)
