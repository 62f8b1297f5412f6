"""Pages on which a fieldlab is recorded, followed up and reported."""

from collections.abc import Iterator

from fieldlabs.models import Fieldlab, Outcome
from smartsociety.core import sample
from tests.browser import stage
from tests.browser.opened import VISITOR, Opened


def pages() -> Iterator[Opened]:
    """Of visitors, of who got a link, and of programme staff."""
    reported = Fieldlab.objects.filter(status="reported").first()
    yield Opened(VISITOR, "fieldlabs:outcome_search")
    yield Opened(VISITOR, "fieldlabs:outcome_search", query="?q=zzz")
    yield Opened(VISITOR, "fieldlabs:report_detail", (reported.slug,))
    yield Opened(VISITOR, "fieldlabs:followup_answer", (stage.FOLLOW_UP,))
    yield Opened(VISITOR, "fieldlabs:questionnaire", (stage.QUESTIONNAIRE,))
    held = Fieldlab.objects.get(status="held")
    outcome = Outcome.objects.filter(fieldlab=held).first()
    for name in ("evidence", "history", "followups", "writers"):
        yield Opened(sample.PROGRAMME, f"fieldlabs:outcome_{name}", (held.slug, outcome.slug))
    for name in ("followup_list", "report_edit"):
        yield Opened(sample.PROGRAMME, f"fieldlabs:{name}", (held.slug,))
