"""Forms, search and filters."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from smartsociety.core.templatetags.components.registry import grouped, plain, plain_tag, register

HERE = "\x00"  # stands where a value comes that differs each time; no text can have it
OPEN = 2  # facets that are open before anybody chooses


@register.inclusion_tag("components/form.html")
def form(form, focus=True):
    """A whole Django form, without the form element: error summary, fields, hidden fields."""
    return {"form": form, "focus": focus}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form, focus=True):
    """What must be put right, with a link to each field; takes the focus. `form` shows it by itself."""
    fields = [field for field in form if field.errors and not field.is_hidden]
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    return {
        "form": form,
        "fields": fields,
        "loose_errors": [*form.non_field_errors(), *hidden],
        "focus": focus,
    }


@register.inclusion_tag("components/field.html")
def field(field):
    """One field of a Django form, with its label, help and errors."""
    return {"field": field}


@register.inclusion_tag("components/autosave.html")
def autosave():
    """Inside a form with a `revision`: it saves itself, and says so here. See `core.autosave`."""
    return {}


@register.filter
def remarks(field):
    """What was remarked about this field (`core.remarks`), shown beside it."""
    return getattr(field, "remarks", [])


@register.filter
def not_required(field):
    """What is said of a field that may stay empty; a form that knows more says so by `not_required` of the field."""
    return getattr(field.field, "not_required", _("(not required)"))


@register.filter
def first_control(field):
    """The id of the control that a link to this field should reach."""
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.auto_id


def kept(request, names):
    """The query string as (name, value), without the page and without `names`."""
    if not request:
        return []
    return [(name, value) for name, values in request.GET.lists() if name not in names for value in values]


@register.inclusion_tag("components/search_bar.html", takes_context=True)
def search_bar(
    context, action="", name="q", label=_("Search"), placeholder="", results="", large=False, suggest=""
):
    """A search field with its button. Keeps the filters. `results` names the id that htmx refreshes.

    `suggest` is an address that gives suggestions for `?q=`; the page then loads `js/suggest.js`.
    """
    request = context.get("request")
    return {
        "action": action,
        "name": name,
        "label": label,
        "placeholder": placeholder,
        "results": results,
        "large": large,
        "suggest": suggest,
        "value": request.GET.get(name, "") if request else "",
        "path": action or (request.path if request else ""),
        "kept": [] if action else kept(request, {name, "page"}),
    }


@plain_tag
def result_count(text, results="results"):
    """How much was found, before the element with the id `results`; said aloud when htmx refreshes that."""
    return {"text": text, "results": results}


@register.inclusion_tag("components/filter_panel.html", takes_context=True)
def filter_panel(context, form, results="", active=0, label=_("Filter")):
    """A form that narrows a list: folded on a phone, open beside the list elsewhere. Keeps the search.

    `active` is how many filters are in use; `results` names the id that htmx refreshes when a choice changes.
    """
    names = {form.add_prefix(name) for name in form.fields}
    request = context.get("request")
    return {
        "form": form,
        "results": results,
        "active": active,
        "label": label,
        "kept": kept(request, names | {"page"}),
        "path": request.path if request else "",
    }


@register.inclusion_tag("components/facet_panel.html", takes_context=True)
def facet_panel(context, filter, results="", label=_("Filter"), id="filter"):
    """Many facets with counts (`core.facets.IndexedFilter`), each folded until it is used; else as `filter_panel`.

    `id` begins the ids in it, for a page with another panel.
    """
    request = context.get("request")
    return {
        "facets": [
            facet(group, is_open=nth < OPEN or group.chosen) for nth, group in enumerate(filter.groups)
        ],
        "active": filter.active_count,
        "kept": kept(request, {"page", *filter.facets}),
        "results": results,
        "label": label,
        "path": request.path if request else "",
        "id": id,
    }


def facet(group, is_open):
    """One facet of the panel (`core.facets.Group`). Only its numbers are put in anew when the choice is another one."""
    known = {"name": group.name, "label": group.label, "chosen": group.chosen, "is_open": bool(is_open)}
    options = [
        plain(
            "facet_option", name=group.name, value=value, label=label, is_chosen=is_chosen, number=HERE
        ).replace(HERE, str(grouped(number)))
        for value, label, number, is_chosen in group.options
    ]
    return SafeString(plain("facet", **known, options=HERE).replace(HERE, "".join(options)))


@register.inclusion_tag("components/chosen_filters.html")
def chosen_filters(choices):
    """What was chosen in a list (`ListFilter.choices`); each is a link to the list without it."""
    return {"choices": choices}


@register.inclusion_tag("components/list_links.html")
def list_links(label, items):
    """The same list in other ways: triples of label, query string and whether it is this one (`ListFilter.orders`)."""
    return {"label": label, "items": items}
