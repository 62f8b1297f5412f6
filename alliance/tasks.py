"""Background work of the alliance."""

from procrastinate.contrib.django import app

from alliance import actions


@app.periodic(cron="40 3 * * *")
@app.task(name="alliance.expire_unconfirmed", queueing_lock="alliance.expire_unconfirmed")
def expire_unconfirmed(timestamp: int) -> None:
    """Erase signatures that nobody confirmed in time."""
    actions.expire_unconfirmed()
