"""A practice as PDF/UA-1: the same seven answers as the page, for in a file of the council."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knowledgebase.answers import answers, citation
from knowledgebase.models import Practice
from smartsociety.core.pdf import document
from smartsociety.core.typesetting import blocks

TEMPLATE = Path(__file__).parent / "practice.typ"


def practice_pdf(practice: Practice) -> bytes:
    """The practice in the present language, as it stands today. Needs `with_card_data`."""
    return document(TEMPLATE, _content(practice), today=timezone.localdate())


def _content(practice: Practice) -> dict:
    url = settings.SITE_URL + practice.get_absolute_url()
    return {
        "lang": get_language(),
        "text_lang": practice.language,
        "author": "Smart Society",
        "title": practice.title,
        "owners": practice.owner_names,
        "summary": practice.summary,
        "state": " · ".join(
            filter(
                None,
                [
                    str(practice.get_status_display()),
                    practice.phase_label,
                    str(practice.get_evidence_display()),
                ],
            )
        ),
        "questions": _external(practice) if practice.is_external else _questions(practice),
        "unknown_label": _("We do not know this yet:"),
        "source_title": _("Source"),
        "citation": citation(practice, url=url),
        "licence": _("That of the source: ask there before you use it.")
        if practice.is_external
        else _("CC BY 4.0: use it freely, name the source."),
        "url": url,
        "footer": _("Smart Society, %(title)s") % {"title": practice.title},
    }


def _questions(practice: Practice) -> list[dict]:
    made = []
    for question in answers(practice):
        facts = [[fact.label, fact.value] for fact in question.facts]
        if question.id == "contact":
            facts = [[practice.contact_role, practice.contact_email]]
        notes = [
            {
                "label": note.label if question.id != "shortfall" else "",
                "blocks": blocks(note.text or note.gap),
            }
            for note in question.notes
        ]
        unknown = ", ".join(question.unknown)
        made.append({"heading": question.heading, "facts": facts, "notes": notes, "unknown": unknown})
    return made


def _external(practice: Practice) -> list[dict]:
    return [
        {
            "heading": _("What can it do?"),
            "facts": [[_("Source"), practice.origin_url]],
            "notes": [{"label": "", "blocks": blocks(practice.body)}],
            "unknown": "",
        }
    ]
