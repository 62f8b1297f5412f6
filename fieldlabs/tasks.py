"""Background work of fieldlabs."""

from procrastinate.contrib.django import app

from fieldlabs.actions import erasing, quarters, registration, rounds


@app.periodic(cron="*/10 * * * *")
@app.task(name="fieldlabs.turn_the_clock", queueing_lock="fieldlabs.turn_the_clock")
def turn_the_clock(timestamp: int) -> None:
    """Registration opens and closes by itself, offers lapse, and people are reminded."""
    rounds.turn_the_clock()
    registration.lapse_offers()


@app.periodic(cron="15 3 * * *")
@app.task(name="fieldlabs.erase_personal_data", queueing_lock="fieldlabs.erase_personal_data")
def erase_personal_data(timestamp: int) -> None:
    """Forget who never confirmed, what people needed, and in the end who they were."""
    erasing.erase_unconfirmed()
    erasing.erase_needs()
    erasing.erase_participants()


@app.periodic(cron="45 3 * * *")
@app.task(name="fieldlabs.plan_ahead", queueing_lock="fieldlabs.plan_ahead")
def plan_ahead(timestamp: int) -> None:
    """The next four fieldlabs always exist."""
    quarters.plan_ahead()
