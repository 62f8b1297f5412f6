"""What the worker does for search: changes that no question came by for, and packing."""

from procrastinate.contrib.django import app

from smartsociety.core.search import asked, packing
from smartsociety.core.search.indexing import index_pending

PORTION = 200


@app.periodic(cron="* * * * *")
@app.task(name="search.index_pending", queueing_lock="search.index_pending")
def index_rest(timestamp: int) -> None:
    """Index everything that changed, in portions that each stand on their own."""
    while index_pending(PORTION) == PORTION:
        pass
    packing.pack_when_worthwhile()


@app.periodic(cron="10 4 * * *")
@app.task(name="search.pack", queueing_lock="search.pack")
def pack(timestamp: int) -> None:
    """Pack what is loose, however little, and forget what was searched long ago."""
    packing.pack()
    asked.erase_old()
