"""What every feed of a list has in common."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import override

from smartsociety.core.filters import ListFilter

NEWEST = 30


class Atom(Atom1Feed):
    """Atom in which the text of a person carries its own language."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}


class ListFeed(Feed):
    """The newest of a list, narrowed by the choices in its address.

    A subclass names its list, itself and the filter of that list, and gives `rows`: what a visitor sees in the list.
    """

    feed_type = Atom
    author_name = "Smart Society"
    list_name: str
    feed_name: str
    name: Any
    filter: type[ListFilter]
    # Columns: when a thing came; when it last changed, if that is news too; what it says.
    came = "published_at"
    changed = ""
    said = "summary"
    most = NEWEST

    def rows(self) -> QuerySet:
        """The list without choices, with all that an entry tells."""
        raise NotImplementedError

    def get_object(self, request: HttpRequest) -> ListFilter:
        """The choices in the address."""
        return self.filter(request.GET, queryset=self.rows())

    def title(self, chosen: ListFilter) -> str:
        """Its name, with the names of the choices: who follows several lists tells them apart by it."""
        choices = ", ".join(choice.label for choice in chosen.choices)
        return f"{self.name}: {choices} · Smart Society" if choices else f"{self.name} · Smart Society"

    def link(self, chosen: ListFilter) -> str:
        """The same list as a page."""
        return _with(chosen, self.list_name)

    def feed_url(self, chosen: ListFilter) -> str:
        """Where a reader asks again; with the choices, or it would get everything."""
        return _with(chosen, self.feed_name)

    def items(self, chosen: ListFilter) -> list[Model]:
        """The newest first."""
        found = self.rows().filter(pk__in=chosen.qs.order_by().values("pk"))
        newest = F(self.changed or self.came).desc(nulls_last=True)
        return list(found.order_by(newest, "-pk")[: self.most])

    def item_title(self, item: Model) -> str:
        return item.title

    def item_description(self, item: Model) -> str:
        """What it says, as HTML."""
        return linebreaks(getattr(item, self.said), autoescape=True)

    def item_guid(self, item: Model) -> str:
        """The Dutch address: it never changes, and is the same in both languages."""
        with override("nl"):
            return settings.SITE_URL + item.get_absolute_url()

    def item_pubdate(self, item: Model) -> datetime | None:
        return _moment(getattr(item, self.came))

    def item_updateddate(self, item: Model) -> datetime | None:
        return _moment(getattr(item, self.changed or self.came))

    def item_categories(self, item: Model) -> list[str]:
        """Its themes."""
        return [theme.name for theme in item.themes.all()] if hasattr(item, "themes") else []

    def item_extra_kwargs(self, item: Model) -> dict[str, str]:
        """Its language, when it is written in one only."""
        return {"language": getattr(item, "language", "")}


def _moment(value: Any) -> datetime | None:
    """A day begins at midnight."""
    if value is None or isinstance(value, datetime):
        return value
    return timezone.make_aware(datetime.combine(value, time.min))


def _with(chosen: ListFilter, name: str) -> str:
    address = reverse(name)
    return f"{address}?{chosen.query}" if chosen.query else address
