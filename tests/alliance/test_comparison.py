"""What changed between two versions of the declaration."""

import pytest
from django.utils import timezone

from tests import factories
from tests.pages import english, page_template, shown


@pytest.fixture
def versions(db):
    factories.DeclarationFactory(text_nl="Wij werken samen.", text_en="We work together.")
    factories.DeclarationFactory(
        version=2, text_nl="Wij leren samen.", text_en="We learn together.", published_at=timezone.now()
    )


@pytest.mark.parametrize(("prefix", "came", "went"), [("", "leren", "werken"), ("/en", "learn", "work")])
def test_page_marks_changes_for_eyes_and_ears(visitor, versions, prefix, came, went):
    page = visitor.get(f"{prefix}/steunverklaring/versies/2/vergelijk/1/")
    assert (page.status_code, page_template(page)) == (200, "alliance/declaration_compare.html")
    html = page.content.decode()
    assert html.count("<ins>") == html.count("<del>") == 1
    assert f"{came}<span" in html.split("<ins>")[1].split("</ins>")[0]
    assert f"{went}<span" in html.split("<del>")[1].split("</del>")[0]
    if prefix:
        assert "We [removed: work ] [new: learn ] together." in " ".join(shown(page).split())


def test_page_reads_from_old_to_new_whatever_the_order(visitor, versions):
    pages = [visitor.get(f"/en/steunverklaring/versies/{a}/vergelijk/{b}/") for a, b in ((1, 2), (2, 1))]
    assert [(page.context["older"].version, page.context["newer"].version) for page in pages] == [
        (1, 2),
        (1, 2),
    ]


def test_same_version_says_that_nothing_changed(visitor, versions):
    assert "The wording of these versions is the same" in shown(
        visitor.get("/en/steunverklaring/versies/2/vergelijk/2/")
    )


def test_markup_in_a_text_is_shown_as_text(visitor, versions):
    factories.DeclarationFactory(version=3, text_nl="<script>alert(1)</script>", published_at=timezone.now())
    assert "<script>alert" not in visitor.get("/steunverklaring/versies/3/vergelijk/1/").content.decode()


def test_draft_cannot_be_compared(visitor, versions):
    factories.DeclarationFactory(version=3, text_nl="Geheim.", published_at=None)
    assert visitor.get("/steunverklaring/versies/3/vergelijk/1/").status_code == 404
    assert visitor.get("/steunverklaring/versies/9/vergelijk/1/").status_code == 404


def test_comparison_is_only_read(visitor, versions):
    wrong = visitor.post("/steunverklaring/versies/2/vergelijk/1/")
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET, HEAD")


def test_declaration_lists_all_versions_with_a_comparison(visitor, versions):
    page = visitor.get("/en/steunverklaring/").content.decode()
    assert f'href="{english("alliance:declaration_compare", 1, 2)}"' in page
    assert f'href="{english("alliance:declaration_compare", 2, 2)}"' not in page
