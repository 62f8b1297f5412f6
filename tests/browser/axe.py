"""What every page must be: accessible, of one language, no wider than its window."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

SOURCE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
FACTS = """() => ({
    headings: document.querySelectorAll("h1").length,
    language: document.documentElement.lang,
    styled: [...document.querySelectorAll("[style], style")].map(found => found.outerHTML.slice(0, 120)),
    tooWide: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
    twice: [...document.querySelectorAll("[id]")].map(found => found.id).filter((id, i, ids) => ids.indexOf(id) !== i),
    named: document.title.endsWith(" · Smart Society"),
})"""


def check(page: Page, *, language: str) -> None:
    """Nothing that axe or `faults` objects to."""
    found = [*faults(page, language=language), *violations(page)]
    assert found == [], "\n".join([page.url, *found])


def faults(page: Page, *, language: str) -> list[str]:
    """Where the page has not one h1, another language, style in its markup, or scrolls sideways; a line for each."""
    wanted = {"headings": 1, "language": language, "styled": [], "tooWide": 0, "twice": [], "named": True}
    found = page.evaluate(FACTS)
    return [f"{name}: {value}" for name, value in found.items() if value != wanted[name]]


def violations(page: Page, options: dict | None = None) -> list[str]:
    """What axe objects to, a line for each element."""
    expect(page.locator(".htmx-request")).to_have_count(0)  # what is on its way is pale for a moment
    with _scripts(page):
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(SOURCE)  # by the debugger, which the security policy of the page does not bind
        result = page.evaluate("options => axe.run(options)", OPTIONS | (options or {}))
    return [
        f"{violation['id']} ({violation['help']}): {node['html'][:160]} {node['failureSummary'][:300]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@contextmanager
def _scripts(page: Page) -> Iterator[None]:
    """Let timers go, which axe needs, also where scripts are switched off; those of the page do not start."""
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        yield
        return
    session = page.context.new_cdp_session(page)
    for disabled in (True, False):  # a session that did not switch them off cannot switch them on
        session.send("Emulation.setScriptExecutionDisabled", {"value": disabled})
    yield
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    session.detach()
