"""The way through the staff workspace: which of its pages this person may open."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.permissions import (
    can_answer_enquiries,
    can_edit_declaration,
    can_keep_register,
    can_send_news,
    can_verify_signatures,
)
from fieldlabs.permissions import can_plan
from knowledgebase.permissions import can_keep_library, can_review, can_see_searches
from smartsociety.core.staff import can_watch
from smartsociety.core.templatetags.components import section_nav

register = template.Library()


@register.inclusion_tag("components/section_nav.html", takes_context=True)
def staff_nav(context: Context) -> dict[str, Any]:
    """Tabs of /beheer/, on every page there; only those that the signed-in person may open."""
    user = context["user"]
    pages = [
        (can_watch(user), _("Overview"), "staff_home"),
        (can_verify_signatures(user), _("Signatures"), "alliance:staff_signature_list"),
        (can_verify_signatures(user), _("Access"), "alliance:staff_access_list"),
        (can_keep_register(user), _("Organisations"), "alliance:staff_organisation_list"),
        (can_edit_declaration(user), _("Declaration"), "alliance:staff_declaration_list"),
        (can_answer_enquiries(user), _("Questions"), "alliance:enquiry_list"),
        (can_send_news(user), _("News"), "alliance:news_list"),
        (can_plan(user), _("Fieldlabs"), "fieldlabs:staff_fieldlab_list"),
        (can_review(user), _("Practices"), "knowledgebase:review_list"),
        (can_keep_library(user), _("Ground rules"), "knowledgebase:staff_rule_list"),
        (can_keep_library(user), _("Publications"), "knowledgebase:staff_publication_list"),
        (can_review(user), _("Search words"), "knowledgebase:search_words"),
        (can_see_searches(user), _("Searches in vain"), "knowledgebase:searches"),
        (can_watch(user), _("Mail"), "staff_mail_list"),
        (can_watch(user), _("Audit log"), "staff_audit_list"),
        (user.is_superuser, _("Administration"), "admin:index"),
    ]
    shown = [part for allowed, label, name in pages if allowed for part in (label, reverse(name))]
    return section_nav(context, *shown, label=_("Staff workspace"))
