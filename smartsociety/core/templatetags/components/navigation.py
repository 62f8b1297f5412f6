"""Finding the way: breadcrumb, menus, tabs, pages, steps and languages."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext_lazy as _

from smartsociety.core.templatetags.components.registry import pairs, register


@register.inclusion_tag("components/steps.html")
def steps(*labels, current=1):
    """Progress through a form of several pages; `current` counts from 1."""
    numbered = [
        {"number": number, "label": label, "state": (number > current) - (number < current)}
        for number, label in enumerate(labels, 1)
    ]
    return {"steps": numbered, "current": current, "total": len(labels)}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*arguments, of=None):
    """The way back: pairs of label and url after Home; the last label, without a url, is this page.

    `of` is what the page is about when that has a language of its own; its title is marked with it.
    """
    items = [(label, url, of.language if of and label == of.title else "") for label, url in pairs(arguments)]
    return {"items": items}


def with_current(context, arguments):
    """Pairs as dicts that know whether they are this page ("page"), hold this page ("true") or neither."""
    request = context.get("request")
    path = request.path if request else ""
    items = []
    for label, url in pairs(arguments):
        current = "page" if url == path else "true" if url != "/" and path.startswith(url) else ""
        items.append({"label": label, "url": url, "current": current})
    return items


@register.inclusion_tag("components/main_nav.html", takes_context=True)
def main_nav(context):
    """The main navigation of the portal."""
    items = with_current(
        context,
        [
            *(_("Declaration of support"), reverse("alliance:declaration")),
            *(_("Signatories"), reverse("alliance:signatory_list")),
            *(_("Agenda"), reverse("alliance:project_list")),
            *(_("Fieldlabs"), reverse("fieldlabs:fieldlab_list")),
            *(_("Knowledge base"), reverse("knowledgebase:practice_list")),
        ],
    )
    return {"items": items}


# More tabs than the first number fold into one list where the main menu does; of more than the second the last
# ones stand behind "More" on a wide screen.
TABS_UNFOLDED, TABS_IN_A_ROW = 5, 9


@register.inclusion_tag("components/section_nav.html", takes_context=True)
def section_nav(context, *arguments, label=_("In this section")):
    """Pages that belong together, as tabs that are links: pairs of label and url. Many of them fold."""
    items = with_current(context, arguments)
    nearest = max((len(item["url"]) for item in items if item["current"]), default=0)
    for item in items:
        if len(item["url"]) < nearest:
            item["current"] = ""
    in_row = len(items) if len(items) <= TABS_IN_A_ROW else TABS_IN_A_ROW - 1
    current = [item for item in items if item["current"]]
    return {
        "items": items[:in_row],
        "more": items[in_row:],
        "here": current[0]["label"] if current else label,
        "more_is_current": any(item["current"] for item in items[in_row:]),
        "folded": len(items) > TABS_UNFOLDED,
        "label": label,
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page):
    """Pages of a list, from a Django paginator's Page. Keeps the query string."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context["request"]}


@register.simple_tag(takes_context=True)
def language_url(context, language):
    """The address of this page in another language: only the prefix differs."""
    request = context.get("request")
    address, prefix = (
        (request.get_full_path(), get_language_from_path(request.path)) if request else ("/", "")
    )
    address = address.removeprefix(f"/{prefix}") if prefix else address
    return address if language == settings.LANGUAGE_CODE else f"/{language}{address}"


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context):
    """Nederlands and English; keeps the page."""
    languages = [("nl", "Nederlands"), ("en", "English")]
    current = get_language()
    items = [
        {"code": code, "name": name, "url": language_url(context, code), "current": code == current}
        for code, name in languages
    ]
    return {"items": items}
