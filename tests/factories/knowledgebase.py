"""Factories of the knowledge base."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from knowledgebase.models import (
    Adoption,
    AdoptionDraft,
    AdoptionStep,
    Attachment,
    Bookmark,
    Boost,
    Collection,
    CollectionItem,
    EvidenceRequest,
    EvidenceStep,
    GroundRule,
    Judgement,
    Need,
    NeedOffer,
    NeedSupport,
    Picture,
    Practice,
    PracticeOrganisation,
    Proposal,
    Publication,
    Question,
    ReadCount,
    Remark,
    Review,
    RuleVersion,
    Subscription,
    Tag,
)
from smartsociety.core.tokens import hash_token
from tests.factories.alliance import OrganisationFactory, ThemeFactory
from tests.factories.core import UserFactory
from tests.factories.fieldlabs import OutcomeFactory


class PracticeFactory(factory.django.DjangoModelFactory):
    """Complete and published, owned by one municipality."""

    class Meta:
        model = Practice
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status="draft", published_at=None)
        submitted = factory.Trait(
            status="submitted", published_at=None, submitted_by=factory.SubFactory(UserFactory)
        )
        in_review = factory.Trait(
            status="in_review", published_at=None, submitted_by=factory.SubFactory(UserFactory)
        )
        archived = factory.Trait(status="archived")
        external = factory.Trait(
            is_external=True,
            origin_url=factory.Sequence(lambda n: f"https://bron.example/{n}"),
            body="De hele tekst van de bron.",
            **dict.fromkeys(
                ("phase", "problem", "approach", "result", "shortfall", "contact_role", "contact_email"), ""
            ),
        )

    slug = factory.Sequence(lambda n: f"practice-{n}")
    title = factory.Sequence(lambda n: f"Praktijkvoorbeeld {n}")
    summary = "Een korte samenvatting."
    phase = "pilot"
    problem = "Het probleem."
    approach = "De aanpak."
    result = "Het resultaat."
    shortfall = "Wat niet werkte."
    contact_role = "Adviseur"
    contact_email = "mobiliteit@gemeente.example"
    status = "published"
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def owner(self, create, extracted, **kwargs):
        """`owner=organisation`, or a new one; `owner=False` for none."""
        if extracted is not False:
            organisation = extracted or OrganisationFactory()
            PracticeOrganisation.objects.create(practice=self, organisation=organisation)


def practice_at(status: str, **fields) -> Practice:
    """A practice that stands at `status`, with what belongs to that; a draft has all to be sent in."""
    practice = PracticeFactory(**({} if status == "published" else {status: True}), **fields)
    practice.themes.set([ThemeFactory()] if status == "draft" else [])
    return practice


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"Trefwoord {n}")
    slug = factory.Sequence(lambda n: f"trefwoord-{n}")


class PracticeOrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticeOrganisation

    practice = factory.SubFactory(PracticeFactory, owner=False)
    organisation = factory.SubFactory(OrganisationFactory)


class AdoptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adoption

    practice = factory.SubFactory(PracticeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    stage = "in_use"


class AdoptionStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AdoptionStep

    adoption = factory.SubFactory(AdoptionFactory)
    stage = "in_use"
    reached_on = factory.LazyFunction(timezone.localdate)


class AdoptionDraftFactory(factory.django.DjangoModelFactory):
    """Said, by somebody who speaks for nobody yet."""

    class Meta:
        model = AdoptionDraft

    practice = factory.SubFactory(PracticeFactory)
    user = factory.SubFactory(UserFactory)
    answers = factory.LazyFunction(lambda: {"stage": "piloting", "changes": "Kleiner."})


class QuestionFactory(factory.django.DjangoModelFactory):
    """Waits for an answer; its link has the token `question-<n>`."""

    class Meta:
        model = Question

    class Params:
        answered = factory.Trait(
            status="answered", answer="Ja, dat kan.", answered_at=factory.LazyFunction(timezone.now)
        )
        public = factory.Trait(
            status="answered",
            answer="Ja, dat kan.",
            answered_at=factory.LazyFunction(timezone.now),
            asker_agrees=True,
            owner_agrees=True,
        )
        closed = factory.Trait(status="closed", answered_at=factory.LazyFunction(timezone.now))

    practice = factory.SubFactory(PracticeFactory)
    asked_by = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Kan dit ook met minder sensoren? ({n})")
    token_hash = factory.Sequence(lambda n: hash_token(f"question-{n}"))


class NeedFactory(factory.django.DjangoModelFactory):
    """Looked for by a municipality."""

    class Meta:
        model = Need

    slug = factory.Sequence(lambda n: f"need-{n}")
    title = factory.Sequence(lambda n: f"Laadpalen delen {n}")
    organisation = factory.SubFactory(OrganisationFactory)
    created_by = factory.SubFactory(UserFactory)


class NeedSupportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedSupport

    need = factory.SubFactory(NeedFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    joined_by = factory.SubFactory(UserFactory)


class NeedOfferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedOffer

    need = factory.SubFactory(NeedFactory)
    practice = factory.SubFactory(PracticeFactory)
    offered_by = factory.SubFactory(UserFactory)


class CollectionFactory(factory.django.DjangoModelFactory):
    """Of the editors, for everybody."""

    class Meta:
        model = Collection

    slug = factory.Sequence(lambda n: f"collection-{n}")
    title = factory.Sequence(lambda n: f"Verzameling {n}")
    summary = "Voor wie net begint."
    is_published = True


class CollectionItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CollectionItem

    collection = factory.SubFactory(CollectionFactory)
    practice = factory.SubFactory(PracticeFactory)
    position = factory.Sequence(lambda n: n)


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """Follows a theme, a mail at once; told up to an hour ago."""

    class Meta:
        model = Subscription

    user = factory.SubFactory(UserFactory)
    theme = factory.SubFactory(ThemeFactory)
    frequency = "at_once"
    seen_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))


class BookmarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Bookmark

    user = factory.SubFactory(UserFactory)
    practice = factory.SubFactory(PracticeFactory)


class ReadCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReadCount

    practice = factory.SubFactory(PracticeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    read_on = factory.LazyFunction(timezone.localdate)


class RuleVersionFactory(factory.django.DjangoModelFactory):
    """The first wording of a ground rule of its own."""

    class Meta:
        model = RuleVersion

    rule = factory.SubFactory("tests.factories.knowledgebase.GroundRuleFactory", version=None)
    number = 1
    text = "- Wij tellen mensen."
    public_value = "Inwoners lopen vrij over straat."


class GroundRuleFactory(factory.django.DjangoModelFactory):
    """Proposed, with its first wording."""

    class Meta:
        model = GroundRule
        skip_postgeneration_save = True

    class Params:
        agreed = factory.Trait(
            status="agreed", outcome=factory.SubFactory(OutcomeFactory), agreed_on=date(2026, 3, 1)
        )
        revised = factory.Trait(
            status="revised", outcome=factory.SubFactory(OutcomeFactory), agreed_on=date(2026, 3, 1)
        )
        retired = factory.Trait(status="retired")

    slug = factory.Sequence(lambda n: f"rule-{n}")
    title = factory.Sequence(lambda n: f"Spelregel {n}")
    version = factory.RelatedFactory(RuleVersionFactory, factory_related_name="rule")


class PublicationFactory(factory.django.DjangoModelFactory):
    """A guide that everybody sees, at an address elsewhere."""

    class Meta:
        model = Publication

    kind = "guide"
    slug = factory.Sequence(lambda n: f"publication-{n}")
    title = factory.Sequence(lambda n: f"Handreiking {n}")
    summary = "Wat u vooraf regelt."
    made_by = "Ede"
    published_on = date(2026, 1, 10)
    url = "https://handreiking.example/"
    is_shown = True


class ReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Review

    practice = factory.SubFactory(PracticeFactory, in_review=True)
    reviewer = factory.SubFactory(UserFactory)


class RemarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Remark

    review = factory.SubFactory(ReviewFactory)
    field = "shortfall"
    text = "Noem wat u anders zou doen."


class JudgementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Judgement

    practice = factory.SubFactory(PracticeFactory)
    expert = "Jurist datarecht, Voorbeelduniversiteit"
    verdict = "cautious"
    text = "Goed over te nemen, mits u de DPIA zelf doet."
    given_on = factory.LazyFunction(timezone.localdate)


class EvidenceStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EvidenceStep

    practice = factory.SubFactory(PracticeFactory)
    level = "measured"
    note = "Gemeten met tellingen."
    earned_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=730))


class EvidenceRequestFactory(factory.django.DjangoModelFactory):
    """Measured, to be read at an address; waits for an editor."""

    class Meta:
        model = EvidenceRequest

    practice = factory.SubFactory(PracticeFactory)
    level = "measured"
    note = "Geteld voor en na."
    url = "https://ede.example/meting"
    earned_on = factory.LazyFunction(timezone.localdate)
    asked_by = factory.SubFactory(UserFactory)


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proposal

    class Params:
        submitted = factory.Trait(
            status="submitted",
            submitted_by=factory.SubFactory(UserFactory),
            submitted_at=factory.LazyFunction(timezone.now),
        )

    practice = factory.SubFactory(PracticeFactory)
    values = factory.LazyFunction(lambda: {"problem": "Het nieuwe probleem."})
    revision = 1


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    practice = factory.SubFactory(PracticeFactory)
    kind = "memo"
    title = "Adviesnota"
    file = factory.django.FileField(filename="nota.pdf", data=b"%PDF-1.7\n%%EOF")
    size = 14


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Picture

    practice = factory.SubFactory(PracticeFactory)
    file = factory.django.FileField(filename="lamp.webp", data=b"RIFF")
    alt = "Een lantaarnpaal met een sensor."


class BoostFactory(factory.django.DjangoModelFactory):
    """A little higher, for a practice."""

    class Meta:
        model = Boost

    practice = factory.SubFactory(PracticeFactory)
    direction = 1
