"""Outcomes as a file: all that is public about them, without names. Participants as one: for programme staff alone."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldlabs.models import Outcome, Registration
from smartsociety.core.exports import Column, Sheet


def _measurements(outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {
            "indicator": each.indicator,
            "baseline": None if each.baseline is None else float(each.baseline),
            "value": float(each.value),
            "unit": each.unit,
            "method": each.method,
        }
        for each in outcome.measurements.all()
    ]


def _measured_words(outcome: Outcome) -> str:
    return "; ".join(
        f"{each.indicator}: {'?' if each.baseline is None else each.baseline} → {each.value} {each.unit}"
        for each in outcome.measurements.all()
    )


OUTCOMES = Sheet(
    (
        Column("title", gettext_lazy("Title"), lambda o: o.title),
        Column("url", gettext_lazy("Page"), lambda o: settings.SITE_URL + o.get_absolute_url()),
        Column("kind", gettext_lazy("Kind"), lambda o: o.kind, lambda o: o.get_kind_display()),
        Column("case", gettext_lazy("Case"), lambda o: o.case.title if o.case else ""),
        Column("team", gettext_lazy("Team"), lambda o: o.team),
        Column("fieldlab", gettext_lazy("Fieldlab"), lambda o: o.fieldlab.title),
        Column("held_on", gettext_lazy("Held on"), lambda o: timezone.localdate(o.fieldlab.starts_at)),
        Column(
            "themes",
            gettext_lazy("Themes"),
            lambda o: [theme.slug for theme in o.fieldlab.themes.all()],
            lambda o: [theme.name for theme in o.fieldlab.themes.all()],
        ),
        Column("owner", gettext_lazy("Owner"), lambda o: o.organisation.name if o.organisation else ""),
        Column("language", gettext_lazy("Language"), lambda o: o.language),
        Column("made", gettext_lazy("What was made"), lambda o: o.made),
        Column("learned", gettext_lazy("What was learned"), lambda o: o.learned),
        Column("failed", gettext_lazy("What did not work"), lambda o: o.failed),
        Column("interpretation", gettext_lazy("What this means"), lambda o: o.interpretation),
        Column("decisions", gettext_lazy("Decisions"), lambda o: o.decisions),
        Column("ground_rules", gettext_lazy("Ground rules and standards"), lambda o: o.ground_rules),
        Column("measurements", gettext_lazy("Measured impact"), _measurements, _measured_words),
        Column("links", gettext_lazy("Links"), lambda o: [link.url for link in o.links.all()]),
        Column(
            "practices",
            gettext_lazy("Practices that came of it"),
            lambda o: [settings.SITE_URL + each.get_absolute_url() for each in o.published_practices],
        ),
    ),
    key="outcomes",
    title=gettext_lazy("Outcomes of the Smart Society fieldlabs"),
    name=gettext_lazy("Outcomes"),
)


def _needs(registration: Registration, name: str) -> str:
    return getattr(registration.own_needs, name, "")


PARTICIPANT_COLUMNS = (
    Column("name", gettext_lazy("Name"), lambda r: r.name),
    Column("email", gettext_lazy("E-mail address"), lambda r: r.email),
    Column("organisation", gettext_lazy("Organisation"), lambda r: r.organisation_label),
    Column("helix", gettext_lazy("Side of the helix"), lambda r: r.helix, lambda r: r.get_helix_display()),
    Column("status", gettext_lazy("Status"), lambda r: r.status, lambda r: r.get_status_display()),
    Column("sessions", gettext_lazy("Sessions"), lambda r: [choice.item.title for choice in r.choices.all()]),
    Column("access", gettext_lazy("Needs"), lambda r: _needs(r, "access")),
    Column("diet", gettext_lazy("Does not eat"), lambda r: _needs(r, "diet")),
    Column("language", gettext_lazy("Language"), lambda r: r.language, lambda r: r.get_language_display()),
    Column(
        "walk_in",
        gettext_lazy("Came without registering"),
        lambda r: r.is_walk_in,
        lambda r: _("yes") if r.is_walk_in else "",
    ),
    Column(
        "arrived_at",
        gettext_lazy("Registered at"),
        lambda r: timezone.localtime(r.arrived_at).replace(tzinfo=None),
    ),
)
# With names: for people only, so not as JSON under a free licence.
PARTICIPANT_FORMATS = ("csv", "ods")
PARTICIPANTS = Sheet(
    PARTICIPANT_COLUMNS,
    key="participants",
    title=gettext_lazy("Participants"),
    name=gettext_lazy("Participants"),
)
