"""Components of texts and numbers alone are laid out once for the same values, and only for the same ones."""

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from smartsociety.core.facets import Group, Option
from smartsociety.core.templatetags.components.forms import facet
from smartsociety.core.templatetags.components.registry import laid_out
from smartsociety.core.templatetags.components.states import badge
from tests import factories


@pytest.fixture(autouse=True)
def nothing_kept():
    laid_out.cache_clear()


def test_same_values_are_laid_out_once():
    assert badge("Pilot") == badge(label="Pilot", icon="") == '<span class="nl-data-badge">Pilot</span>\n'
    assert (laid_out.cache_info().misses, laid_out.cache_info().hits) == (1, 1)


def test_text_that_is_safe_is_not_taken_for_one_that_is_not():
    assert "<b>x</b>" in badge(SafeString("<b>x</b>"))
    assert "&lt;b&gt;x&lt;/b&gt;" in badge("<b>x</b>")


def test_each_language_has_its_own():
    label = _("Knowledge base")
    shown = []
    for language in ("nl", "en", "nl"):
        with override(language):
            shown.append("Kennisbank" in badge(label))
    assert shown == [True, False, True]


def test_row_of_the_database_is_never_kept(db):
    theme = factories.ThemeFactory(name_nl="Eerst", name_en="First")
    assert "Eerst" in badge(theme)
    theme.name_nl = "Daarna"
    assert "Daarna" in badge(theme)
    assert laid_out.cache_info().currsize == 0


def test_in_development_a_template_may_change(settings):
    settings.DEBUG = True
    badge("Pilot")
    assert laid_out.cache_info().currsize == 0


def test_facet_with_other_numbers_is_put_together_from_what_was_laid_out():
    shown = [
        facet(
            Group("phase", "Fase", [Option("pilot", "Pilot", number, is_chosen=False)], chosen=0),
            is_open=True,
        )
        for number in (7, 1234)
    ]
    assert ["(7)" in shown[0], "(1.234)" in shown[1], "\x00" in "".join(shown)] == [True, True, False]
    assert laid_out.cache_info().currsize == 2  # the facet and its option
