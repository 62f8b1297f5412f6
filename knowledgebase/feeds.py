"""What is new in the knowledge base in people's own feed readers, narrowed by the same choices as each list."""

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.http import HttpRequest
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _

from knowledgebase.filters import PracticeFilter, PublicationFilter, RuleFilter
from knowledgebase.models import (
    Adoption,
    AdoptionStep,
    Collection,
    GroundRule,
    Need,
    Practice,
    Publication,
    RuleVersion,
)
from knowledgebase.travelling import journeys
from knowledgebase.use_filters import AdoptionFilter, CollectionFilter, NeedFilter, WantedFilter
from smartsociety.core.feeds import NEWEST, ListFeed
from smartsociety.core.markdown import render


class PracticeFeed(ListFeed):
    """Practices as they are published."""

    list_name, feed_name = "knowledgebase:practice_list", "knowledgebase:practice_feed"
    name, filter = _("New practices"), PracticeFilter

    def get_object(self, request: HttpRequest) -> PracticeFilter:
        """The choices in the address."""
        return PracticeFilter(request.GET, queryset=Practice.objects.published(), request=request)

    def items(self, chosen: PracticeFilter) -> list[Practice]:
        return chosen.practices(chosen.newest(NEWEST))

    def item_author_name(self, practice: Practice) -> str:
        """The owners."""
        return practice.owner_names


class WantedFeed(ListFeed):
    """Practices whose owner looks for somebody to go on with."""

    list_name, feed_name = "knowledgebase:wanted_list", "knowledgebase:wanted_feed"
    name, filter = _("Wanted"), WantedFilter
    # An old practice may look for somebody since today, and no column tells: so a feed holds about all that do.
    most = 100

    def rows(self) -> QuerySet[Practice]:
        return Practice.objects.wanting().with_card_data()

    def item_title(self, practice: Practice) -> str:
        """With what is looked for."""
        return f"{practice.title}: {', '.join(map(str, practice.wanted_labels))}"

    def item_description(self, practice: Practice) -> str:
        """What the owner says about it, else what it is, as HTML."""
        return linebreaks(practice.wanted_note or practice.summary, autoescape=True)

    def item_guid(self, practice: Practice) -> str:
        """Other than that of the practice itself, and another one when something else is looked for."""
        return f"{super().item_guid(practice)}#{'-'.join(sorted(practice.wanted))}"

    def item_author_name(self, practice: Practice) -> str:
        """The owners."""
        return practice.owner_names


class NeedFeed(ListFeed):
    """What organisations look for, or with `?status=found` what they found."""

    list_name, feed_name = "knowledgebase:need_list", "knowledgebase:need_feed"
    name, filter, came, said = _("What others look for"), NeedFilter, "created_at", "description"

    def rows(self) -> QuerySet[Need]:
        return Need.objects.with_card_data()

    def item_author_name(self, need: Need) -> str:
        """Who looks for it."""
        return need.organisation.name


class CollectionFeed(ListFeed):
    """Collections for everybody."""

    list_name, feed_name = "knowledgebase:collection_list", "knowledgebase:collection_feed"
    name, filter, came = _("Collections"), CollectionFilter, "created_at"

    def rows(self) -> QuerySet[Collection]:
        return Collection.objects.published().with_card_data()

    def item_author_name(self, collection: Collection) -> str:
        """Who made it; the editors when nobody else did."""
        return collection.maker or self.author_name


class PublicationFeed(ListFeed):
    """Publications as they come here, however long ago they were published elsewhere."""

    list_name, feed_name = "knowledgebase:publication_list", "knowledgebase:publication_feed"
    name, filter = _("Publications"), PublicationFilter
    came, changed = "published_on", "created_at"

    def rows(self) -> QuerySet[Publication]:
        return Publication.objects.shown().with_card_data()

    def item_author_name(self, publication: Publication) -> str:
        """Its maker: an organisation."""
        return publication.made_by


class RuleFeed(ListFeed):
    """Ground rules as they are worded, worded anew and agreed."""

    list_name, feed_name = "knowledgebase:rule_list", "knowledgebase:rule_feed"
    name, filter = _("Ground rules and standards"), RuleFilter
    came, changed = "worded_at", "changed_at"

    def rows(self) -> QuerySet[GroundRule]:
        worded = RuleVersion.objects.filter(rule=OuterRef("pk"))
        newest = Subquery(worded.order_by("-number").values("created_at")[:1])
        return GroundRule.objects.with_card_data().annotate(
            worded_at=worded.order_by("number").values("created_at")[:1],
            changed_at=Greatest(newest, Cast("agreed_on", DateTimeField())),
        )

    def item_title(self, rule: GroundRule) -> str:
        """With where it stands."""
        return f"{rule.title} ({rule.get_status_display()})"

    def item_description(self, rule: GroundRule) -> str:
        """The wording that holds, as HTML."""
        return render(rule.current.text) if rule.current else ""


class AdoptionFeed(ListFeed):
    """Adoptions as organisations say so, and as they come along."""

    list_name, feed_name = "knowledgebase:adoption_list", "knowledgebase:adoption_feed"
    name, filter = _("Adoptions"), AdoptionFilter
    came, changed, said = "claimed_at", "moved_at", "changes"

    def rows(self) -> QuerySet[Adoption]:
        steps = AdoptionStep.objects.filter(adoption=OuterRef("pk")).order_by("-noted_at", "-pk")
        moved = Coalesce(Subquery(steps.values("noted_at")[:1]), F("claimed_at"))
        return journeys().with_card_data().annotate(moved_at=moved)

    def item_title(self, adoption: Adoption) -> str:
        """Who, what and how far."""
        return f"{adoption.organisation.name}: {adoption.practice.title} ({adoption.get_stage_display()})"

    def item_link(self, adoption: Adoption) -> str:
        return adoption.practice.get_absolute_url()

    def item_guid(self, adoption: Adoption) -> str:
        """A part of the page of the practice."""
        return f"{super().item_guid(adoption.practice)}#overname-{adoption.pk}"

    def item_author_name(self, adoption: Adoption) -> str:
        """Who took it over."""
        return adoption.organisation.name
