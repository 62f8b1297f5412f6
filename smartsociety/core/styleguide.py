"""The style guide: every component in every state, for eyes, for axe-core and for screenshots."""

import datetime
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from smartsociety.core.comparison import compare
from smartsociety.core.facets import Group, Option
from smartsociety.core.filters import Choice
from smartsociety.core.remarks import FieldRemark, RemarkedField
from smartsociety.core.widgets import Explained, ExplainedChoices, SuggestInput, Textarea

THEMES = [
    ("mobiliteit", gettext_lazy("Mobility")),
    ("veiligheid", gettext_lazy("Safety")),
    ("gezondheid", gettext_lazy("Healthy living")),
    ("circulair", gettext_lazy("Circular economy")),
    ("energie", gettext_lazy("Climate and energy")),
    ("klimaatadaptatie", gettext_lazy("Climate adaptation")),
    ("inclusie", gettext_lazy("Inclusion and services")),
    ("leefbaarheid", gettext_lazy("Liveable towns and villages")),
    ("wonen", gettext_lazy("Housing")),
    ("data", gettext_lazy("Responsible use of data")),
    ("werk", gettext_lazy("Work and economy")),
]
ICONS = [
    "search",
    "menu",
    "filter",
    "arrow",
    "plus",
    "download",
    "calendar",
    "place",
    "people",
    "mail",
    "document",
    "play",
]
ICONS += ["info", "check", "warning", "error"]


class SampleForm(forms.Form):
    """One of each kind of field; a reader remarked something about one of them."""

    bound_field_class = RemarkedField
    remarks_heading = gettext_lazy("An editor asks:")

    name = forms.CharField(
        label=gettext_lazy("Name of your organisation"),
        max_length=80,
        widget=SuggestInput(suggestions=["Polderhaven", "Heidemonde"]),
    )
    email = forms.EmailField(
        label=gettext_lazy("Work e-mail address"),
        help_text=gettext_lazy("We send a code to this address. A functional mailbox is fine."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        choices=[
            ("", gettext_lazy("Make a choice")),
            ("municipality", gettext_lazy("Municipality")),
            ("company", gettext_lazy("Company")),
        ],
    )
    decided_on = forms.DateField(
        label=gettext_lazy("Date of the decision"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("What do you bring?"),
        choices=[("product", gettext_lazy("A product or service")), ("knowledge", gettext_lazy("Knowledge"))],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"),
        help_text=gettext_lazy("Choose at most three."),
        choices=THEMES[:4],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rules = forms.MultipleChoiceField(
        label=gettext_lazy("Ground rules"),
        choices=lambda: [
            ("count", Explained(_("We count, we do not recognise"), _("Nobody is followed."), "#thread"))
        ],
        required=False,
        widget=ExplainedChoices,
    )
    statement = forms.CharField(
        label=gettext_lazy("Why do you sign?"), required=False, widget=Textarea(attrs={"rows": 4})
    )
    attachment = forms.FileField(label=gettext_lazy("Decision of the executive"), required=False)
    consent = forms.BooleanField(label=gettext_lazy("My name may be shown with the signature"))

    @property
    def remarks(self) -> dict[str, list[FieldRemark]]:
        """By name of the field."""
        return {"statement": [FieldRemark(_("What will you do differently?"))]}


class SampleFilter(forms.Form):
    """A filter with the two kinds of choice that lists use."""

    phase = forms.MultipleChoiceField(
        label=gettext_lazy("Phase"),
        required=False,
        choices=[("pilot", gettext_lazy("Pilot")), ("in_use", gettext_lazy("In use"))],
        widget=forms.CheckboxSelectMultiple,
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Size of the municipality"),
        required=False,
        choices=[("", gettext_lazy("All sizes")), ("small", gettext_lazy("Fewer than 50,000 inhabitants"))],
    )


def sample_thread(current):
    """A thread of five steps that stands at the step with this kind."""
    march, may = datetime.date(2026, 3, 12), datetime.date(2026, 5, 28)
    steps = [
        {
            "kind": "signed",
            "title": _("Municipality of Polderhaven"),
            "url": "#thread",
            "date": march,
        },
        {
            "kind": "fieldlab",
            "title": _("Fieldlab spring"),
            "url": "#thread",
            "date": may,
        },
        {"kind": "outcome", "title": _("Sensors near charging points"), "url": "#thread"},
        {
            "kind": "practice",
            "title": _("Finding a free charging point without driving around"),
            "url": "#thread",
        },
        {"kind": "adopted", "title": _("3 municipalities")},
    ]
    position = [step["kind"] for step in steps].index(current)
    for index, step in enumerate(steps[: position + 1]):
        step["state"] = "done" if index < position else "current"
    return steps[: position + 1] + [{"kind": step["kind"]} for step in steps[position + 1 :]]


def sample_numbers():
    """The thread with large numbers, as on the home page."""
    counts = {"signed": 1234, "fieldlab": 14, "outcome": 61, "practice": 48, "adopted": 112}
    titles = [_("organisations"), _("since 2024"), _("with an owner"), _("to reuse"), _("by others")]
    return [
        {"kind": kind, "number": count, "title": title, "url": "#thread", "state": "done"}
        for (kind, count), title in zip(counts.items(), titles, strict=True)
    ]


def sample_facets():
    """A filter with numbers, of which one choice is in use."""
    phases = [
        Option("pilot", _("Pilot"), 14, is_chosen=True),
        Option("in_use", _("In use"), 31, is_chosen=False),
    ]
    evidence = [Option("measured", _("Measured by the owner"), 9, is_chosen=False)]
    groups = [Group("phase", _("Phase"), phases, 1), Group("evidence", _("Evidence"), evidence, 0)]
    return SimpleNamespace(
        facets=("phase", "evidence"), groups=groups, active_count=1, query="", version=None
    )


def sample_growth():
    """A number at the begin of six months, each with the list behind it."""
    months = (datetime.datetime(2026, month, 1, tzinfo=datetime.UTC) for month in range(1, 7))
    return [(month, number, "?") for month, number in zip(months, (0, 14, 31, 35, 34, 80), strict=True)]


@require_safe
def styleguide(request):
    """Every component in every state."""
    stuck = sample_thread("practice")
    stuck[3]["state"] = "stuck"
    return render(
        request,
        "styleguide.html",
        {
            "themes": THEMES,
            "icons": ICONS,
            "form": SampleForm(),
            "form_with_errors": SampleForm(
                {"wrong-email": "polderhaven", "wrong-name": "x" * 81}, prefix="wrong"
            ),
            "filter_form": SampleFilter(request.GET or {"phase": ["pilot"]}),
            "chosen": [Choice(_("Pilot"), ""), Choice(_("In use"), "phase=pilot")],
            "facets": sample_facets(),
            "sorts": [(_("Name"), "", True), (_("Newest first"), "sort=newest", False)],
            "curve_points": sample_growth(),
            "page": Paginator(range(240), 12).get_page(request.GET.get("page", 5)),
            "thread_start": sample_thread("signed"),
            "thread_middle": sample_thread("practice"),
            "thread_stuck": stuck,
            "thread_numbers": sample_numbers(),
            "compared": compare(_("We measured noise."), _("We measured noise and light.")),
            "today": datetime.datetime(2026, 3, 12, 9, 30, tzinfo=datetime.UTC),
            "long_word": "Waterschapsbelastingkwijtscheldingsaanvraagformulier",
        },
    )
