"""Background work of the alliance."""

from procrastinate.contrib.django import app

from alliance import actions


@app.periodic(cron="40 3 * * *")
@app.task(name="alliance.erase_personal_data", queueing_lock="alliance.erase_personal_data")
def erase_personal_data(timestamp: int) -> None:
    """Forget signers whose link was never opened, or whose signature was rejected a while ago."""
    actions.expire_unconfirmed()
    actions.erase_rejected()
