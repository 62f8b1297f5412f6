"""What of signatories and projects of the agenda is searched."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Project, Signature, Theme
from smartsociety.core.search.kinds import LABELS, NAMES, SUMMARY, Document, Kind, Part, Watch, register

SIGNATORIES, PROJECTS = 2, 3


@register
class Signatories(Kind):
    """Organisations that signed."""

    number, name, label = SIGNATORIES, "signatories", _("Signatories")

    def rows(self) -> QuerySet:
        """Those of today with a signature in force."""
        return Organisation.objects.signatories()

    def watched(self) -> list[Watch]:
        """A signature makes an organisation one of them."""
        return [Watch(Organisation, "SELECT ROW.id"), Watch(Signature, "SELECT ROW.organisation_id")]

    def documents(self, ids: Iterable[int]) -> list[Document]:
        """Name, other names, place, and what they say of themselves."""
        return [
            Document(
                row.pk,
                row.name,
                row.language,
                [
                    Part(row.description),
                    *(Part(name, SUMMARY, is_passage=False) for name in row.aliases),
                    *(
                        Part(name, NAMES, is_passage=False)
                        for name in (row.place, row.get_province_display())
                        if name
                    ),
                ],
            )
            for row in self.rows().filter(pk__in=list(ids)).order_by()
        ]


@register
class Projects(Kind):
    """Projects of the agenda."""

    number, name, label = PROJECTS, "projects", _("Agenda projects")

    def rows(self) -> QuerySet:
        """Published ones."""
        return Project.objects.filter(is_published=True)

    def watched(self) -> list[Watch]:
        """Also the names in it."""
        of_party = (
            "SELECT id FROM alliance_project WHERE lead_id = ROW.id UNION "
            "SELECT project_id FROM alliance_project_partners WHERE organisation_id = ROW.id"
        )
        of_theme = "SELECT project_id FROM alliance_project_themes WHERE theme_id = ROW.id"
        return [
            Watch(Project, "SELECT ROW.id"),
            Watch(Project.themes.through, "SELECT ROW.project_id"),
            Watch(Project.partners.through, "SELECT ROW.project_id"),
            Watch(Organisation, of_party, ("name",)),
            Watch(Theme, of_theme, ("name_nl",)),
        ]

    def documents(self, ids: Iterable[int]) -> list[Document]:
        """Both languages in one entry, in the stems of the first: a project has one page."""
        rows = (
            self.rows().filter(pk__in=list(ids)).select_related("lead").prefetch_related("themes", "partners")
        )
        return [
            Document(
                row.pk,
                row.title_nl,
                "nl",
                [
                    Part(row.summary_nl, SUMMARY),
                    Part(row.text_nl),
                    Part(row.title_en, SUMMARY, is_passage=False),
                    Part(row.summary_en, is_passage=False),
                    *(Part(theme.name_nl, LABELS, is_passage=False) for theme in row.themes.all()),
                    *(Part(party.name, NAMES, is_passage=False) for party in (row.lead, *row.partners.all())),
                ],
            )
            for row in rows.order_by()
        ]
