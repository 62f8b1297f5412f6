"""The red thread over all apps: signed → fieldlab → outcome → practice → adopted."""

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext, ngettext_lazy

from alliance.models import Organisation
from fieldlabs.models import Fieldlab, Outcome
from knowledgebase.models import Adoption, Practice
from smartsociety.core.counting import counts_of


def portal_thread() -> list[dict[str, Any]]:
    """How much there is of each, as it is now: practices of our own, adoptions by another than the owner."""
    counted = [
        (
            "signed",
            ngettext_lazy("organisation signed", "organisations signed", "number"),
            Organisation.objects.signatories(),
            reverse("alliance:signatory_list"),
        ),
        (
            "fieldlab",
            ngettext_lazy("fieldlab held", "fieldlabs held", "number"),
            Fieldlab.objects.held(),
            reverse("fieldlabs:fieldlab_list"),
        ),
        ("outcome", ngettext_lazy("outcome", "outcomes", "number"), Outcome.objects.public(), ""),
        (
            "practice",
            ngettext_lazy("practice", "practices", "number"),
            Practice.objects.published().confirmed_lately().own(),
            f"{reverse('knowledgebase:practice_list')}?origin=own",
        ),
        (
            "adopted",
            ngettext_lazy("time adopted by another", "times adopted by another", "number"),
            Adoption.objects.adopted(),
            reverse("impact"),
        ),
    ]
    numbers = counts_of({kind: rows for kind, _label, rows, _url in counted})
    return [
        {
            "kind": kind,
            "label": label % {"number": numbers[kind]},
            "number": numbers[kind],
            "url": url,
            "state": "done" if numbers[kind] else "open",
        }
        for kind, label, _rows, url in counted
    ]


def organisation_thread(shown: dict[str, list]) -> list[dict[str, Any]]:
    """How far one organisation came; `shown` holds what its page shows (`things_of`)."""
    signed = [signature for signature in shown["signatures"] if signature.status == "published"]
    names = ("fieldlabs", "outcomes", "practices", "adoptions")
    fieldlabs, outcomes, practices, adoptions = (len(shown[name]) for name in names)
    return [
        {
            "kind": "signed",
            "url": "#signed",
            "date": min(signature.published_at for signature in signed) if signed else None,
            "state": "done" if signed else "open",
        },
        *(
            {
                "kind": kind,
                "label": label,
                "number": number,
                "url": url,
                "state": "done" if number else "open",
            }
            for kind, label, number, url in (
                ("fieldlab", ngettext("Fieldlab", "Fieldlabs", fieldlabs), fieldlabs, "#fieldlabs"),
                ("outcome", ngettext("Outcome", "Outcomes", outcomes), outcomes, "#fieldlabs"),
                ("practice", ngettext("Practice", "Practices", practices), practices, "#practices"),
                ("adopted", ngettext("Adoption", "Adoptions", adoptions), adoptions, "#adopted"),
            )
        ),
    ]
