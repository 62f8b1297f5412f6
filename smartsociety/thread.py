"""The red thread over all apps: signed → fieldlab → outcome → practice → adopted."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.models import Organisation
from fieldlabs.models import Fieldlab, Outcome
from knowledgebase.models import Adoption, Practice


def portal_thread() -> list[dict[str, Any]]:
    """How much there is of each, as it is now; adoptions are those by another organisation than the owner."""
    return [
        _counted(
            "signed",
            _("organisations signed"),
            Organisation.objects.signatories(),
            reverse("alliance:signatory_list"),
        ),
        _counted(
            "fieldlab", _("fieldlabs held"), Fieldlab.objects.held(), reverse("fieldlabs:fieldlab_list")
        ),
        _counted("outcome", _("outcomes"), Outcome.objects.public(), ""),
        _counted(
            "practice", _("practices"), Practice.objects.published(), reverse("knowledgebase:practice_list")
        ),
        _counted("adopted", _("times adopted by another"), Adoption.objects.adopted(), reverse("impact")),
    ]


def organisation_thread(shown: dict[str, list]) -> list[dict[str, Any]]:
    """How far one organisation came; `shown` holds what its page shows (`things_of`)."""
    signed = [signature for signature in shown["signatures"] if signature.status == "published"]
    return [
        {
            "kind": "signed",
            "url": "#signed",
            "date": min(signature.published_at for signature in signed) if signed else None,
            "state": "done" if signed else "open",
        },
        *(
            {"kind": kind, "number": len(things), "url": url, "state": "done" if things else "open"}
            for kind, url, things in (
                ("fieldlab", "#fieldlabs", shown["fieldlabs"]),
                ("outcome", "#fieldlabs", shown["outcomes"]),
                ("practice", "#practices", shown["practices"]),
                ("adopted", "#adopted", shown["adoptions"]),
            )
        ),
    ]


def _counted(kind: str, label: str, rows: QuerySet, url: str) -> dict[str, Any]:
    count = rows.count()
    return {"kind": kind, "label": label, "number": count, "url": url, "state": "done" if count else "open"}
