"""What a draft that saves itself is told, and what the second of two writers must see."""

import json

import pytest
import time_machine
from django import forms
from django.test import Client, RequestFactory
from django.utils.translation import override

from alliance.models import Project
from smartsociety.core import autosave
from smartsociety.core.comparison import Part
from smartsociety.core.conflict import overtaken_by
from tests import factories


class Note(forms.Form):
    """Two fields."""

    title = forms.CharField(label="Title", max_length=5)
    text = forms.CharField(label="Text", required=False)


@pytest.mark.parametrize(
    ("method", "header", "is_it"),
    [("post", "1", True), ("post", "yes", False), ("post", None, False), ("get", "1", False)],
)
def test_only_a_post_of_the_script_is_an_autosave(method, header, is_it):
    headers = {"X-Autosave": header} if header else {}
    assert autosave.is_autosave(getattr(RequestFactory(), method)("/", headers=headers)) is is_it


def test_kept_draft_tells_when_at_which_revision_and_what_is_left_out():
    with override("en"), time_machine.travel("2027-03-01T12:03:00Z", tick=False):
        right = json.loads(autosave.kept(Note({"title": "Short"}), revision=4).content)
        wrong = json.loads(autosave.kept(Note({"title": "Far too long"}), revision=5).content)
    assert right == {"message": "Draft saved at 13:03.", "revision": 4}
    assert wrong == {"message": "Draft saved at 13:03. Not yet right, and not saved: Title.", "revision": 5}


def test_overtaken_draft_is_told_so_with_the_status_of_a_conflict():
    answer = autosave.overtaken()
    assert (answer.status_code, list(json.loads(answer.content))) == (409, ["message"])


def test_draft_with_a_secret_out_of_date_gets_the_one_that_counts(db):
    client = Client(enforce_csrf_checks=True)
    first = client.post("/kennisbank/indienen/", {"title": "Lampen"}, headers={"X-Autosave": "1"})
    assert (first.status_code, list(first.json())) == (403, ["token"])
    again = {"title": "Lampen", "csrfmiddlewaretoken": first.json()["token"]}
    answer = client.post("/kennisbank/indienen/", again, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.url) == (302, "/account/login/?next=/kennisbank/indienen/")


def test_draft_that_may_not_be_written_any_more_is_told_so(stranger, db):
    factories.PracticeFactory(slug="licht")
    answer = stranger.post("/en/kennisbank/licht/bewerken/", {}, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json()) == (
        403,
        {
            "message": "Not saved: this cannot be changed any more. Copy what you typed before you leave this page."
        },
    )


def test_second_writer_sees_what_saving_would_change_of_what_the_first_saved(db):
    class Form(forms.ModelForm):
        class Meta:
            model = Project
            fields = ["title_nl", "summary_nl"]

    saved = factories.ProjectFactory(title_nl="Sensoren", summary_nl="Wij meten geluid.\nElke dag.")
    form = Form({"title_nl": "Sensoren", "summary_nl": "Wij meten licht.\r\nElke dag."})
    overtaken = overtaken_by(saved, form, Form(instance=saved))
    assert [difference.label for difference in overtaken.differences] == [str(form["summary_nl"].label)]
    assert overtaken.differences[0].paragraphs[0][1:3] == [Part("gone", "geluid."), Part("new", "licht.")]
    assert overtaken.by is None  # the tests themselves are nobody
