"""Background work of fieldlabs."""

from procrastinate.contrib.django import app

from fieldlabs.actions import (
    erasing,
    followup,
    outcome,
    quarters,
    questionnaire,
    registration,
    report,
    rounds,
)


@app.periodic(cron="20 8 * * *")
@app.task(name="fieldlabs.remind_followups", queueing_lock="fieldlabs.remind_followups")
def remind_followups(timestamp: int) -> None:
    """Owners hear of what is due within a week, or overdue."""
    followup.remind_all()


@app.periodic(cron="30 8 * * *")
@app.task(name="fieldlabs.nudge_reports", queueing_lock="fieldlabs.nudge_reports")
def nudge_reports(timestamp: int) -> None:
    """Staff hear after a week, the coordinator after two, that a fieldlab has no report."""
    report.nudge_all()


@app.periodic(cron="15 9 * * *")
@app.task(name="fieldlabs.ask_participants", queueing_lock="fieldlabs.ask_participants")
def ask_participants(timestamp: int) -> None:
    """The short questionnaire, once, after a fieldlab was held."""
    questionnaire.ask_all()


@app.periodic(cron="55 3 * * *")
@app.task(name="fieldlabs.erase_record", queueing_lock="fieldlabs.erase_record")
def erase_record(timestamp: int) -> None:
    """Forget writers of what is reported, owners of what is settled, unused links, comments in questionnaires."""
    followup.erase_owners()
    outcome.erase_writers()
    questionnaire.erase()


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
