"""New practices in people's own feed readers, narrowed by the same choices as the list."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Practice

NEWEST = 30


class PracticeFeed(Feed):
    """Practices as they are published, the newest first."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> PracticeFilter:
        """The choices in the address."""
        return PracticeFilter(request.GET, queryset=Practice.objects.published(), request=request)

    def title(self, chosen: PracticeFilter) -> str:
        names = ", ".join(choice.label for choice in chosen.choices)
        return _("New practices: %(choices)s") % {"choices": names} if names else _("New practices")

    def link(self, chosen: PracticeFilter) -> str:
        """The same list as a page."""
        address = reverse("knowledgebase:practice_list")
        return f"{address}?{chosen.query}" if chosen.query else address

    def items(self, chosen: PracticeFilter) -> list[Practice]:
        return chosen.practices(chosen.newest(NEWEST))

    def item_title(self, practice: Practice) -> str:
        return practice.title

    def item_description(self, practice: Practice) -> str:
        return practice.summary

    def item_guid(self, practice: Practice) -> str:
        return settings.SITE_URL + practice.get_absolute_url()

    def item_author_name(self, practice: Practice) -> str:
        """The owners."""
        return practice.owner_names

    def item_pubdate(self, practice: Practice) -> datetime:
        return practice.published_at

    def item_updateddate(self, practice: Practice) -> datetime:
        return practice.published_at

    def item_categories(self, practice: Practice) -> list[str]:
        return [theme.name for theme in practice.themes.all()]
