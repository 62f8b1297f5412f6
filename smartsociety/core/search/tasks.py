"""What the worker does for search: changes that no question came by for, and the counts."""

from procrastinate.contrib.django import app

from smartsociety.core.search import asked, upkeep
from smartsociety.core.search.indexing import index_pending

PORTION = 200


@app.periodic(cron="* * * * *")
@app.task(name="search.index_pending", queueing_lock="search.index_pending")
def index_rest(timestamp: int) -> None:
    """Index everything that changed, in portions that each stand on their own."""
    while index_pending(PORTION) == PORTION:
        pass


@app.periodic(cron="10 4 * * *")
@app.task(name="search.count", queueing_lock="search.count")
def count(timestamp: int) -> None:
    """Count words and letter runs anew, and forget what was searched long ago."""
    upkeep.count()
    asked.erase_old()
