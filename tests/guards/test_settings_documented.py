"""Every variable that can be set from outside is explained in .env.example, and nothing else is."""

import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = r"[A-Z][A-Z0-9_]+"


def read_by_settings() -> set[str]:
    source = (ROOT / "smartsociety" / "settings.py").read_text()
    return set(re.findall(rf'(?:setting\(\s*|environ\.get\()"({NAME})"', source))


def example_lines() -> list[str]:
    return (ROOT / ".env.example").read_text().splitlines()


def test_env_example_names_what_the_settings_read():
    named = [match[1] for line in example_lines() if (match := re.match(rf"#({NAME})=", line))]

    assert sorted(named) == sorted(read_by_settings())


def test_env_example_explains_each_variable_with_its_default():
    lines = example_lines()
    unexplained = [
        line
        for before, line in pairwise(lines)
        if re.match(rf"#{NAME}=", line) and not re.search(r"^# .*(Default|No default|Needed with)", before)
    ]

    assert unexplained == []
