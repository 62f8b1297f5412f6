"""The pages on which an outcome is written."""

import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fieldlabs.minutes import sittings
from fieldlabs.models import Measurement, Outcome, OutcomeFile, OutcomeLink, OutcomeWriter
from tests import factories
from tests.conftest import signed_in
from tests.pages import english, messages_of, page_template, shown

pytestmark = pytest.mark.django_db
HERE = "/fieldlabs/najaar/opbrengst/sensoren/"
DESK = "/beheer/fieldlabs/najaar/opbrengst/"
MINUTES = {"title": "Sensoren", "kind": "lesson", "language": "nl", "learned": "Meten is weten."}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def outcome():
    """A draft of a fieldlab that was held."""
    return factories.OutcomeFactory(
        fieldlab__slug="najaar", slug="sensoren", title="Sensoren", status="draft", organisation=None
    )


@pytest.fixture
def team(outcome):
    """Somebody of the team, asked to write."""
    user = factories.UserFactory(name="Tess de Team")
    factories.OutcomeWriterFactory(outcome=outcome, email=user.email)
    client = signed_in(user)
    client.user = user
    return client


# Minutes


@pytest.mark.parametrize("who", ["programme", "team"])
def test_minutes_are_written_and_saved(request, outcome, who):
    client = request.getfixturevalue(who)
    assert client.get(f"{HERE}schrijven/").context["form"]["revision"].value() == 1
    answer = client.post(
        english("fieldlabs:outcome_write", "najaar", "sensoren"),
        MINUTES | {"revision": 1, "decisions": "Wij gaan door.\r\nIn mei.", "ground_rules": "Open data."},
    )
    outcome.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/en/fieldlabs/najaar/opbrengst/sensoren/")
    assert (outcome.decisions, outcome.ground_rules) == ("Wij gaan door.\nIn mei.", "Open data.")
    assert (outcome.revision, outcome.status) == (2, "draft")
    assert messages_of(answer) == [("success", "The outcome is saved.")]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"kind": "rumour"}, "kind"),
        ({"video_url": "http://film.example/"}, "video_url"),
        ({"made": "x" * 4001}, "made"),
    ],
)
def test_minutes_with_a_mistake_keep_what_was_typed(programme, outcome, given, wrong):
    page = programme.post(f"{HERE}schrijven/", MINUTES | {"revision": 1, "failed": "Alles."} | given)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [wrong])
    assert page.context["form"]["failed"].value() == "Alles."
    assert Outcome.objects.get().revision == 1


def test_published_minutes_keep_a_lesson(programme, outcome):
    Outcome.objects.update(status="published", published_at=timezone.now())
    page = programme.post(f"{HERE}schrijven/", MINUTES | {"revision": 1, "learned": ""})
    assert list(page.context["form"].errors) == ["learned"]


def test_reported_outcome_keeps_its_owner(programme):
    report = factories.ReportFactory(published=True, fieldlab__slug="najaar")
    factories.OutcomeFactory(fieldlab=report.fieldlab, slug="sensoren")
    page = programme.post(f"{HERE}schrijven/", MINUTES | {"revision": 1})
    assert list(page.context["form"].errors) == ["organisation"]


def test_second_writer_sees_what_differs_and_loses_nothing(programme, team, outcome):
    team.post(f"{HERE}schrijven/", MINUTES | {"revision": 1, "made": "Een kastje met een lamp."})
    page = programme.post(f"{HERE}schrijven/", MINUTES | {"revision": 1, "made": "Een kastje."})
    overtaken = page.context["overtaken"]
    assert (page.status_code, page_template(page)) == (409, "fieldlabs/outcome_write.html")
    assert (overtaken.by, len(overtaken.differences)) == (team.user, 1)
    assert page.context["form"]["made"].value() == "Een kastje."
    assert Outcome.objects.get().made == "Een kastje met een lamp."
    # Saving again, having seen it, is a decision.
    again = programme.post(
        f"{HERE}schrijven/", MINUTES | {"revision": page.context["form"]["revision"].value()}
    )
    assert (again.status_code, Outcome.objects.get().revision) == (302, 3)


def test_who_opens_it_is_warned_that_a_colleague_is_writing(programme, team, outcome):
    team.post(f"{HERE}schrijven/", MINUTES | {"revision": 1, "made": "Een kastje."})
    assert programme.get(f"{HERE}schrijven/").context["writing_now"] == team.user
    assert team.get(f"{HERE}schrijven/").context["writing_now"] is None
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=11)):
        assert programme.get(f"{HERE}schrijven/").context["writing_now"] is None


