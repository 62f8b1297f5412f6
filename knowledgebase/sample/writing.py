"""What people did beside writing in the invented knowledge base: tags, honest gaps, reviews, changes, evidence."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from alliance.models import Organisation
from knowledgebase.actions.tag import tags_named
from knowledgebase.models import (
    EvidenceRequest,
    EvidenceStep,
    Judgement,
    PartInvitation,
    Practice,
    Proposal,
    Remark,
    Review,
)
from knowledgebase.models.evidence import STANDS_FOR
from smartsociety.core import sample
from smartsociety.core.models import User

TAGS = {
    "afval-scheiden-hoogbouw-terugkoppelen": "gft, hoogbouw, gedrag",
    "bouwverkeer-tijdvakken-plannen": "bouwverkeer, binnenstad",
    "herstelpunten-op-de-kaart": "reparatie, kaart",
}
ANSWERS = {
    "funding": ["own", "subsidy"],
    "funding_is_lasting": "partly",
    "cost_once_follower": "5k_25k",
    "cost_yearly_follower": "lt_5k",
    "effort_follower": "40_200",
    "procurement": "quotes",
    "legal_basis": "public_task",
    "personal_data": "no",
    "algorithm": "no",
    "sensors": "yes",
    "principles": "partly",
    "data_owner": "government",
    "fits_sizes": ["m", "l"],
    "fits_areas": ["city", "suburb"],
    "fits_without_ict": "yes",
    "wanted": ["second_municipality"],
    "wanted_note": "Een gemeente met meer laagbouw dan wij, om te zien of het daar ook werkt.",
    "needs_organisation": "Iemand die elke week naar de cijfers kijkt.",
    "gaps": {"standards_note": "not_applicable", "ethics_note": "unknown"},
}


def load(practices: list[Practice], people: dict[str, User]) -> None:
    """For practices that were loaded just now; each state of writing and reviewing is there at least once."""
    for practice in practices:
        if practice.slug in TAGS:
            practice.tags.set(tags_named(TAGS[practice.slug].split(", ")))
    # The history notes what they are linked to.
    Practice.objects.filter(pk__in=[each.pk for each in practices]).update(revision=F("revision"))
    published = [practice for practice in practices if practice.status == Practice.Status.PUBLISHED]
    for practice in published[:6]:
        Practice.objects.filter(pk=practice.pk).update(**ANSWERS)
    _prove(published, people)
    _change(published, people)
    _review(practices, people)
    _ask(practices, people)
    asked_at = timezone.now() - timedelta(days=45)
    silent = [practice.pk for practice in published[-3:-1]]
    Practice.objects.filter(pk__in=silent).update(asked_at=asked_at, others_asked_at=asked_at)


def _prove(published: list[Practice], people: dict[str, User]) -> None:
    """A step of the ladder for some, and what an expert finds of one."""
    for practice, level, days in zip(
        published[:3], ("evaluated", "measured", "measured"), (90, 200, 400), strict=False
    ):
        earned_on = timezone.localdate() - timedelta(days=days)
        step = EvidenceStep.objects.create(
            practice=practice,
            level=level,
            note="De meting staat in het verslag dat bij de nota aan het college zat.",
            earned_on=earned_on,
            ends_on=earned_on + STANDS_FOR,
            created_by=people[sample.EDITOR],
        )
        Practice.objects.filter(pk=practice.pk).update(
            evidence=level, evidence_earned_on=earned_on, evidence_ends_on=step.ends_on
        )
    for practice in published[6:7]:
        EvidenceRequest.objects.create(
            practice=practice,
            level="measured",
            note="Wij telden drie weken voor en drie weken na de start, op dezelfde uren.",
            url="https://meting.voorbeeld.example/verslag",
            earned_on=timezone.localdate() - timedelta(days=20),
            asked_by=people[sample.PROGRAMME],
        )
    for practice in published[:1]:
        Judgement.objects.create(
            practice=practice,
            expert="Onderzoeker gedrag, Instituut Stad en Data (voorbeeld)",
            verdict=Judgement.Verdict.CAUTIOUS,
            text="De opzet met loting is sterk. Het aantal flats met een extra bak is te klein voor een hard cijfer.",
            given_on=timezone.localdate() - timedelta(days=80),
            created_by=people[sample.EDITOR],
        )


def _change(published: list[Practice], people: dict[str, User]) -> None:
    """A change that waits for an editor, one that came back with a remark, and one that was declined."""
    wanted = [
        (Proposal.Status.SUBMITTED, "De kosten per jaar zijn nu bekend.", ""),
        (Proposal.Status.DRAFT, "", "Bijna goed. Kijk nog eens naar de uitleg."),
        (Proposal.Status.DECLINED, "Andere naam.", "De titel zegt nu niet meer voor wie het is."),
    ]
    for practice, (status, note, reason) in zip(published[3:6], wanted, strict=False):
        sent = status != Proposal.Status.DRAFT
        decided = status == Proposal.Status.DECLINED
        at = timezone.now() - timedelta(days=4)
        Proposal.objects.create(
            practice=practice,
            status=status,
            values={
                "cost_note": "Na een jaar weten we het: beheer kost € 3.200 per jaar.",
                "cost_yearly": "lt_5k",
            },
            note=note,
            reason=reason,
            remarks={} if sent else {"cost_note": "Is dit met of zonder de uren van de wijkbeheerder?"},
            revision=1,
            created_by=people[sample.PROGRAMME],
            submitted_by=people[sample.PROGRAMME] if sent else None,
            submitted_at=at if sent else None,
            decided_by=people[sample.EDITOR] if decided else None,
            decided_at=at if decided else None,
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
