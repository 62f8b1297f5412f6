"""Factories of the knowledge base."""

import factory
from django.utils import timezone

from knowledgebase.models import Adoption, Practice, PracticeOrganisation, Tag
from tests.factories.alliance import OrganisationFactory
from tests.factories.core import UserFactory


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
                ("problem", "approach", "result", "shortfall", "contact_role", "contact_email"), ""
            ),
        )

    slug = factory.Sequence(lambda n: f"practice-{n}")
    title = factory.Sequence(lambda n: f"Praktijkvoorbeeld {n}")
    summary = "Een korte samenvatting."
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
    """A practice that stands at `status`, with what belongs to that."""
    return PracticeFactory(**({} if status == "published" else {status: True}), **fields)


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