def test_case_is_chosen_from_those_of_the_fieldlab(programme, outcome):
    assert "case" not in programme.get(f"{HERE}schrijven/").context["form"].fields
    mine = factories.CaseFactory(fieldlab=outcome.fieldlab, status="accepted")
    other = factories.CaseFactory()
    form = programme.post(f"{HERE}schrijven/", MINUTES | {"revision": 1, "case": other.pk}).context["form"]
    assert list(form.errors) == ["case"]
    programme.post(f"{HERE}schrijven/", MINUTES | {"revision": 1, "case": mine.pk})
    assert list(mine.outcomes.all()) == [outcome]


# Drafts that save themselves


def autosave(client, **given):
    answer = client.post(f"{HERE}schrijven/", MINUTES | given, headers={"X-Autosave": "1"})
    return answer.status_code, json.loads(answer.content)


def test_draft_saves_itself_and_tells_the_next_revision(team, outcome):
    status, told = autosave(team, revision=1, made="Een kast")
    assert (status, told["revision"]) == (200, 2)
    status, told = autosave(team, revision=2, made="Een kastje")
    assert (status, told["revision"], Outcome.objects.get().made) == (200, 3, "Een kastje")


def test_draft_keeps_what_is_right_and_names_what_is_not(team, outcome):
    status, told = autosave(team, revision=1, title="", made="Een kastje")
    saved = Outcome.objects.get()
    assert (status, saved.title, saved.made) == (200, "Sensoren", "Een kastje")
    assert "niet opgeslagen: Titel" in told["message"]


def test_draft_never_overwrites_what_somebody_else_saved(programme, team, outcome):
    autosave(team, revision=1, made="Van het team")
    status, told = autosave(programme, revision=1, made="Van de staf")
    assert (status, list(told), Outcome.objects.get().made) == (409, ["message"], "Van het team")


@pytest.mark.parametrize("given", [{}, {"revision": "x"}])
def test_draft_without_its_revision_is_not_saved(team, outcome, given):
    assert (autosave(team, made="Blind", **given)[0], Outcome.objects.get().revision) == (409, 1)


def test_what_is_published_never_changes_by_itself(team, outcome):
    Outcome.objects.update(status="published", published_at=timezone.now())
    assert autosave(team, revision=1, made="Half af")[0] == 409
    assert "data-autosave" not in team.get(f"{HERE}schrijven/").content.decode()


# Earlier versions


def test_versions_show_what_each_sitting_changed(programme, team, outcome):
    autosave(team, revision=1, made="Een")
    autosave(team, revision=2, made="Een kastje")
    autosave(programme, revision=3, made="Een kast")
    latest, first = sittings(outcome)[:2]
    assert (latest.by, first.by) == (programme.user, team.user)
    changed = [part.text.strip() for part in first.differences[0].paragraphs[0] if part.kind == "new"]
    page = programme.get(f"{HERE}geschiedenis/")
    assert (page.status_code, page.context["sittings"][0].by) == (200, programme.user)
    assert "kastje" in " ".join(changed)
    assert "Tess de Team" in shown(page)


# Numbers, links and files


def test_evidence_is_added_and_removed(team, outcome):
    address = f"{HERE}bijlagen/"
    number = {
        "indicator": "Wachttijd",
        "baseline": "10",
        "value": "7.5",
        "unit": "minuten",
        "method": "Geteld.",
    }
    team.post(address, {"kind": "metingen"} | {f"metingen-{name}": value for name, value in number.items()})
    team.post(address, {"kind": "links", "links-title": "Demo", "links-url": "demo.example"})
    upload = SimpleUploadedFile("plan.exe", PDF)
    team.post(address, {"kind": "bestanden", "bestanden-title": "Plan", "bestanden-file": upload})
    measurement, document = Measurement.objects.get(), OutcomeFile.objects.get()
    assert (float(measurement.change), OutcomeLink.objects.get().url) == (-2.5, "https://demo.example")
    assert (document.extension, document.size, document.file.name.endswith(".pdf")) == ("pdf", len(PDF), True)
    page = team.get(address)
    assert (page.status_code, "Wachttijd" in shown(page), "PDF" in shown(page)) == (200, True, True)
    download = team.get(f"{HERE}bestanden/{document.pk}/")
    assert (download["Content-Type"], b"".join(download.streaming_content)) == ("application/pdf", PDF)
    assert download["Content-Disposition"] == f'attachment; filename="sensoren-{document.pk}.pdf"'
    for kind, row in (
        ("metingen", measurement),
        ("links", OutcomeLink.objects.get()),
        ("bestanden", document),
    ):
        team.post(f"{address}{kind}/{row.pk}/verwijderen/")
    assert [model.objects.count() for model in (Measurement, OutcomeLink, OutcomeFile)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "given", "wrong"),
    [
        ("metingen", {"indicator": "Wachttijd", "value": "veel", "unit": "m", "method": "x"}, "value"),
        ("links", {"title": "Demo", "url": "javascript:alert(1)"}, "url"),
        ("bestanden", {"title": "Plan", "file": SimpleUploadedFile("plan.pdf", b"MZ not a pdf")}, "file"),
    ],
)
def test_evidence_with_a_mistake_keeps_what_was_typed(team, outcome, kind, given, wrong):
    page = team.post(
        f"{HERE}bijlagen/", {"kind": kind} | {f"{kind}-{name}": each for name, each in given.items()}
    )
    form = page.context["forms"][kind]
    assert (page.status_code, list(form.errors)) == (200, [wrong])
    typed = next(name for name in given if name not in (wrong, "file"))
    assert form[typed].value() == given[typed]


