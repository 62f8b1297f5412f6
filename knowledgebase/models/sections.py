"""Which question is on which page while writing: the core first, then the parts of what a follower wants to know."""

from knowledgebase.models.choices import Section

CORE = [
    "title",
    "summary",
    "language",
    "themes",
    "project",
    "phase",
    "stop_reason",
    "started_year",
    "problem",
    "approach",
    "result",
    "shortfall",
    "contact_role",
    "contact_email",
    "video_url",
    "video_title",
]
SECTIONS = {
    Section.COSTS: (
        "cost_once cost_yearly cost_once_follower cost_yearly_follower cost_note "
        "funding funding_note funding_is_lasting"
    ),
    Section.HOURS: "effort effort_follower effort_note lead_time_months",
    Section.SUPPLIER: "supplier_note supplier_alternative procurement procurement_note",
    Section.RULES: (
        "legal_basis legal_note personal_data dpia dpia_done_on dpia_note algorithm algorithm_url "
        "sensors sensor_url ethics_note principles principles_note ground_rules"
    ),
    Section.CODE: "source_url licence maintainer data_owner data_url standards_note",
    Section.CONDITIONS: "needs_legal needs_technical needs_organisation needs_support",
    Section.FOLLOWER: (
        "building_blocks specific_note adapt_note fits_sizes fits_areas fits_without_ict wanted wanted_note"
    ),
}
SECTION_OF = {name: section for section, names in SECTIONS.items() for name in names.split()}
# All that is written, in the order of the form.
WRITTEN = [*CORE, "tags", *SECTION_OF, "gaps"]
