"""What every feed of a list has in common."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from smartsociety.core.filters import ListFilter

NEWEST = 30


class ListFeed(Feed):
    """The newest of a list, narrowed by the choices in its address.

    A subclass names both addresses; its `get_object` gives the choices.
    """

    feed_type = Atom1Feed
    list_name: str
    feed_name: str

    def link(self, chosen: ListFilter) -> str:
        """The same list as a page."""
        return _with(chosen, self.list_name)

    def feed_url(self, chosen: ListFilter) -> str:
        """Where a reader asks again; with the choices, or it would get everything."""
        return _with(chosen, self.feed_name)


def _with(chosen: ListFilter, name: str) -> str:
    address = reverse(name)
    return f"{address}?{chosen.query}" if chosen.query else address
