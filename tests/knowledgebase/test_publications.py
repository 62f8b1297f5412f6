"""Publications: reports, films, guides and tools, beside the practices and found with them."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledgebase.models import Publication
from tests import factories
from tests.database import refused_by

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
ANSWERS = {
    "kind": "report",
    "title": "Waarom proeven stoppen",
    "summary": "Geld voor een jaar.",
    "language": "nl",
    "made_by": "Ede",
    "published_on": "2026-02-01",
    "url": "https://rapport.example/",
    "licence": "CC0-1.0",
}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Uploads of a test go with it."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "private": place}


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("kind_is_known", {"kind": "song"}),
        ("licence_is_known", {"licence": "mine"}),
        ("is_somewhere", {"url": ""}),
    ],
)
def test_database_refuses(constraint, fields):
    with refused_by(f"knowledgebase_publication_{constraint}"):
        factories.PublicationFactory(**fields)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Film", "Gids"]),
        ("q=straat+sensor", ["Gids"]),
        ("kind=film", ["Film"]),
        ("theme=water", ["Gids"]),
        ("language=en", ["Film"]),
        ("licence=CC0-1.0", ["Gids"]),
    ],
)
def test_list_is_narrowed_and_hides_what_is_hidden(visitor, query, titles):
    guide = factories.PublicationFactory(title="Gids", summary="Een sensor in de straat.", licence="CC0-1.0")
    guide.themes.add(factories.ThemeFactory(slug="water"))
    factories.PublicationFactory(title="Film", kind="film", language="en", published_on=date(2026, 5, 1))
    factories.PublicationFactory(title="Verborgen", summary="Een sensor in de straat.", is_shown=False)
    page = visitor.get(f"/kennisbank/publicaties/?{query}")
    assert [row.title for row in page.context["page"]] == titles


def test_page_leads_to_what_it_draws_on(visitor):
    made = factories.PublicationFactory(slug="gids", project=factories.ProjectFactory())
    fieldlab = factories.FieldlabFactory()
    made.practices.add(
        factories.PracticeFactory(title="Drukte tonen"),
        factories.PracticeFactory(title="Concept", draft=True),
    )
    made.fieldlabs.add(fieldlab, factories.FieldlabFactory(title_nl="Nog geheim", status="draft"))
    text = visitor.get("/kennisbank/publicaties/gids/").content.decode()
    assert [word in text for word in ("Drukte tonen", fieldlab.title, made.project.title)] == [True] * 3
    assert [word in text for word in ("Concept", "Nog geheim")] == [False] * 2


def test_film_is_a_link_and_nothing_is_loaded(visitor):
    factories.PublicationFactory(slug="film", kind="film", url="https://film.example/drukte")
    text = visitor.get("/kennisbank/publicaties/film/").content.decode()
    assert 'href="https://film.example/drukte"' in text
    assert "<iframe" not in text


def test_hidden_one_is_for_staff_only(visitor, stranger, reviewer, programme):
    factories.PublicationFactory(slug="gids", is_shown=False)
    answers = [
        client.get("/kennisbank/publicaties/gids/").status_code
        for client in (visitor, stranger, reviewer, programme)
    ]
    assert answers == [404, 404, 200, 200]


def test_file_is_handed_out_as_what_it_is(visitor):
    made = factories.PublicationFactory(slug="gids", url="", file=ContentFile(PDF, name="x.pdf"))
    answer = visitor.get("/kennisbank/publicaties/gids/bestand/")
    assert (answer.headers["Content-Type"], b"".join(answer.streaming_content)) == ("application/pdf", PDF)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gids.pdf"'
    made.is_shown = False
    made.save()
    assert visitor.get("/kennisbank/publicaties/gids/bestand/").status_code == 404


def test_search_for_practices_finds_publications_under_their_own_kind(visitor):
    factories.PublicationFactory(title="Gids over laadpalen")
    factories.PublicationFactory(title="Verborgen over laadpalen", is_shown=False)
    page = visitor.get("/kennisbank/?q=laadpalen")
    assert [row.title for row in page.context["publications"]] == ["Gids over laadpalen"]
    assert visitor.get("/kennisbank/").context["publications"] == []


def test_staff_add_change_show_and_hide(reviewer):
    practice = factories.PracticeFactory(slug="drukte")
    reviewer.post("/beheer/publicaties/nieuw/", ANSWERS | {"practices": "drukte", "is_shown": "on"})
    made = Publication.objects.get(slug="waarom-proeven-stoppen")
    assert (made.is_shown, list(made.practices.all()), made.created_by) == (True, [practice], reviewer.user)
    reviewer.post(f"/beheer/publicaties/{made.slug}/", ANSWERS | {"title": "Anders"})
    made.refresh_from_db()
    assert (made.title, made.is_shown, made.slug) == ("Anders", False, "waarom-proeven-stoppen")


def test_file_is_known_by_its_content(reviewer):
    def add(content: bytes):
        upload = SimpleUploadedFile("rapport.pdf", content, "application/pdf")
        return reviewer.post("/beheer/publicaties/nieuw/", ANSWERS | {"url": "", "file": upload})

    assert list(add(b"MZ not a document").context["form"].errors) == ["file"]
    assert add(PDF).status_code == 302
    assert Publication.objects.get().file.name.endswith(".pdf")


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"url": ""}, {"__all__"}),
        ({"kind": "film", "url": ""}, {"url"}),
        ({"practices": "weg"}, {"practices"}),
        ({"title": "", "published_on": "gisteren"}, {"title", "published_on"}),
    ],
)
def test_form_says_what_is_wrong(reviewer, answers, wrong):
    page = reviewer.post("/beheer/publicaties/nieuw/", ANSWERS | answers)
    assert set(page.context["form"].errors) == wrong


def test_publication_of_the_future_is_refused(programme):
    page = programme.post("/en/beheer/publicaties/nieuw/", ANSWERS | {"published_on": "2099-01-01"})
    assert page.context["form"].errors == {"published_on": ["Fill in a day from 1990 up to today."]}


def test_kind_is_chosen_from_what_there_is(programme):
    form = programme.get("/en/beheer/publicaties/nieuw/").context["form"]
    assert [option.data["value"] for option in form["kind"].subwidgets] == Publication.Kind.values
