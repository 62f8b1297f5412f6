"""Practices as a file. Nothing personal is in it: of the contact only the function."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models.organisation import Province
from knowledgebase.models import Practice
from knowledgebase.models.choices import Wanted
from smartsociety.core.exports import Column, Sheet


def _owners(practice: Practice) -> list[str]:
    return [part.organisation.name for part in practice.owners]


def _provinces(practice: Practice) -> list[str]:
    return sorted({part.organisation.province for part in practice.owners if part.organisation.province})


def _province_names(practice: Practice) -> list[str]:
    return [Province(province).label for province in _provinces(practice)]


SHEET = Sheet(
    key="practices",
    title=_("Practices in the knowledge base of Smart Society"),
    name=_("Practices"),
    columns=(
        Column("title", _("Title"), lambda p: p.title),
        Column("url", _("Page"), lambda p: settings.SITE_URL + p.get_absolute_url()),
        Column("summary", _("Summary"), lambda p: p.summary),
        Column("language", _("Language"), lambda p: p.language, lambda p: p.get_language_display()),
        Column("owners", _("Owners"), _owners),
        Column("provinces", _("Provinces"), _provinces, _province_names),
        Column(
            "themes",
            _("Themes"),
            lambda p: [theme.slug for theme in p.themes.all()],
            lambda p: [theme.name for theme in p.themes.all()],
        ),
        Column(
            "tags",
            _("Tags"),
            lambda p: [tag.slug for tag in p.tags.all()],
            lambda p: [tag.name for tag in p.tags.all()],
        ),
        Column("phase", _("Phase"), lambda p: p.phase, lambda p: p.phase_label),
        Column(
            "building_blocks",
            _("Building blocks"),
            lambda p: p.building_blocks,
            lambda p: p.building_block_labels,
        ),
        Column("cost_once", _("One-off costs"), lambda p: p.cost_once, lambda p: p.get_cost_once_display()),
        Column(
            "cost_yearly", _("Costs per year"), lambda p: p.cost_yearly, lambda p: p.get_cost_yearly_display()
        ),
        Column("effort", _("Own hours"), lambda p: p.effort, lambda p: p.get_effort_display()),
        Column("lead_time_months", _("Lead time in months"), lambda p: p.lead_time_months),
        Column("dpia", _("DPIA"), lambda p: p.dpia, lambda p: p.get_dpia_display()),
        Column("evidence", _("Evidence"), lambda p: p.evidence, lambda p: p.get_evidence_display()),
        Column(
            "wanted", _("Wanted"), lambda p: p.wanted, lambda p: [Wanted(each).label for each in p.wanted]
        ),
        Column("origin_url", _("Source"), lambda p: p.origin_url),
        Column("source_url", _("Source code"), lambda p: p.source_url),
        Column("licence", _("Licence"), lambda p: p.licence),
        Column(
            "from_fieldlab",
            _("From a fieldlab"),
            lambda p: p.outcome_id is not None,
            lambda p: _("yes") if p.outcome_id else "",
        ),
        Column("adoptions", _("Used by others"), lambda p: p.adoption_count),
        Column("published_on", _("Published on"), lambda p: timezone.localdate(p.published_at)),
        Column("checked_on", _("Last checked on"), lambda p: p.checked_on),
    ),
)
