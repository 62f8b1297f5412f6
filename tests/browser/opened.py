"""A page as one person opens it; and which addresses are no pages."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import override

# Not pages: they answer with a file, or take a POST and go elsewhere. And pages of developers.
NOT_PAGES = {
    "robots_txt",
    "security_txt",
    "sitemap",
    "fieldlabs:calendar",
    "fieldlabs:theme_calendar",
    "fieldlabs:personal_calendar",
    "fieldlabs:fieldlab_feed",
    "fieldlabs:fieldlab_move",
    "fieldlabs:registration_confirm",
    "fieldlabs:registration_accept",
    "fieldlabs:registration_cancel",
    "fieldlabs:registration_calendar",
    "fieldlabs:registration_qr",
    "fieldlabs:case_withdraw",
    "fieldlabs:board_fill",
    "fieldlabs:item_remove",
    "fieldlabs:participants_export",
    "fieldlabs:absent",
    "knowledgebase:practice_suggest",
    "knowledgebase:practice_names",
    "alliance:organisation_names",
    "alliance:signature_publish",
    "alliance:signature_reject",
    "alliance:signature_hold",
    "alliance:signature_reopen",
    "alliance:signature_resend",
    "alliance:mandate_document",
    "alliance:signature_pdf",
    "alliance:signature_badge",
    "alliance:signatory_feed",
    "alliance:signatory_export",
    "alliance:organisation_logo",
    "alliance:declaration_start",
    "alliance:declaration_publish",
    "alliance:declaration_unplan",
    "alliance:declaration_discard",
    "alliance:declaration_confirm_wording",
    "alliance:consent_change",
    "alliance:news_send",
    "alliance:project_publish",
    "alliance:joint_decline",
    "alliance:own_still_right",
    "alliance:own_logo_remove",
    "alliance:own_role",
    "alliance:own_invitation_resend",
    "alliance:own_invitation_withdraw",
    "alliance:own_access_decide",
    "alliance:staff_access_decide",
    "alliance:staff_domain_decide",
    "alliance:bulk_undo",
    "alliance:succession_end",
    "alliance:draft_resume",
    "alliance:signature_resume",
    "knowledgebase:practice_start",
    "knowledgebase:practice_keep",
    "knowledgebase:practice_read",
    "knowledgebase:question_agree",
    "knowledgebase:meeting",
    "knowledgebase:need_join",
    "knowledgebase:need_reopen",
    "knowledgebase:need_bring",
    "knowledgebase:collection_fill",
    "knowledgebase:follow_change",
    "knowledgebase:practice_review",
    "knowledgebase:practice_publish",
    "staff_mail_retry",
    "dev_mail_list",
    "dev_mail_detail",
    "dev_mail_html",
    "dev_sign_in",
    "fieldlabs:evidence_remove",
    "fieldlabs:followup_move",
    "fieldlabs:outcome_export",
    "fieldlabs:outcome_feed",
    "fieldlabs:outcome_file",
    "fieldlabs:outcome_move",
    "fieldlabs:report_pdf",
    "fieldlabs:report_publish",
    "fieldlabs:writer_remove",
    "knowledgebase:attachment_download",
    "knowledgebase:attachment_remove",
    "knowledgebase:judgement_remove",
    "knowledgebase:author_remove",
    "knowledgebase:author_withdraw",
    "knowledgebase:part_remove",
    "knowledgebase:picture_remove",
    "knowledgebase:picture_show",
    "knowledgebase:practice_archive",
    "knowledgebase:practice_export",
    "knowledgebase:practice_feed",
    "knowledgebase:practice_pdf",
    "knowledgebase:practice_publiccode",
    "knowledgebase:proposal_approve",
    "knowledgebase:proposal_submit",
    "knowledgebase:proposal_withdraw",
    "knowledgebase:practice_restore",
    "knowledgebase:publication_file",
    "knowledgebase:boost_remove",
    "knowledgebase:pin_remove",
    "knowledgebase:rule_retire",
    "knowledgebase:tag_remove",
    "search_count",
    "search_suggest",
}
VISITOR = ""


class Opened(NamedTuple):
    """A page as one person opens it."""

    who: str
    name: str
    arguments: tuple = ()
    query: str = ""
    status: int = 200

    def address(self, language: str) -> str:
        """Where it is in this language."""
        with override(language):
            return reverse(self.name, args=self.arguments) + self.query
