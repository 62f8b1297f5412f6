"""The invented practices are an example of what to write: consistent, said once, and honest about what is not known."""

import re
import tomllib
from collections import defaultdict
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from knowledgebase.actions.evidence import IN_USE, municipalities_using
from knowledgebase.models import Attachment, EvidenceStep, GroundRule, Practice, Proposal, RuleVersion
from knowledgebase.models.reuse import FIELDS, NOTES
from knowledgebase.sample import FOLDER
from smartsociety.core.mail import absolute_url

ENTRIES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))
}
PUBLISHED = {slug: entry for slug, entry in ENTRIES.items() if entry["status"] == "published"}
# What a follower asks first; nobody has to search a text for it.
ASKED = (
    "cost_once_follower", "cost_yearly_follower", "procurement", "legal_basis", "personal_data", "data_owner",
    "principles", "algorithm", "sensors", "funding", "fits_sizes", "fits_areas", "fits_without_ict",
)  # fmt: skip
SHORTEST = 5  # words; "Geen persoonsgegevens." may be said twice


def known(entry, name):
    return entry.get(name, "unknown") not in ("unknown", "", [])


def sentences(entry):
    """Those of its texts, each once, without marks and capitals."""
    for name, text in entry.items():
        if isinstance(text, str) and name != "stop_reason":
            for sentence in re.split(r"(?<=[.?!:;])\s+|\n+", text):
                words = re.findall(r"[\w€%.,-]+", sentence.lower())
                if len(words) >= SHORTEST:
                    yield " ".join(words)


def test_most_practices_answer_what_a_follower_asks_and_a_fifth_does_not_know_yet():
    answered = {slug for slug, entry in PUBLISHED.items() if known(entry, "procurement")}
    assert len(answered) == 41
    thin = PUBLISHED.keys() - answered
    assert len(thin) == 12
    open_questions = {
        slug: missing
        for slug in answered
        if (missing := [name for name in ASKED if not known(PUBLISHED[slug], name)])
    }
    # Honestly not known, and said so by the practice itself.
    assert open_questions == {
        "energieverbruik-gemeentegebouwen-tonen": ["principles"],
        "meldingen-terugbellen-buitenruimte": ["principles"],
        "synthetische-testgegevens": ["cost_yearly_follower"],
        "wolkbreuk-testen-digitale-tweeling": ["cost_yearly_follower"],
    }


def test_most_open_questions_have_words_or_a_reason_why_not():
    for slug, entry in PUBLISHED.items():
        if known(entry, "procurement"):
            told = [name for name in NOTES if entry.get(name) or entry.get("gaps", {}).get(name)]
            left = set(NOTES) - set(told) - {"wanted_note"}
            assert left <= {"principles_note"}, slug


def test_no_two_practices_say_the_same_sentence():
    said_by = defaultdict(set)
    for slug, entry in ENTRIES.items():
        for sentence in sentences(entry):
            said_by[sentence].add(slug)
    assert {sentence: slugs for sentence, slugs in said_by.items() if len(slugs) > 1} == {}


def test_an_open_question_has_words_or_a_reason_never_both():
    asked = {field.name for field in FIELDS}
    for slug, entry in PUBLISHED.items():
        assert set(entry.get("gaps", {})) <= set(NOTES), slug
        assert not [name for name in entry.get("gaps", {}) if entry.get(name)], slug
        assert not {"dpia_done_on"} & set(entry) or entry["dpia"] == "done", slug
    assert asked >= set(ASKED)


def test_what_is_wanted_fits_where_it_stands():
    """No second municipality for what was stopped, and every wish has its own words."""
    wishes = {slug: entry["wanted_note"] for slug, entry in PUBLISHED.items() if entry.get("wanted")}
    assert len(set(wishes.values())) == len(wishes) == 3
    assert not [slug for slug in wishes if PUBLISHED[slug]["phase"] == "stopped"]


@pytest.fixture
def loaded(db):
    call_command("load_sample")


def test_sample_evidence_is_earned_on_an_earlier_day_and_can_be_read(loaded):
    today = timezone.localdate()
    steps = list(EvidenceStep.objects.select_related("practice"))
    assert {step.level for step in steps} == {"measured", "reproduced", "evaluated"}
    for step in steps:
        practice = step.practice
        assert timezone.localdate(practice.published_at) <= step.earned_on < today, practice
        report = Attachment.objects.get(practice=practice, pk=step.url.rstrip("/").rpartition("/")[2])
        shown = (practice.slug, report.pk)
        assert step.url == absolute_url(practice.language, "knowledgebase:attachment_download", *shown)
        assert report.file.storage.exists(report.file.name), practice
        if step.level == "reproduced":
            assert municipalities_using(practice) >= 2, practice
            users = practice.adoptions.filter(stage__in=IN_USE, organisation__kind="municipality")
            assert users.filter(claimed_at__date__lte=step.earned_on).exists(), practice
    most = Practice.objects.get(slug="parkeersensoren-laadplekken")
    assert most.evidence == "reproduced"
    assert Practice.objects.filter(evidence="described", status="published").count() > 20


def test_sample_rules_are_dated_on_the_day_of_each_wording(loaded):
    today = timezone.localdate()
    for rule in GroundRule.objects.exclude(agreed_on=None):
        first = rule.versions.get(number=1)
        assert timezone.localdate(first.created_at) == rule.agreed_on < today
    assert not RuleVersion.objects.filter(created_at__gte=timezone.now() - timedelta(days=7)).exists()
    revised = GroundRule.objects.get(status="revised")
    first, second = revised.versions.order_by("number")
    assert second.created_at - first.created_at == timedelta(days=400)


def test_sample_proposals_change_what_their_practice_says(loaded):
    proposals = list(Proposal.objects.select_related("practice"))
    assert {proposal.status for proposal in proposals} == {"submitted", "draft", "declined"}
    for proposal in proposals:
        for name, value in proposal.values.items():
            assert getattr(proposal.practice, name) not in ("", value), name
        assert set(proposal.remarks) <= set(proposal.values)


def test_sample_wishes_stand_at_practices_that_still_run(loaded):
    wishes = Practice.objects.exclude(wanted=[])
    assert wishes.count() == 6
    assert not wishes.filter(phase="stopped").exists()
    assert not wishes.filter(wanted_note="").exists()
    assert wishes.values("wanted_note").distinct().count() == 6
    assert not Practice.objects.filter(dpia_done_on__gt=F("published_at__date")).exists()
