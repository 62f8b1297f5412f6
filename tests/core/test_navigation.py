"""Tabs: few stand in a row, many fold."""

import pytest
from django.template import Context
from django.test import RequestFactory

from smartsociety.core.templatetags.components.navigation import section_nav


def tabs(count, here="/beheer/1/"):
    pairs = [part for number in range(1, count + 1) for part in (f"Tab {number}", f"/beheer/{number}/")]
    return section_nav(Context({"request": RequestFactory().get(here)}), *pairs, label="Werkruimte")


@pytest.mark.parametrize(
    ("count", "in_row", "behind_more", "folded"),
    [(3, 3, 0, False), (5, 5, 0, False), (6, 6, 0, True), (9, 9, 0, True), (10, 8, 2, True)],
)
def test_tabs_that_do_not_fit_in_a_row_stand_behind_more(count, in_row, behind_more, folded):
    shown = tabs(count)
    found = [item["label"] for item in [*shown["items"], *shown["more"]]]
    assert found == [f"Tab {number}" for number in range(1, count + 1)]
    assert (len(shown["items"]), len(shown["more"]), shown["folded"]) == (in_row, behind_more, folded)


@pytest.mark.parametrize(
    ("here", "named", "in_more"),
    [("/beheer/2/", "Tab 2", False), ("/beheer/10/wijzigen/", "Tab 10", True), ("/", "Werkruimte", False)],
)
def test_folded_tabs_tell_where_the_reader_is(here, named, in_more):
    shown = tabs(10, here)
    assert (shown["here"], shown["more_is_current"]) == (named, in_more)
