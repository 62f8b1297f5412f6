"""Background work of the knowledge base."""

from procrastinate.contrib.django import app

from knowledgebase import digests
from knowledgebase.actions import adoption, need, question
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
    adoption.erase_adoption_drafts()
    erase_old_reads()
