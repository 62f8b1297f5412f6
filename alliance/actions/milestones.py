"""A round number of signatories: the secretariat finds a news message ready, and decides whether to send it."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from alliance import emails
from alliance.models import News, Organisation

MILESTONES = (10, 25, 50, 75, 100, 150, 200, 250, 300, 342, 400, 500, 750, 1000)


@transaction.atomic
def note_milestone(organisation: Organisation) -> News | None:
    """The message for the number that was reached with `organisation`; each number has one, whoever comes and goes."""
    number = Organisation.objects.signatories().count()
    joined_before = organisation.signatures.published().count() > 1  # under an earlier version
    if joined_before or number not in MILESTONES:
        return None
    news, is_new = News.objects.get_or_create(milestone=number, defaults=_wording(number, organisation))
    if is_new:
        emails.milestone_reached(news)
    return news if is_new else None


def _wording(number: int, organisation: Organisation) -> dict[str, str]:
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            url = settings.SITE_URL + reverse("alliance:signatory_list")
            words[f"subject_{language}"] = _("%(number)d organisations support the declaration") % {
                "number": number
            }
            words[f"text_{language}"] = _(
                "With %(name)s, %(number)d organisations support the Smart Society declaration of support. "
                "See who they are: %(url)s"
            ) % {"name": organisation.name, "number": number, "url": url}
    return words
