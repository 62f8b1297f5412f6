"""`manage.py rebuild_search`: make the search index anew, or check it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from smartsociety.core.search import packing, upkeep
from smartsociety.core.search.kinds import all_kinds


class Command(BaseCommand):
    """Searching goes on meanwhile: each portion is replaced in a transaction of its own."""

    help = "Makes the search index anew while searching goes on, or with --check only says what is wrong with it."

    def add_arguments(self, parser) -> None:
        """Which part, from where."""
        names = [kind.name for kind in all_kinds()]
        parser.add_argument("--kind", choices=names, default="", help="only this kind")
        parser.add_argument("--after", type=int, default=0, help="go on after the row with this number")
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fails when something is wrong"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check or rebuild, and say how far it is."""
        kinds = upkeep.kinds_named(options["kind"])
        if options["check"]:
            self.check_kinds(kinds)
            return
        for name in upkeep.repair_triggers():
            self.stdout.write(f"Trigger put back: {name}")
        for kind in kinds:
            self.stdout.write(f"{kind.name}: {kind.rows().count()} to index")
            for step in upkeep.rebuild(kind, options["after"] if options["kind"] else 0):
                again = f"rebuild_search --kind {kind.name} --after {step.last}"
                self.stdout.write(f"{kind.name}: {step.done} of {step.total} (go on with {again})")
        packing.pack()
        if wrong := upkeep.lists_at_fault():
            upkeep.mend_lists(wrong)
            self.stdout.write(f"Lists of words mended: {len(wrong)}")
        self.stdout.write("The index is complete.")

    def check_kinds(self, kinds) -> None:
        """Say per kind what is wrong; fail when anything is."""
        wrong = [f"trigger missing: {name}" for name in upkeep.triggers.missing()]
        for kind in kinds:
            faults = upkeep.check(kind)
            for what in ("missing", "superfluous", "outdated"):
                if rows := getattr(faults, what):
                    some = ", ".join(map(str, rows[:10]))
                    wrong.append(f"{kind.name}: {len(rows)} {what} ({some})")
            if not faults:
                self.stdout.write(f"{kind.name}: right")
        if lists := upkeep.lists_at_fault():
            wrong.append(f"lists of words that differ from the entries: {len(lists)}")
        if wrong:
            raise CommandError("\n".join(wrong))
