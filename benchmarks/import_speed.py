"""How fast practices are imported, and in how much memory: the real command in a throw-away database.

    python benchmarks/import_speed.py [--records 10000] [--times 5]

Imports a generated file of that many records, and one that is `--times` as long, each into a database of its own and by
a process of its own, and once more to see that a repetition changes nothing. Prints records a second, the highest
memory of the process, and how the two sizes compare: memory is constant when their ratio stays near one.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from stage import set_environment, throw_away_database  # noqa: E402
from texts import practices  # noqa: E402

ADDRESS = "https://www.example.org/practice/"
# The child says at its end how much memory it had at most, in KiB (in bytes on macOS).
COMMAND = """
import resource, sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "import_practices", sys.argv[1]])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("peak", peak // (1024 * 1024 if sys.platform == "darwin" else 1024))
"""


@dataclass
class Run:
    """What one import took."""

    records: int
    seconds: float
    peak: int
    said: str

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.records / self.seconds


def arguments() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=5, help="how much longer the second file is")
    return parser.parse_args()


def main() -> None:
    """Both sizes, and their ratio."""
    asked = arguments()
    print(f"{'':<24}{'records/s':>12}{'seconds':>10}{'peak MB':>10}")
    small, large = (measure(asked.records * times) for times in (1, asked.times))
    print(
        f"{'second against first':<24}{large[0].rate / small[0].rate:>12.2f}{'':>10}"
        f"{large[0].peak / small[0].peak:>10.2f}"
    )


def measure(records: int) -> tuple[Run, Run]:
    """An import of so many records into an empty portal, and the same file again."""
    outside = dict(os.environ)
    with throw_away_database() as url, tempfile.TemporaryDirectory() as folder:
        set_environment(url, Path(folder))
        subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"], check=True)
        file = Path(folder) / "practices.jsonl"
        write(file, records)
        first, again = take(file, records), take(file, records)
    os.environ.clear()
    os.environ.update(outside)  # the next database is made beside the one that was given, not beside this one
    row(f"{records:,} new", first)
    row(f"{records:,} again", again)
    expect(first, f"New: {records}, changed: 0, as it was: 0, rejected: 0")
    expect(again, f"New: 0, changed: 0, as it was: {records}, rejected: 0")
    return first, again


def write(file: Path, records: int) -> None:
    """That many practices of some 120 words, with three of 200 tags each."""
    with file.open("w", encoding="utf-8") as lines:
        for number, practice in enumerate(practices(records)):
            tags = [f"Onderwerp {(number * step) % 200}" for step in (1, 7, 13)]
            lines.write(json.dumps({**practice, "tags": tags, "source": f"{ADDRESS}{number}"}) + "\n")


def take(file: Path, records: int) -> Run:
    """The command, in a process of its own."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(file)],
        cwd=ROOT,
        env=os.environ,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"The import failed:\n{done.stderr[-2000:]}")
    peak = int(re.search(r"^peak (\d+)$", done.stdout, re.MULTILINE)[1])
    return Run(records, time.monotonic() - begun, peak, done.stdout)


def row(name: str, run: Run) -> None:
    """One line of the table."""
    print(f"{name:<24}{run.rate:>12,.0f}{run.seconds:>10.1f}{run.peak:>10}", flush=True)


def expect(run: Run, wanted: str) -> None:
    """Figures of an import that went wrong say nothing."""
    if wanted not in run.said:
        sys.exit(f"Not “{wanted}” but:\n{run.said[-500:]}")


if __name__ == "__main__":
    main()
