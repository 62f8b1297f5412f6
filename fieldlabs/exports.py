"""The participants of a fieldlab as a spreadsheet; for programme staff alone, because it holds who they are."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldlabs.models import Registration
from smartsociety.core.exports import Column, Sheet


def _needs(registration: Registration, name: str) -> str:
    return getattr(registration.own_needs, name, "")


COLUMNS = (
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
    COLUMNS, key="participants", title=gettext_lazy("Participants"), name=gettext_lazy("Participants")
)
