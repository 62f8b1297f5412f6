"""A practice as PDF/UA-1: the same seven answers as the page, for in a file of the council."""

from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knowledgebase.answers import answers, citation
from knowledgebase.models import Adoption, Practice
from smartsociety.core.pdf import document
from smartsociety.core.typesetting import Words, address, blocks

TEMPLATE = Path(__file__).parent / "practice.typ"


def practice_pdf(practice: Practice) -> bytes:
    """The practice in the present language, as it stands today. Needs `with_card_data`."""
    return document(TEMPLATE, _content(practice), today=localdate())


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
        "adoptions_title": _("Who uses this too?"),
        "adoptions_heads": [_("Organisation"), _("How far"), _("Since"), _("What they changed")],
        "adoptions": _adoptions(practice),
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
        facts = [_fact(fact.label, fact.value, fact.url) for fact in question.facts]
        if question.id == "contact":
            mailbox = practice.contact_email
            facts = [_fact(practice.contact_role, mailbox, f"mailto:{mailbox}")] if mailbox else []
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
            "facts": [_fact(_("Source"), practice.origin_url, practice.origin_url)],
            "notes": [{"label": "", "blocks": blocks(practice.body)}],
            "unknown": "",
        }
    ]


def _fact(label: str, value: str, url: str = "") -> dict:
    return {"label": label, "value": Words(value, address(url))}


def _adoptions(practice: Practice) -> list[list[str]]:
    """Per organisation the cells of its row."""
    rows = practice.adoptions.with_card_data()
    return [[each.organisation.name, _how_far(each), _since(each), each.changes] for each in rows]


def _how_far(adoption: Adoption) -> str:
    """Its stage; with the reason when it stopped, and whom it learned from."""
    learned = adoption.learned_from
    said = [
        str(adoption.get_stage_display()),
        _("learned from %(name)s") % {"name": learned.name} if learned else "",
        adoption.stop_reason,
    ]
    return "; ".join(filter(None, said))


def _since(adoption: Adoption) -> str:
    """The day on which it came so far; of what has no steps the day on which it was said."""
    steps = list(adoption.steps.all())
    return date_format(steps[-1].reached_on if steps else localdate(adoption.claimed_at), "j F Y")
