"""What came since somebody looked, for whatever they follow."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import Organisation, Project, Theme
from knowledgebase.filters import PracticeFilter
from knowledgebase.models import AdoptionStep, Need, Practice, Proposal, Question, Subscription, Tag
from knowledgebase.models.subscription import Frequency
from knowledgebase.querysets import PRACTICE_KIND

# The hour at which mails of a day, a week or a month leave.
HOUR = 7
# More of one thing is not read; the page of the list has them all.
MOST = 20
MOST_FIELDS = 5
# Of these no reader sees that they changed.
UNSEEN = {"contact_email"}
# What can be followed by its address, in Dutch addresses.
KINDS = {
    "thema": ("theme", Theme.objects.all),
    "tag": ("tag", Tag.objects.standing),
    "praktijkvoorbeeld": ("practice", Practice.objects.published),
    "organisatie": ("organisation", Organisation.objects.public),
    "project": ("project", Project.objects.published),
}


@dataclass(frozen=True)
class Line:
    """One thing that came: what, and the page it is on."""

    text: str
    page_of: Practice | Need

    @property
    def view(self) -> str:
        """What that page is called in the addresses of the knowledge base."""
        return "need_detail" if isinstance(self.page_of, Need) else "practice_detail"


def subject_of(subscription: Subscription) -> str:
    """What is followed, in words."""
    if subscription.kind != "query":
        return str(getattr(subscription, subscription.kind))
    chosen = PracticeFilter(QueryDict(subscription.query), queryset=Practice.objects.none())
    return _("Search: %(words)s") % {"words": ", ".join(choice.label for choice in chosen.choices) or "*"}


def boundary(frequency: str, now: datetime) -> datetime | None:
    """Whoever was told before this moment is told now; None for nobody."""
    morning = timezone.localtime(now).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if frequency == Frequency.PAUSED:
        return None
    if frequency == Frequency.AT_ONCE:
        return now
    if timezone.localtime(now) < morning:
        morning -= timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        morning -= timedelta(days=morning.weekday())
    if frequency == Frequency.MONTHLY:
        morning = morning.replace(day=1)
    return morning


def is_due(subscription: Subscription, now: datetime) -> bool:
    """Whether its moment has come."""
    before = boundary(subscription.frequency, now)
    return before is not None and subscription.seen_at < before


def news_of(subscription: Subscription, until: datetime) -> list[Line]:
    """What came for it after it was last told and up to `until`, the newest first."""
    since = subscription.seen_at
    lines = [
        Line(practice.title, practice)
        for practice in practices_for(subscription).came_between(since, until)[:MOST]
    ]
    about = (_changes, _steps, _answers, _needs)
    return lines + [line for told in about for line in told(subscription, since, until)]


def practices_for(subscription: Subscription) -> "QuerySet[Practice]":
    """The published practices that it is about, the newest first."""
    rows = Practice.objects.published()
    kind = subscription.kind
    if kind == "query":
        search = PracticeFilter(QueryDict(subscription.query), queryset=rows)
        # A choice that is gone narrows nothing: rather no mail than one about everything.
        rows = rows.none() if search.given.keys() - search.chosen.keys() else search.qs
        if "q" in search.chosen:  # what only comes near is worth a look on a page, but no mail
            rows = rows.filter(pk__in=search.answer.answers(PRACTICE_KIND))
    elif kind == "theme":
        rows = rows.filter(themes=subscription.theme_id)
    elif kind == "tag":
        rows = rows.filter(tags=subscription.tag_id)
    elif kind == "organisation":
        rows = rows.owned_by(pk=subscription.organisation_id)
    elif kind == "project":
        rows = rows.filter(project=subscription.project_id)
    else:  # of a practice itself: not that it is there, but what changes and who takes it over
        rows = rows.none()
    return rows.order_by("-published_at")


def _changes(subscription: Subscription, since: datetime, until: datetime) -> list[Line]:
    """What changed in the text of a practice that is followed."""
    if subscription.kind != "practice":
        return []
    approved = Proposal.objects.filter(
        practice=subscription.practice_id,
        practice__status="published",
        status=Proposal.Status.APPROVED,
        decided_at__gt=since,
        decided_at__lte=until,
    )
    found = []
    for proposal in approved.select_related("practice").order_by("-decided_at")[:MOST]:
        if names := [name for name in proposal.values if name not in UNSEEN]:
            said = {"title": proposal.practice.title, "what": _labels(names)}
            found.append(Line(_("Changed in “%(title)s”: %(what)s") % said, proposal.practice))
    return found


def _labels(names: list[str]) -> str:
    """Fields in the words of the page and in its order, the first few of them."""
    fields = [field for field in Practice._meta.get_fields() if field.name in names]
    labels = [str(field.verbose_name) for field in fields]
    more = [_("and %(number)s more") % {"number": len(labels) - MOST_FIELDS}] if labels[MOST_FIELDS:] else []
    return ", ".join([*labels[:MOST_FIELDS], *more])


def _steps(subscription: Subscription, since: datetime, until: datetime) -> list[Line]:
    """Who came how far with a practice that is followed, or what an organisation that is followed took over."""
    if subscription.kind not in ("practice", "organisation"):
        return []
    about = {f"adoption__{subscription.kind}": getattr(subscription, f"{subscription.kind}_id")}
    steps = AdoptionStep.objects.filter(
        Q(adoption__practice__status="published"), noted_at__gt=since, noted_at__lte=until, **about
    ).select_related("adoption__organisation", "adoption__practice")
    return [
        Line(
            _("%(organisation)s: %(stage)s, %(title)s")
            % {
                "organisation": step.adoption.organisation.name,
                "stage": step.get_stage_display().lower(),
                "title": step.adoption.practice.title,
            },
            step.adoption.practice,
        )
        for step in steps.order_by("-noted_at")[:MOST]
    ]


def _answers(subscription: Subscription, since: datetime, until: datetime) -> list[Line]:
    """Public answers about a practice that is followed."""
    if subscription.kind != "practice":
        return []
    answered = Question.objects.public().filter(
        practice=subscription.practice_id, answered_at__gt=since, answered_at__lte=until
    )
    return [
        Line(_("Answered: %(question)s") % {"question": question.text[:100]}, question.practice)
        for question in answered.select_related("practice")[:MOST]
    ]


def _needs(subscription: Subscription, since: datetime, until: datetime) -> list[Line]:
    """What somebody looks for in a theme that is followed: perhaps this reader has it."""
    if subscription.kind != "theme":
        return []
    asked = Need.objects.open().filter(
        themes=subscription.theme_id, created_at__gt=since, created_at__lte=until
    )
    return [
        Line(_("Who has a solution? %(title)s") % {"title": need.title}, need)
        for need in asked.order_by("-created_at")[:MOST]
    ]
