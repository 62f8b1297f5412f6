"""What people did beside writing in the invented knowledge base: tags, reviews and proposed changes."""

from datetime import timedelta
from pathlib import Path

from django.db.models import F
from django.utils import timezone

from alliance.models import Organisation
from knowledgebase.actions.tag import tags_named
from knowledgebase.models import PartInvitation, Practice, Proposal, Remark, Review
from smartsociety.core import sample
from smartsociety.core.models import User

FILE = Path(__file__).with_name("writing.toml")
TAGS = {
    "afval-scheiden-hoogbouw-terugkoppelen": "gft, hoogbouw, gedrag",
    "bouwverkeer-tijdvakken-plannen": "bouwverkeer, binnenstad",
    "herstelpunten-op-de-kaart": "reparatie, kaart",
}


def load(practices: list[Practice], people: dict[str, User]) -> None:
    """For practices that were loaded just now; each state of writing and reviewing is there at least once."""
    for practice in practices:
        if practice.slug in TAGS:
            practice.tags.set(tags_named(TAGS[practice.slug].split(", ")))
    # The history notes what they are linked to.
    Practice.objects.filter(pk__in=[each.pk for each in practices]).update(revision=F("revision"))
    published = [practice for practice in practices if practice.status == Practice.Status.PUBLISHED]
    _change(published, people)
    _review(practices, people)
    _ask(practices, people)
    asked_at = timezone.now() - timedelta(days=45)
    silent = [practice.pk for practice in published[-3:-1]]
    Practice.objects.filter(pk__in=silent).update(asked_at=asked_at, others_asked_at=asked_at)


def _change(published: list[Practice], people: dict[str, User]) -> None:
    """A change that waits for an editor, one that came back with a remark, and one that was declined."""
    known = {practice.slug: practice for practice in published}
    at = timezone.now() - timedelta(days=4)
    for entry in sample.read(FILE)["proposals"]:
        sent = entry["status"] != Proposal.Status.DRAFT
        decided = entry["status"] == Proposal.Status.DECLINED
        if practice := known.get(entry.pop("practice")):
            Proposal.objects.create(
                practice=practice,
                revision=1,
                created_by=people[sample.PROGRAMME],
                submitted_by=people[sample.PROGRAMME] if sent else None,
                submitted_at=at if sent else None,
                decided_by=people[sample.EDITOR] if decided else None,
                decided_at=at if decided else None,
                **entry,
            )


def _ask(practices: list[Practice], people: dict[str, User]) -> None:
    """Whether an organisation takes part that somebody here represents."""
    ours = Organisation.objects.represented_by(people[sample.REPRESENTATIVE]).order_by("pk").first()
    drafts = Practice.objects.filter(pk__in=[each.pk for each in practices], status=Practice.Status.DRAFT)
    for practice in drafts.exclude(organisations=ours).order_by("pk")[:1]:
        PartInvitation.objects.create(
            practice=practice,
            organisation=ours,
            role=PartInvitation.Role.PARTNER,
            contribution="keek mee met de metingen",
            invited_by=people[sample.PROGRAMME],
        )


def _review(practices: list[Practice], people: dict[str, User]) -> None:
    """Who reads what is in review, and remarks on one that came back."""
    editor = people[sample.EDITOR]
    for practice in practices:
        if practice.status == Practice.Status.IN_REVIEW:
            Review.objects.create(practice=practice, reviewer=editor, created_by=editor)
    for practice in [each for each in practices if each.status == Practice.Status.DRAFT][:1]:
        review = Review.objects.create(
            practice=practice, reviewer=editor, created_by=editor, ending=Review.Ending.RETURNED
        )
        Remark.objects.create(
            review=review, field="shortfall", text="Wat zou u de volgende keer anders doen?"
        )
        Remark.objects.create(review=review, field="result", text="Hoe is dit gemeten, en in welke maanden?")
        Remark.objects.create(review=review, field="kosten", text="Weet u al wat het per jaar kost?")
