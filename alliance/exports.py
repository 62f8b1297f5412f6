"""The list of signatories as a file: CSV and ODS for people, JSON for programs. Nothing personal is in it."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.models import Organisation, Signature
from smartsociety.core.exports import Column, Sheet


# Of each column, organisations `with_card_data` and `with_signatures_in_force` know the answer.
def _signatures(organisation: Organisation) -> list[Signature]:
    return organisation.signatures_in_force


def _themes(organisation: Organisation) -> list[Any]:
    found = {theme for signature in _signatures(organisation) for theme in signature.themes.all()}
    return sorted(found, key=lambda theme: (theme.order, theme.slug))


def _brings(organisation: Organisation, of: str) -> list[str]:
    found = [each for signature in _signatures(organisation) for each in getattr(signature, of)]
    return [str(each) for each in dict.fromkeys(found)]


def _versions(organisation: Organisation) -> list[int]:
    return sorted(signature.declaration.version for signature in _signatures(organisation))


COLUMNS = (
    Column("name", gettext_lazy("Name"), lambda o: o.name),
    Column("url", gettext_lazy("Page"), lambda o: settings.SITE_URL + o.get_absolute_url()),
    Column("helix", gettext_lazy("Side of the helix"), lambda o: o.helix.value, lambda o: o.helix.label),
    Column("kind", gettext_lazy("Kind of organisation"), lambda o: o.kind, lambda o: o.get_kind_display()),
    Column("province", gettext_lazy("Province"), lambda o: o.province, lambda o: o.get_province_display()),
    Column("place", gettext_lazy("Place"), lambda o: o.place),
    Column("inhabitants", gettext_lazy("Inhabitants"), lambda o: o.inhabitants),
    Column("cbs_code", gettext_lazy("CBS code"), lambda o: o.cbs_code),
    Column("website", gettext_lazy("Website"), lambda o: o.website),
    Column("joined_on", gettext_lazy("Signatory since"), lambda o: timezone.localdate(o.joined_at)),
    Column("versions", gettext_lazy("Versions signed"), _versions),
    Column(
        "themes",
        gettext_lazy("Themes"),
        lambda o: [theme.slug for theme in _themes(o)],
        lambda o: [theme.name for theme in _themes(o)],
    ),
    Column(
        "brings",
        gettext_lazy("What they bring"),
        lambda o: _brings(o, "contributes"),
        lambda o: _brings(o, "contributions"),
    ),
    Column(
        "not_confirmed_since",
        gettext_lazy("Not confirmed since"),
        lambda o: _signatures(o)[0].not_confirmed_since,
    ),
    Column(
        "is_example",
        gettext_lazy("Example"),
        lambda o: o.is_example,
        lambda o: _("yes") if o.is_example else "",
    ),
)

SIGNATORIES = Sheet(
    COLUMNS,
    key="organisations",
    title=gettext_lazy("Signatories of the Smart Society declaration of support"),
    name=gettext_lazy("Signatories"),
)
