"""Naming a practice, an organisation, a tag or an outcome in a form: pages stay light however many there are."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.forms.staff import FEW, OrganisationField
from alliance.models import Organisation
from fieldlabs.models import Outcome
from knowledgebase.forms.naming import OutcomeField, PracticeField, TagField
from knowledgebase.models import Need, Tag
from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db


def more(count: int) -> None:
    """So many more of all that can be named."""
    for _ in range(count):
        practice = factories.PracticeFactory()
        practice.tags.add(factories.TagFactory())
        factories.OutcomeFactory(kind="ground_rule", organisation=practice.owners[0].organisation)
        factories.SignatureFactory(organisation=practice.owners[0].organisation, published=True)


PAGES = {
    "compare": ("visitor", "/kennisbank/vergelijken/"),
    "a need that ends": ("reviewer", "/kennisbank/zoekvragen/zoek/afronden/"),
    "a need": ("reviewer", "/kennisbank/zoekvragen/nieuw/"),
    "a collection": ("reviewer", "/kennisbank/verzamelingen/bundel/bewerken/"),
    "precedence": ("reviewer", "/beheer/zoekwoorden/voorrang/nieuw/"),
    "a tag": ("reviewer", "/beheer/trefwoorden/eerste/"),
    "a rule": ("reviewer", "/beheer/spelregels/regel/afgesproken/"),
    "a practice": ("programme", "/kennisbank/indienen/"),
    "a case": ("reviewer", "/fieldlabs/casussen/indienen/"),
    "a merger": ("secretariat", "/beheer/organisaties/herindelingen/"),
}


def weight(client, address: str) -> tuple[int, int]:
    """How many queries a page asks, and how long it is."""
    client.get(address)  # what is asked once is known then
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert page.status_code == 200
    return len(asked), len(page.content)


@pytest.mark.parametrize("page", PAGES)
def test_page_of_a_form_weighs_the_same_at_few_and_at_many(everyone, page):
    factories.NeedFactory(slug="zoek")
    factories.CollectionFactory(slug="bundel")
    factories.TagFactory(slug="eerste")
    factories.GroundRuleFactory(slug="regel")
    who, address = PAGES[page]
    more(FEW + 1)
    queries, size = weight(everyone[who], address)
    more(12)
    many_queries, many_size = weight(everyone[who], address)
    assert many_queries == queries
    assert abs(many_size - size) < 60


def test_need_ends_with_what_was_chosen_among_the_best(reviewer):
    need = factories.NeedFactory(slug="zoek")
    one = factories.PracticeFactory(slug="een", title="Lampen dimmen in de nacht")
    two = factories.PracticeFactory(slug="twee", title="Lampen dimmen op straat")
    factories.PracticeFactory(title="Lampen dimmen later", draft=True)
    address = "/kennisbank/zoekvragen/zoek/afronden/"
    page = reviewer.post(address, {"solution": "lampen dimmen"})
    html = page.content.decode()
    assert re.findall(r'name="solution_which" value="(\w+)"', html) == ["een", "twee"]
    assert one.owner_names in shown(page)
    assert 'name="solution_for" value="lampen dimmen"' in html
    # What was chosen for other words does not count for these.
    reviewer.post(
        address, {"solution": "nacht dimmen", "solution_for": "lampen dimmen", "solution_which": "twee"}
    )
    assert Need.objects.get(pk=need.pk).solution == one
    reviewer.post("/kennisbank/zoekvragen/zoek/heropenen/")
    reviewer.post(
        address, {"solution": "lampen dimmen", "solution_for": "lampen dimmen", "solution_which": "twee"}
    )
    assert Need.objects.get(pk=need.pk).solution == two


def cleaned(field, text: str):
    """What a field makes of it: the row, or those it can be."""
    try:
        return field.clean(text)
    except Exception as error:  # noqa: BLE001 - told apart below
        return error.code, list(field.candidates)


@pytest.mark.parametrize(
    "text",
    [
        *("laadpalen", "Laadpalen vinden", " laadpalen VINDEN ", "vinden", "/kennisbank/laadpalen/"),
        *("https://www.example.nl/en/kennisbank/laadpalen/?p=1#cost", "www.example.nl/kennisbank/laadpalen"),
    ],
)
def test_practice_is_named_by_words_or_address(practice, text):
    factories.PracticeFactory(title="Iets anders")
    assert cleaned(PracticeField(), text) == practice


def test_practice_is_also_found_by_what_it_is_about(practice):
    factories.PracticeFactory(slug="dim", title="Licht", problem="Fietsers zien niets in de schemering.")
    field = PracticeField()
    assert cleaned(field, "schemering")[0] == "several"
    assert [row.slug for row in field.candidates] == ["dim"]
    for text in ("qqqqqq", "https://[", "/kennisbank/geen/"):
        assert cleaned(PracticeField(), text) == ("unknown", [])


def test_draft_cannot_be_named(visitor):
    factories.PracticeFactory(draft=True, slug="geheim", title="Geheim plan")
    for text in ("geheim", "Geheim plan", "/kennisbank/geheim/"):
        assert cleaned(PracticeField(), text) == ("unknown", [])
    assert "Geheim" not in visitor.get("/kennisbank/titels/?field=add&add=geheim").content.decode()


def test_at_most_eight_are_shown():
    for number in range(10):
        factories.PracticeFactory(title=f"Wijk {number}")
    assert len(cleaned(PracticeField(), "wijk")[1]) == 8


def test_organisation_is_named_by_any_of_its_names():
    bosch = factories.OrganisationFactory(name="'s-Hertogenbosch", slug="den-bosch", aliases=["Den Bosch"])
    bergen = [factories.OrganisationFactory(name=f"Bergen ({at})") for at in ("L", "NH")]
    field = OrganisationField(queryset=Organisation.objects.all())
    for text in ("den bosch", "'s-hertogenbosch", "https://x.example/organisaties/den-bosch/", "Den Bosch "):
        assert cleaned(field, text) == bosch
    assert cleaned(field, "bergen") == ("several", bergen)
    assert cleaned(field, "nergens") == ("unknown", [])


def test_tag_and_outcome_are_named():
    tag = factories.TagFactory(name="Verlichting", slug="verlichting", synonyms=["licht"])
    gone = factories.TagFactory(name="Lampen", merged_into=tag)
    field = TagField(queryset=Tag.objects.standing())
    assert [cleaned(field, text) for text in ("verlichting", "licht")] == [tag, tag]
    assert cleaned(field, "verl") == ("several", [tag])
    assert cleaned(TagField(queryset=Tag.objects.standing()), gone.name) == ("unknown", [])
    outcome = factories.OutcomeFactory(title="Wij tellen fietsen", slug="tellen")
    field = OutcomeField(queryset=Outcome.objects.public())
    assert [cleaned(field, text) for text in ("tellen", "fietsen", outcome.get_absolute_url())] == [
        outcome
    ] * 3


def test_names_are_given_while_typing(visitor, practice):
    factories.OrganisationFactory(name="'s-Hertogenbosch", aliases=["Den Bosch"], in_register=True)
    options = visitor.get("/kennisbank/titels/?field=solution&solution=vinden").content.decode()
    assert options.strip() == '<option value="Laadpalen vinden"></option>'
    options = visitor.get("/ondertekenaars/namen/?field=x&x=den+bosch").content.decode()
    assert options.strip() == '<option value="Den Bosch"></option>'
    for query in ("", "?field=x", "?field=x&x=", "?field=x&x=%00", "?field=x&x=qqqqq"):
        for address in ("/kennisbank/titels/", "/ondertekenaars/namen/"):
            answer = visitor.get(address + query)
            assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_commonest_tags_are_suggested_and_no_more():
    one, two, three = (factories.TagFactory(name=name, is_curated=True) for name in "cba")
    factories.PracticeFactory().tags.add(one, two)
    factories.PracticeFactory().tags.add(one)
    assert Tag.objects.shown().commonest(2) == ["b", "c"]
    assert Tag.objects.shown().commonest(9) == [three.name, two.name, one.name]
