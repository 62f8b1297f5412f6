"""New signatories and projects in people's own feed readers."""

from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.filters import ProjectFilter, SignatoryFilter
from alliance.models import Organisation, Project, Signature
from smartsociety.core.feeds import ListFeed


class SignatoryFeed(ListFeed):
    """Organisations as they join; an entry is their first signature: its proof never changes."""

    list_name, feed_name = "alliance:signatory_list", "alliance:signatory_feed"
    name, filter, said = _("New signatories"), SignatoryFilter, "statement"

    def rows(self) -> QuerySet[Organisation]:
        return Organisation.objects.signatories().with_card_data()

    def items(self, chosen: SignatoryFilter) -> list[Signature]:
        joining = Signature.objects.joining().with_card_data()
        return list(joining.filter(organisation__in=chosen.qs.order_by().values("pk"))[: self.most])

    def item_title(self, signature: Signature) -> str:
        return signature.organisation.name

    def item_link(self, signature: Signature) -> str:
        return signature.organisation.get_absolute_url()


class ProjectFeed(ListFeed):
    """Projects of the agenda as they are published and as they come along; its history knows when."""

    list_name, feed_name = "alliance:project_list", "alliance:project_feed"
    name, filter, changed = _("Agenda"), ProjectFilter, "changed_at"

    def rows(self) -> QuerySet[Project]:
        history = Project.pgh_event_model.objects.filter(pgh_obj=OuterRef("pk"), is_published=True)
        return (
            Project.objects.published()
            .with_card_data()
            .annotate(
                published_at=history.order_by("pgh_created_at", "pk").values("pgh_created_at")[:1],
                changed_at=history.order_by("-pgh_created_at", "-pk").values("pgh_created_at")[:1],
            )
        )

    def item_title(self, project: Project) -> str:
        """With its phase: that it runs, or is finished, is news."""
        return f"{project.title} ({project.get_phase_display()})"

    def item_author_name(self, project: Project) -> str:
        """Who leads it."""
        return project.lead.name
