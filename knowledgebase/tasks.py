"""Background work of the knowledge base."""

from procrastinate.contrib.django import app

from knowledgebase import digests
from knowledgebase.actions import adoption, adoption_check, evidence, freshness, need, people, question
from knowledgebase.reading import erase_old_reads


@app.periodic(cron="*/10 * * * *")
@app.task(name="knowledgebase.send_digests", queueing_lock="knowledgebase.send_digests")
def send_digests(timestamp: int) -> None:
    """One mail to each follower for whom something is due."""
    digests.send_digests()


@app.periodic(cron="5,20,35,50 * * * *")
@app.task(name="knowledgebase.tell_matches", queueing_lock="knowledgebase.tell_matches")
def tell_matches(timestamp: int) -> None:
    """Tell those who look for something what was published, and those who can finish an adoption that they can."""
    need.tell_matches()
    adoption.tell_who_can_finish()


@app.periodic(cron="45 3 * * *")
@app.task(name="knowledgebase.erase_personal_data", queueing_lock="knowledgebase.erase_personal_data")
def erase_personal_data(timestamp: int) -> None:
    """Close what nobody answers; forget old questions, unfinished adoptions and old numbers of readers."""
    need.bring_unmatched()
    question.close_unanswered()
    question.erase_questions()
    question.erase_ways_to_talk()
    adoption.erase_adoption_drafts()
    erase_old_reads()


@app.periodic(cron="20 8 * * *")
@app.task(name="knowledgebase.ask_still_right", queueing_lock="knowledgebase.ask_still_right")
def ask_still_right(timestamp: int) -> None:
    """The yearly question to contacts, and to representatives where nobody answered."""
    freshness.ask_others_all()
    freshness.ask_all()


@app.periodic(cron="40 8 * * *")
@app.task(name="knowledgebase.ask_still_adopted", queueing_lock="knowledgebase.ask_still_adopted")
def ask_still_adopted(timestamp: int) -> None:
    """The yearly question to those who took a practice over."""
    adoption_check.ask_all()


@app.periodic(cron="15 4 * * *")
@app.task(name="knowledgebase.end_evidence", queueing_lock="knowledgebase.end_evidence")
def end_evidence(timestamp: int) -> None:
    """Steps of evidence that nobody confirmed in time end; contacts are asked to confirm those that end soon."""
    evidence.expire_all()
    evidence.warn_all()


@app.periodic(cron="25 4 * * *")
@app.task(name="knowledgebase.erase_invitations", queueing_lock="knowledgebase.erase_invitations")
def erase_invitations(timestamp: int) -> None:
    """Forget the addresses of old invitations to write along."""
    people.erase_author_invitations()
