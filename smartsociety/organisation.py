"""One organisation over all apps: what its page shows, and what search engines read there."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from alliance.models import Organisation, Project, Signature
from fieldlabs.models import Fieldlab
from knowledgebase.models import Adoption, Practice, PracticeOrganisation
from smartsociety.core.pages import lazily


def things_of(organisation: Organisation) -> dict[str, Any]:
    """Everything public that an organisation signed, leads, did, made, took over and gave away; read when shown."""
    made = {
        "signatures": lambda: organisation.signatures.public().with_card_data().with_joint(),
        "led_projects": lambda: _projects().filter(lead=organisation),
        "partner_projects": lambda: _projects().filter(partners=organisation),
        "fieldlabs": lambda: Fieldlab.objects.public().with_card_data().attended_by(organisation),
        "outcomes": lambda: organisation.outcomes.public().with_card_data(),
        "practices": lambda: Practice.objects.published().owned_by(pk=organisation.pk).with_card_data(),
        "adoptions": lambda: organisation.adoptions.of_published().with_card_data(),
        "passed_on": lambda: _passed_on(organisation),
        "predecessors": lambda: organisation.predecessors.order_by("succeeded_on", "name"),
        "inherited_signatures": lambda: _signed_by(Organisation.objects.predecessors_of(organisation)),
    }
    return {name: lazily(make) for name, make in made.items()}


def _projects() -> QuerySet:
    return Project.objects.published().with_card_data()


def _signed_by(organisations: QuerySet) -> QuerySet:
    return Signature.objects.public().filter(organisation__in=organisations).with_card_data()


def _passed_on(organisation: Organisation):
    """Adoptions by others: of a practice that it owns, or learned from it."""
    owned = PracticeOrganisation.objects.filter(organisation=organisation, role="owner").values("practice")
    theirs = Q(practice__in=owned) | Q(learned_from=organisation)
    return Adoption.objects.of_published().filter(theirs).with_card_data().order_by("-claimed_at")


def structured_data(organisation: Organisation) -> dict[str, Any]:
    """The organisation in the words of schema.org; only what its page shows as well."""
    is_government = organisation.helix == "government"
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization" if is_government else "Organization",
        "@id": f"{settings.SITE_URL}{organisation.get_absolute_url()}",
        "name": organisation.name,
        "alternateName": organisation.aliases,
        "description": organisation.description,
        "url": organisation.website,
        "address": _address(organisation),
    }
    return {key: value for key, value in data.items() if value}


def _address(organisation: Organisation) -> dict[str, str]:
    parts = {
        "addressLocality": organisation.place,
        "addressRegion": organisation.get_province_display() if organisation.province else "",
    }
    known = {key: value for key, value in parts.items() if value}
    return {"@type": "PostalAddress", **known, "addressCountry": "NL"} if known else {}
