"""What of practices is searched."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Project, Theme
from knowledgebase.models import Adoption, Boost, Need, Practice, PracticeOrganisation, Tag
from knowledgebase.models.choices import Evidence
from knowledgebase.precedence import Precedence
from knowledgebase.querysets import NEED_KIND, PRACTICE_KIND
from smartsociety.core.counting import count_of
from smartsociety.core.search.kinds import (
    LABELS,
    NAMES,
    SUMMARY,
    Document,
    Kind,
    Part,
    Watch,
    entry_id,
    register,
)

TEXTS = ("body", "problem", "approach", "result", "shortfall")
# How much each lifts a practice among its equals; together at most 1.
ADOPTED, EVIDENCE, CHECKED = 0.4, 0.4, 0.2
MOST_ADOPTIONS = 5
FRESH_DAYS = 365
OF_BOOST = (
    "SELECT ROW.practice_id WHERE ROW.practice_id IS NOT NULL "
    "UNION SELECT practice_id FROM knowledgebase_practice_tags WHERE tag_id = ROW.tag_id "
    "UNION SELECT practice_id FROM knowledgebase_practice_themes WHERE theme_id = ROW.theme_id"
)


@register
class Practices(Kind):
    """Practices of the knowledge base."""

    number, name, label = PRACTICE_KIND, "practices", _("Practices")

    def rows(self) -> QuerySet:
        """Published ones."""
        return Practice.objects.published()

    def documents(self, ids: Iterable[int]) -> list[Document]:
        """With their themes, owners and partners, where those are, and the precedence that editors gave."""
        parts = PracticeOrganisation.objects.select_related("organisation")
        rows = (
            _weighed(self.rows().filter(pk__in=list(ids)))
            .select_related("project")
            .prefetch_related(Prefetch("parts", queryset=parts))
        )
        given = Precedence.kept()
        return [self._document(practice, given) for practice in rows]

    def watched(self) -> list[Watch]:
        """Also the names in it, and what lifts it."""
        of_organisation = (
            "SELECT practice_id FROM knowledgebase_practiceorganisation WHERE organisation_id = ROW.id"
        )
        of_theme = "SELECT practice_id FROM knowledgebase_practice_themes WHERE theme_id = ROW.id"
        of_tag = "SELECT practice_id FROM knowledgebase_practice_tags WHERE tag_id = ROW.id"
        return [
            Watch(Practice, "SELECT ROW.id"),
            Watch(PracticeOrganisation, "SELECT ROW.practice_id"),
            Watch(Practice.themes.through, "SELECT ROW.practice_id"),
            Watch(Practice.tags.through, "SELECT ROW.practice_id"),
            Watch(Tag, of_tag, ("name", "synonyms")),
            Watch(Adoption, "SELECT ROW.practice_id"),
            Watch(Boost, OF_BOOST),
            Watch(Organisation, of_organisation, ("name", "aliases", "place", "province")),
            Watch(Theme, of_theme, ("name_nl", "name_en", "synonyms")),
            Watch(
                Project,
                "SELECT id FROM knowledgebase_practice WHERE project_id = ROW.id",
                ("title_nl", "title_en"),
            ),
        ]

    def _document(self, practice: Practice, given: Precedence) -> Document:
        parts = [] if _repeats(practice.summary, practice.body) else [Part(practice.summary, SUMMARY)]
        parts += [Part(getattr(practice, name)) for name in TEXTS]
        for theme in practice.themes.all():
            names = (theme.name_nl, theme.name_en, *theme.synonyms)
            parts += [Part(name, LABELS, is_passage=False) for name in names if name]
        for tag in practice.tags.all():
            parts += [Part(name, LABELS, is_passage=False) for name in (tag.name, *tag.synonyms)]
        if practice.project:
            titles = f"{practice.project.title_nl}, {practice.project.title_en}"
            parts.append(Part(titles.strip(", "), NAMES, is_passage=False))
        for part in practice.parts.all():
            parts += [Part(name, NAMES, is_passage=False) for name in _names(part.organisation)]
        return Document(
            practice.pk,
            practice.title,
            practice.language,
            parts,
            _prior(practice, given),
            given.lift(practice),
        )


@register
class Needs(Kind):
    """What organisations look for."""

    number, name, label = NEED_KIND, "needs", _("Needs of organisations")

    def rows(self) -> QuerySet:
        """Those that still look, and those that found: their page says what helped."""
        return Need.objects.exclude(status="closed")

    def watched(self) -> list[Watch]:
        """Also the names in it."""
        of_theme = "SELECT need_id FROM knowledgebase_need_themes WHERE theme_id = ROW.id"
        of_organisation = "SELECT id FROM knowledgebase_need WHERE organisation_id = ROW.id"
        return [
            Watch(Need, "SELECT ROW.id"),
            Watch(Need.themes.through, "SELECT ROW.need_id"),
            Watch(Theme, of_theme, ("name_nl", "name_en")),
            Watch(Organisation, of_organisation, ("name",)),
        ]

    def documents(self, ids: Iterable[int]) -> list[Document]:
        """Title, description, themes, and who asks."""
        rows = self.rows().filter(pk__in=list(ids)).select_related("organisation").prefetch_related("themes")
        return [
            Document(
                need.pk,
                need.title,
                need.language,
                [
                    Part(need.description, SUMMARY),
                    *(
                        Part(f"{theme.name_nl}, {theme.name_en}", LABELS, is_passage=False)
                        for theme in need.themes.all()
                    ),
                    Part(need.organisation.name, NAMES, is_passage=False),
                ],
            )
            for need in rows.order_by()
        ]


def _repeats(summary: str, body: str) -> bool:
    """Whether a summary is only how the body begins, as for what was imported without one."""
    start = " ".join(summary.rstrip("…").split())
    return bool(start) and " ".join(body[: 2 * len(summary)].split()).startswith(start)


def _names(organisation) -> list[str]:
    names = [
        organisation.name,
        *organisation.aliases,
        organisation.place,
        organisation.get_province_display(),
    ]
    return list(dict.fromkeys(name for name in names if name))


def _weighed(rows: QuerySet) -> QuerySet:
    """With everything that `_prior` asks of a practice."""
    counted = rows.annotate(adoption_count=count_of(Adoption.objects.adopted(), "practice"))
    return counted.prefetch_related("themes", "tags").order_by()


def priors(rows: QuerySet, given: Precedence) -> dict[int, float]:
    """Per entry what its prior would be with this precedence."""
    return {entry_id(PRACTICE_KIND, practice.pk): _prior(practice, given) for practice in _weighed(rows)}


def _prior(practice: Practice, given: Precedence) -> float:
    """What was taken over more, and was lately found to be still right, comes a little earlier; editors have a step."""
    adopted = min(practice.adoption_count, MOST_ADOPTIONS) / MOST_ADOPTIONS
    checked = practice.checked_on or (practice.published_at and practice.published_at.date())
    days = (timezone.localdate() - checked).days if checked else FRESH_DAYS
    rungs = list(Evidence)
    evidence = rungs.index(Evidence(practice.evidence)) / (len(rungs) - 1)
    own = ADOPTED * adopted + EVIDENCE * evidence + CHECKED * max(0.0, 1 - max(days, 0) / FRESH_DAYS)
    return own + given.lift(practice)
