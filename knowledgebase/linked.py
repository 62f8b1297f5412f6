"""Practices and publications in words of schema.org (JSON-LD), so that other catalogues can take them over.

It stands in the page as a block of data (`{% json_ld %}`), as for fieldlabs and organisations: search engines read
nothing else, and a block of data is no script, so our policy (CSP) lets it be. And it stands at an address of its own,
to which the page leads (`<link rel="alternate">`): who harvests needs no page for it.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from alliance.models import Organisation
from alliance.models.organisation import HELIX_KINDS, Helix
from fieldlabs.models import Outcome
from knowledgebase.answers import citation
from knowledgebase.models import Practice, Publication

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
LICENCES = {
    Publication.Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Publication.Licence.CC_BY: CC_BY,
    Publication.Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Publication.Licence.EUPL: "https://spdx.org/licenses/EUPL-1.2.html",
}
KINDS = {
    Publication.Kind.REPORT: "Report",
    Publication.Kind.FILM: "VideoObject",
    Publication.Kind.GUIDE: "CreativeWork",
    Publication.Kind.TOOL: "SoftwareApplication",
}


def answer(said: dict[str, Any]) -> JsonResponse:
    """The same at its own address."""
    return JsonResponse(said, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


def practice(found: Practice) -> dict[str, Any]:
    """A practice; needs `with_page_data`."""
    url = _address(found)
    parts = found.parts.all()
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "@id": _name(found),
            "url": url,
            "headline": found.title,
            "abstract": found.summary,
            "inLanguage": found.language,
            "license": "" if found.is_external else CC_BY,
            "isAccessibleForFree": True,
            "creditText": citation(found, url=url),
            "creativeWorkStatus": str(found.get_status_display()),
            "author": [_organisation(part.organisation) for part in parts if part.role == "owner"],
            "contributor": [_organisation(part.organisation) for part in parts if part.role == "partner"],
            "publisher": {"@type": "Organization", "name": "Smart Society", "url": settings.SITE_URL},
            "about": [{"@type": "Thing", "name": theme.name} for theme in found.themes.all()],
            "keywords": [tag.name for tag in found.tags.all()],
            "datePublished": found.published_at.isoformat() if found.published_at else "",
            "temporalCoverage": f"{found.started_year}/.." if found.started_year else "",
            "isBasedOn": found.origin_url or _outcome(found.outcome),
            "hasPart": _source_code(found),
            "encoding": {
                "@type": "MediaObject",
                "contentUrl": settings.SITE_URL + reverse("knowledgebase:practice_pdf", args=[found.slug]),
                "encodingFormat": "application/pdf",
            },
            "interactionStatistic": {
                "@type": "InteractionCounter",
                "name": _("Adoptions"),
                "interactionType": "https://schema.org/UseAction",
                "userInteractionCount": found.adoption_count,
            },
        }
    )


def publication(found: Publication, practices: Iterable[Practice]) -> dict[str, Any]:
    """A publication `with_card_data`, and the published practices that it draws on."""
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": KINDS[found.kind],
            "@id": _name(found),
            "url": _address(found),
            "name": found.title,
            "abstract": found.summary,
            "inLanguage": found.language,
            "license": LICENCES.get(found.licence, ""),
            "author": {"@type": "Organization", "name": found.made_by},
            "about": [{"@type": "Thing", "name": theme.name} for theme in found.themes.all()],
            "datePublished": found.published_on.isoformat(),
            "sameAs": found.url,
            "isBasedOn": [_named("Article", each) for each in practices],
        }
    )


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in said.items() if value not in ("", None, [])}


def _address(found: Model) -> str:
    return settings.SITE_URL + found.get_absolute_url()


def _name(found: Model) -> str:
    """The address in Dutch: one name for a thing, in whatever language it is asked for."""
    with override("nl"):
        return _address(found)


def _named(kind: str, found: Model, **more: Any) -> dict[str, Any]:
    return {"@type": kind, "@id": _name(found), "name": str(found), "url": _address(found), **more}


def _organisation(found: Organisation) -> dict[str, Any]:
    government = found.kind in HELIX_KINDS[Helix.GOVERNMENT]
    return _named("GovernmentOrganization" if government else "Organization", found)


def _outcome(found: Outcome | None) -> dict[str, Any] | None:
    """What a fieldlab yielded, once everybody may read it."""
    if found is None or not found.is_published or not found.fieldlab.is_past:
        return None
    begins = found.fieldlab.starts_at.isoformat()
    return _named("CreativeWork", found, recordedAt=_named("Event", found.fieldlab, startDate=begins))


def _source_code(found: Practice) -> dict[str, Any] | None:
    if not found.source_url:
        return None
    return _filled(
        {
            "@type": "SoftwareSourceCode",
            "codeRepository": found.source_url,
            "license": found.licence,
            "maintainer": found.maintainer and {"@type": "Organization", "name": found.maintainer},
        }
    )
