"""New practices in people's own feed readers, narrowed by the same choices as the list."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Practice
from smartsociety.core.feeds import NEWEST, ListFeed


class PracticeFeed(ListFeed):
    """Practices as they are published, the newest first."""

    list_name, feed_name = "knowledgebase:practice_list", "knowledgebase:practice_feed"

    def get_object(self, request: HttpRequest) -> PracticeFilter:
        """The choices in the address."""
        return PracticeFilter(request.GET, queryset=Practice.objects.published(), request=request)

    def title(self, chosen: PracticeFilter) -> str:
        names = ", ".join(choice.label for choice in chosen.choices)
        return _("New practices: %(choices)s") % {"choices": names} if names else _("New practices")

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