def test_evidence_of_another_outcome_is_missing(team, outcome):
    link = factories.OutcomeLinkFactory()
    assert team.post(f"{HERE}bijlagen/links/{link.pk}/verwijderen/").status_code == 404
    assert team.post(f"{HERE}bijlagen/geheimen/{link.pk}/verwijderen/").status_code == 404
    assert team.get(f"{HERE}bestanden/{factories.OutcomeFileFactory().pk}/").status_code == 404
    assert OutcomeLink.objects.count() == 1


# Staff


def test_staff_start_an_outcome_and_go_on_to_writing(programme, outcome):
    answer = programme.post(
        f"{DESK}nieuw/", {"title": "Lampen", "kind": "result", "language": "nl", "team": "Licht"}
    )
    assert (answer.status_code, answer.url) == (302, "/fieldlabs/najaar/opbrengst/lampen/schrijven/")
    made = Outcome.objects.get(slug="lampen")
    assert (made.team, made.created_by, made.status) == ("Licht", programme.user, "draft")
    page = programme.post(f"{DESK}nieuw/", {"title": "", "team": "Licht"})
    assert (page.status_code, "title" in page.context["form"].errors) == (200, True)


@pytest.mark.parametrize(
    ("step", "before", "level", "after"),
    [
        ("publish", "draft", "success", ["published"]),
        ("take_back", "published", "success", ["draft"]),
        ("discard", "draft", "success", []),
        ("discard", "published", "error", ["published"]),
        ("take_back", "draft", "error", ["draft"]),
    ],
)
def test_buttons_of_staff(programme, outcome, step, before, level, after):
    Outcome.objects.update(published_at=timezone.now())
    if before == "published":
        Outcome.objects.update(status="published")
    answer = programme.post(f"{DESK}sensoren/status/", {"step": step})
    assert (answer.status_code, [kind for kind, _words in messages_of(answer)]) == (302, [level])
    assert list(Outcome.objects.values_list("status", flat=True)) == after


def test_button_that_does_not_exist_is_missing(programme, outcome):
    assert programme.post(f"{DESK}sensoren/status/", {"step": "burn"}).status_code == 404


def test_staff_ask_a_writer_and_let_go(programme, outcome):
    programme.post(f"{DESK}sensoren/schrijvers/", {"email": "tess@ede.example"})
    writer = OutcomeWriter.objects.get()
    assert "tess@ede.example" in shown(programme.get(f"{DESK}sensoren/schrijvers/"))
    assert programme.post(f"{DESK}sensoren/schrijvers/", {"email": "tess"}).status_code == 200
    programme.post(f"{DESK}sensoren/schrijvers/{writer.pk}/verwijderen/")
    assert OutcomeWriter.objects.count() == 0


# Who, what and how


@pytest.mark.parametrize("end", ["schrijven/", "bijlagen/", "geschiedenis/", "vervolgafspraken/"])
def test_writing_is_for_who_was_asked(visitor, stranger, team, outcome, end):
    statuses = [client.get(f"{HERE}{end}").status_code for client in (visitor, stranger, team)]
    Outcome.objects.update(status="published", published_at=timezone.now())
    assert (statuses, stranger.get(f"{HERE}{end}").status_code) == ([302, 404, 200], 403)
    assert team.get(f"/fieldlabs/najaar/opbrengst/x/{end}").status_code == 404
    assert team.delete(f"{HERE}{end}").status_code == 405
