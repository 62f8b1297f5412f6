"""What of fieldlabs and their outcomes is searched."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Theme
from fieldlabs.models import Fieldlab, Outcome
from smartsociety.core.search.kinds import LABELS, NAMES, SUMMARY, Document, Kind, Part, Watch, register

FIELDLABS, OUTCOMES = 4, 5


@register
class Fieldlabs(Kind):
    """Fieldlabs that were announced."""

    number, name, label = FIELDLABS, "fieldlabs", _("Fieldlabs")

    def rows(self) -> QuerySet:
        """All but drafts."""
        return Fieldlab.objects.public()

    def watched(self) -> list[Watch]:
        """Also the names in it."""
        of_theme = "SELECT fieldlab_id FROM fieldlabs_fieldlab_themes WHERE theme_id = ROW.id"
        return [
            Watch(Fieldlab, "SELECT ROW.id"),
            Watch(Fieldlab.themes.through, "SELECT ROW.fieldlab_id"),
            Watch(Organisation, "SELECT id FROM fieldlabs_fieldlab WHERE host_id = ROW.id", ("name",)),
            Watch(Theme, of_theme, ("name_nl",)),
        ]

    def documents(self, ids: Iterable[int]) -> list[Document]:
        """Title, description, themes, venue and host."""
        rows = self.rows().filter(pk__in=list(ids)).select_related("host").prefetch_related("themes")
        return [
            Document(
                row.pk,
                row.title_nl,
                "nl",
                [
                    Part(row.summary_nl, SUMMARY),
                    Part(row.title_en, SUMMARY, is_passage=False),
                    *(Part(theme.name_nl, LABELS, is_passage=False) for theme in row.themes.all()),
                    Part(row.programme_nl),
                    Part(f"{row.venue}, {row.place}", NAMES, is_passage=False),
                    *([Part(row.host.name, NAMES, is_passage=False)] if row.host else []),
                ],
            )
            for row in rows.order_by()
        ]


@register
class Outcomes(Kind):
    """What fieldlabs yielded."""

    number, name, label = OUTCOMES, "outcomes", _("Outcomes")

    def rows(self) -> QuerySet:
        """Those of fieldlabs that everybody sees."""
        return Outcome.objects.public().select_related("fieldlab")

    def watched(self) -> list[Watch]:
        """An outcome is public once its fieldlab was held."""
        return [
            Watch(Outcome, "SELECT ROW.id"),
            Watch(Fieldlab, "SELECT id FROM fieldlabs_outcome WHERE fieldlab_id = ROW.id", ("status",)),
            Watch(Organisation, "SELECT id FROM fieldlabs_outcome WHERE organisation_id = ROW.id", ("name",)),
        ]

    def documents(self, ids: Iterable[int]) -> list[Document]:
        """Everything that was written, and the organisation that goes on with it."""
        rows = self.rows().filter(pk__in=list(ids)).select_related("organisation", "fieldlab")
        return [
            Document(
                row.pk,
                row.title,
                row.language,
                [
                    *(Part(text) for text in (row.learned, row.made, row.failed, row.interpretation)),
                    *([Part(row.organisation.name, NAMES, is_passage=False)] if row.organisation else []),
                ],
            )
            for row in rows.order_by()
        ]
