"""The report: what it says, when it may be published, who is nudged, and its PDF."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.utils import timezone, translation

from fieldlabs import actions, tasks
from fieldlabs.models import Fieldlab, FollowUp, Outcome, Report
from fieldlabs.report import report_pdf, sections
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import refused_by, refused_saying
from tests.mailbox import queued
from tests.pages import english, messages_of, page_template, shown

pytestmark = pytest.mark.django_db
DESK = "/beheer/fieldlabs/najaar/verslag/"


@pytest.fixture
def planner():
    return factories.UserFactory(is_staff=True, roles=["programme"], email="pim@vng.example")


@pytest.fixture
def report():
    """Written; of a fieldlab that was held, with one outcome that has an owner."""
    report = factories.ReportFactory(
        fieldlab__slug="najaar", fieldlab__title_nl="Najaar", fieldlab__title_en="Autumn"
    )
    factories.OutcomeFactory(
        fieldlab=report.fieldlab, title="Sensoren", status="draft", organisation__name="Ede"
    )
    return report


def told(sections_, id_):
    section = next(section for section in sections_ if section.id == id_)
    return {fact.label: fact.value for fact in section.facts}


# What must never be


def test_published_report_is_complete():
    with refused_by("fieldlabs_report_published_is_complete"):
        factories.ReportFactory(published_at=timezone.now())


def test_report_leaves_no_outcome_without_owner(report):
    factories.OutcomeFactory(fieldlab=report.fieldlab, organisation=None)
    with refused_saying("has no owner"):
        Report.objects.update(published_at=timezone.now(), figures={})


# Publishing


def test_publishing_closes_the_fieldlab_and_shows_all(planner, report, visitor):
    assert visitor.get("/fieldlabs/najaar/verslag/").status_code == 404
    actions.publish_report(fieldlab=report.fieldlab, by=planner)
    report.refresh_from_db()
    outcome = Outcome.objects.get()
    assert (report.published_by, report.fieldlab.status, outcome.status) == (planner, "reported", "published")
    page = visitor.get("/fieldlabs/najaar/verslag/")
    assert (page.status_code, page_template(page)) == (200, "fieldlabs/report_detail.html")
    assert ("Sensoren" in shown(page), "Ede" in shown(page)) == (True, True)


@pytest.mark.parametrize("lack", ["owner", "lesson", "summary", "report"])
def test_report_that_is_not_complete_is_not_published(planner, report, lack):
    if lack == "owner":
        factories.OutcomeFactory(fieldlab=report.fieldlab, organisation=None)
    elif lack == "lesson":
        factories.OutcomeFactory(fieldlab=report.fieldlab, status="draft", learned="")
    elif lack == "summary":
        Report.objects.update(summary_nl=" ")
    else:
        Report.objects.all().delete()
    with pytest.raises(actions.NotComplete):
        actions.publish_report(fieldlab=report.fieldlab, by=planner)
    assert (Fieldlab.objects.get().status, Outcome.objects.public().filter(title="Sensoren").count()) == (
        "held",
        0,
    )


@pytest.mark.parametrize("status", ["draft", "announced", "open", "closed", "reported", "cancelled"])
def test_report_is_of_a_fieldlab_that_was_held(planner, status):
    report = factories.ReportFactory(fieldlab=factories.FieldlabFactory(status=status))
    with pytest.raises(InvalidTransition):
        actions.publish_report(fieldlab=report.fieldlab, by=planner)
    report.refresh_from_db()
    assert (report.published_at, report.fieldlab.status) == (None, status)


def test_what_was_due_and_is_not_done_goes_on_to_the_next(planner, report):
    later = factories.FieldlabFactory()
    due = factories.FollowUpFactory(due_fieldlab=report.fieldlab)
    on_a_day = factories.FollowUpFactory(fieldlab=report.fieldlab)
    actions.publish_report(fieldlab=report.fieldlab, by=planner)
    assert list(FollowUp.objects.order_by("pk").values_list("pk", "due_fieldlab")) == [
        (due.pk, later.pk),
        (on_a_day.pk, None),
    ]


def test_case_with_an_outcome_is_answered_and_told_of(planner, report):
    case = factories.CaseFactory(fieldlab=report.fieldlab, status="accepted", title="Wie laadt er?")
    waits = factories.CaseFactory(fieldlab=report.fieldlab, status="accepted", title="Wie wacht er?")
    Outcome.objects.update(case=case)
    actions.publish_report(fieldlab=report.fieldlab, by=planner)
    case.refresh_from_db(), waits.refresh_from_db()
    assert (case.status, waits.status) == ("answered", "accepted")
    with translation.override("en"):
        parts = {section.id: section for section in sections(report.fieldlab)}
    told_of = {item.title: [fact.label for fact in item.facts] for item in parts["cases"].items}
    assert told_of == {
        "Wie laadt er?": ["Brought by", "Question", "Status", "Outcomes"],
        "Wie wacht er?": ["Brought by", "Question", "Status"],
    }


def test_numbers_stay_as_they_were_on_the_day_of_publication(planner, report):
    company = factories.OrganisationFactory(kind="company")
    for status, count in (("attended", 3), ("absent", 2)):
        factories.RegistrationFactory.create_batch(
            count, fieldlab=report.fieldlab, organisation=company, status=status
        )
    actions.publish_report(fieldlab=report.fieldlab, by=planner)
    factories.RegistrationFactory(fieldlab=report.fieldlab, status="attended")
    with translation.override("en"):
        parts = sections(Fieldlab.objects.get(slug="najaar"))
    attendance = told(parts, "attendance")
    assert (attendance["Came"], attendance["Registered and did not come"]) == ("3", "2")
    sides = told(parts, "organisations")
    assert [sides[side] for side in ("Government", "Business", "Knowledge", "Society")] == [
        "0",
        "1",
        "0",
        "0",
    ]


def test_marks_of_markdown_are_for_the_outcome_itself(report):
    Outcome.objects.update(learned="Meten is **weten**.\n\n- Eerst vragen")
    parts = {section.id: section for section in sections(report.fieldlab)}
    assert "Meten is weten.\nEerst vragen" in [fact.value for fact in parts["outcomes"].items[0].facts]


def test_report_tells_what_was_measured_and_agreed(report):
    outcome = Outcome.objects.get()
    factories.MeasurementFactory(
        outcome=outcome, indicator="Wachten", baseline=10, value="7.50", unit="minuten"
    )
    factories.MeasurementFactory(
        outcome=outcome, indicator="Klachten", baseline=None, value=3, unit="per week"
    )
    factories.FollowUpFactory(fieldlab=report.fieldlab, what="Plek zoeken", owner_name="Bas Geheim")
    with translation.override("en"):
        parts = {section.id: section for section in sections(report.fieldlab)}
    measured = [fact.value for fact in parts["outcomes"].items[0].facts if fact.label == "Measured"]
    assert measured == [
        "Wachten: from 10 to 7.5 minuten (Dagboeken van twaalf bewoners.)",
        "Klachten: 3 per week, not measured before (Dagboeken van twaalf bewoners.)",
    ]
    assert parts["followups"].items[0].title == "Plek zoeken"
    assert "Bas Geheim" not in str(parts)


# The desk


def test_staff_write_a_summary_and_see_what_is_missing(programme, report):
    factories.OutcomeFactory(fieldlab=report.fieldlab, title="Wees", organisation=None)
    page = programme.get(DESK)
    assert [outcome.title for outcome in page.context["incomplete"]] == ["Wees"]
    answer = programme.post(DESK, {"summary_nl": "Mooi.", "revision": 1})
    report.refresh_from_db()
    assert (answer.status_code, report.summary_nl, report.revision) == (302, "Mooi.", 2)


def test_first_summary_makes_the_report(programme):
    factories.FieldlabFactory(slug="najaar", held=True)
    assert programme.get(DESK).status_code == 200
    assert programme.post(DESK, {"summary_nl": "Mooi.", "revision": 1}).status_code == 302
    assert Report.objects.get().summary_nl == "Mooi."


def test_second_summary_does_not_overwrite_the_first(programme, report, planner):
    mine = Report.objects.get()
    mine.summary_nl = "Van de collega"
    actions.write_report(report=mine, revision=1, by=planner)
    page = programme.post(DESK, {"summary_nl": "Van mij", "revision": 1})
    assert (page.status_code, len(page.context["overtaken"].differences)) == (409, 1)
    assert (page.context["form"]["summary_nl"].value(), Report.objects.get().summary_nl) == (
        "Van mij",
        "Van de collega",
    )
    with pytest.raises(ChangedMeanwhile):
        actions.write_report(report=mine, revision=1, by=planner)


@pytest.mark.parametrize(("owner", "level"), [(True, "success"), (False, "error")])
def test_button_publishes_or_tells_what_is_missing(programme, report, owner, level):
    if not owner:
        factories.OutcomeFactory(fieldlab=report.fieldlab, organisation=None)
    answer = programme.post(english("fieldlabs:report_publish", "najaar"))
    assert answer.url == (
        "/en/fieldlabs/najaar/verslag/" if owner else "/en/beheer/fieldlabs/najaar/verslag/"
    )
    assert [kind for kind, _words in messages_of(answer)] == [level]


def test_button_before_the_fieldlab_was_held_says_so(programme):
    factories.ReportFactory(fieldlab=factories.FieldlabFactory(slug="najaar"))
    answer = programme.post(english("fieldlabs:report_publish", "najaar"))
    told = "A report closes a fieldlab that was held. Mark it as held first."
    assert messages_of(answer) == [("error", told)]


def test_published_report_keeps_a_summary(programme):
    factories.ReportFactory(published=True, fieldlab__slug="najaar")
    page = programme.post(DESK, {"summary_nl": "", "revision": 1})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["summary_nl"])


def test_desk_is_for_programme_staff(visitor, stranger, programme, report):
    publish = f"{DESK}publiceren/"
    assert [client.get(DESK).status_code for client in (visitor, stranger, programme)] == [302, 403, 200]
    assert [client.post(publish).status_code for client in (visitor, stranger)] == [302, 403]
    assert (programme.get(publish).status_code, programme.delete(DESK).status_code) == (405, 405)
    for address in ("/beheer/fieldlabs/x/verslag/", "/fieldlabs/x/verslag/", "/fieldlabs/x/verslag.pdf"):
        assert programme.get(address).status_code == 404
    assert visitor.post("/fieldlabs/najaar/verslag/").status_code == 405
    assert Fieldlab.objects.get().status == "held"


# The PDF


@pytest.mark.parametrize(("language", "title"), [("nl", "Verslag van Najaar"), ("en", "Report of Autumn")])
def test_pdf_is_for_archives_and_for_assistive_technology(visitor, planner, report, language, title):
    actions.publish_report(fieldlab=report.fieldlab, by=planner)
    prefix = "" if language == "nl" else "/en"
    answer = visitor.get(f"{prefix}/fieldlabs/najaar/verslag.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert (meta["dc:title"], str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == (
            title,
            language,
            True,
        )
        kinds = set(_tags(pdf.Root.StructTreeRoot))
    assert {"/H1", "/H2", "/H3", "/P", "/Link"} <= kinds


def test_pdf_of_a_draft_is_for_staff_and_takes_every_sign(visitor, programme, report):
    Outcome.objects.update(title="Teken 你 en 🙂", learned="Regel één\n\nRegel twee")
    assert visitor.get("/fieldlabs/najaar/verslag.pdf").status_code == 404
    assert programme.get("/fieldlabs/najaar/verslag.pdf").content.startswith(b"%PDF-")
    assert report_pdf(report.fieldlab) == report_pdf(report.fieldlab)


def _tags(node):
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from _tags(node.K)
    elif isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)


# Nudges


def test_staff_hear_after_a_week_and_the_coordinator_after_two_each_once(planner, settings):
    settings.COORDINATOR_EMAIL = "coordinator@vng.example"
    factories.UserFactory(is_staff=True, roles=["secretariat"])
    factories.UserFactory(is_staff=True, is_active=False, roles=["programme"])
    fieldlab = factories.FieldlabFactory(
        held=True, ends_at=timezone.now(), starts_at=timezone.now() - timedelta(days=1)
    )
    sent = {}
    for day in range(30):
        with time_machine.travel(fieldlab.ends_at + timedelta(days=day, minutes=1), tick=False):
            before = len(queued())
            tasks.nudge_reports(timestamp=0)
            if mails := queued()[before:]:
                sent[day] = mails
    assert sent == {
        7: [("fieldlabs/report_missing", "pim@vng.example", "nl")],
        14: [("fieldlabs/report_missing_long", "coordinator@vng.example", "nl")],
    }


@pytest.mark.parametrize(
    ("status", "mails"),
    [
        ("draft", 0),
        ("cancelled", 0),
        ("reported", 0),
        ("held", 2),
        ("closed", 2),
        ("open", 2),
        ("announced", 2),
    ],
)
def test_nudge_is_about_what_ended_and_has_no_report(planner, status, mails):
    factories.FieldlabFactory(held=True, status=status)
    tasks.nudge_reports(timestamp=0)
    assert len(queued()) == mails
