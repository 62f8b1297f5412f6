"""What stands under the questions: what is asked, with an example."""

from django.utils.translation import gettext_lazy as _

HELP = {
    "title": _("A verb, what, and for whom. For example: “Show residents of flats how full the bins are”."),
    "summary": _("In plain language, to be read on its own: what, where, and what came of it."),
    "themes": _("One to three. By these others find it, and are told of it."),
    "tags": _("Words by which others search, with commas. For example: lamp posts, night, dimming."),
    "phase": _("How far it is now. Stopped is as welcome as scaled up."),
    "stop_reason": _("Only if it stopped. For example: “The money of the province ended.”"),
    "problem": _(
        "What was wrong, and how did you notice? For example: “Forty complaints a month about noise.”"
    ),
    "approach": _("What did you do, in which order, with whom? Headings and lists: see “Show how it looks”."),
    "result": _("Numbers if you have them, and how you measured. “No effect measured” is a result too."),
    "shortfall": _(
        "What would you do differently? This is what others need most. For example: “We asked residents too late.”"
    ),
    "contact_role": _("The function, not the name. For example: adviser mobility."),
    "contact_email": _("A shared mailbox, not a personal address. It is published."),
    "started_year": _("For example: 2024."),
    "video_url": _("An address of a film. It is not loaded before a reader chooses it."),
    "cost_once": _("To buy and to start, for you as the first."),
    "cost_once_follower": _("What would it cost the next one, who can use what you made?"),
    "cost_note": _("What is in it? For example: “Sensors € 9,000, installation € 4,000.”"),
    "funding_note": _("Name the subsidy. For example: “Half from the DEI+ scheme.”"),
    "effort_note": _("A role on each line: project leader 120 hours, a follower 40."),
    "lead_time_months": _("From decision to in use."),
    "supplier_note": _("Who delivered what? This is no recommendation."),
    "supplier_alternative": _("Who else can deliver it, or can you make it yourself?"),
    "procurement_note": _("For example: “Bought together with three neighbours, one contract.”"),
    "legal_note": _(
        "Which article, which decision? For example: “By-law article 2:10, decision of the mayor.”"
    ),
    "dpia_note": _(
        "The outcome in a few lines, or why it was not needed. Add the DPIA itself as an attachment."
    ),
    "algorithm_url": _("The address in the algorithm register."),
    "ethics_note": _("Who gave advice, which residents took part, and what changed by it?"),
    "principles_note": _("The five principles of the declaration: where does it not fit well?"),
    "ground_rules": _("What organisations agreed at fieldlabs to do alike. Tick what you keep to."),
    "source_url": _("The address where the code can be found."),
    "licence": _("As SPDX names it. For example: EUPL-1.2."),
    "maintainer": _("For example: “A community of six municipalities.”"),
    "data_url": _("The address of the open data."),
    "standards_note": _("For example: “StUF-BG, NGSI-LD; linked to the permit system.”"),
    "needs_legal": _("For example: “A decision of the council.”"),
    "needs_technical": _("For example: “Fibre to the cabinet.”"),
    "needs_organisation": _("For example: “Someone who reads the signals every morning.”"),
    "needs_support": _("For example: “The neighbourhood council was in favour.”"),
    "specific_note": _("What is so only at yours? For example: “All sixteen flats have the same hall.”"),
    "adapt_note": _("What must the next one do differently?"),
    "wanted_note": _("For example: “A municipality at the coast, to test with salt in the air.”"),
}
