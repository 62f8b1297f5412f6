"""The alliance."""

from django.core.files.base import ContentFile

from smartsociety.core.tokens import hash_token
from tests import factories
from tests.guards.addresses.columns import BUTTON, EVERYBODY, SECRETARIAT, SEE_OTHER, SIGNED_IN, STAFF_BUTTON

OPEN_BUTTON = "405 405 405 405 405 405 405 405"
NOWHERE = "404 404 404 404 404 404 404 404"
# Of Ede: who belongs to it, who speaks for it, and the secretariat.
MEMBERS = "302 403 200 200 200 403 403 200"
SPEAKERS = "302 403 200 403 200 403 403 200"
REPRESENTATIVE = "302 403 200 403 403 403 403 403"
# Who keeps the agenda: staff, and who leads a project.
AGENDA = "302 403 200 403 200 200 403 200"

TABLE = {
    "alliance:organisation_names": ((), EVERYBODY),
    "alliance:declaration": ((), EVERYBODY),
    "alliance:declaration_version": ((1,), EVERYBODY),
    "alliance:signature_create": ((), EVERYBODY),
    "alliance:signature_sent": (("sent-secret",), EVERYBODY),
    "alliance:signature_confirm": (("guess",), "410 410 410 410 410 410 410 410"),
    "alliance:signature_proof": (("EDE234567890",), EVERYBODY),
    "alliance:signature_withdraw": (("EDE234567890",), "302 403 200 403 403 403 403 403"),
    "alliance:signatory_list": ((), EVERYBODY),
    "alliance:staff_signature_list": ((), SECRETARIAT),
    "alliance:signature_verify": (("pk",), SECRETARIAT),
    "alliance:signature_publish": (("pk",), STAFF_BUTTON),
    "alliance:declaration_compare": ((2, 1), EVERYBODY),
    "alliance:draft_resume": (("draft-secret",), SEE_OTHER),
    "alliance:signature_step": (("draft-secret", "organisatie"), EVERYBODY),
    "alliance:signature_check": (("draft-secret",), SEE_OTHER),
    "alliance:signature_duplicate": (("draft-secret",), SEE_OTHER),
    "alliance:signature_later": (("draft-secret",), EVERYBODY),
    "alliance:signature_resend": (("draft-secret",), OPEN_BUTTON),
    "alliance:joint_answer": (("joint-secret",), EVERYBODY),
    "alliance:joint_decline": (("joint-secret",), OPEN_BUTTON),
    "alliance:signature_pdf": (("EDE234567890",), EVERYBODY),
    "alliance:signature_badge": (("EDE234567890",), EVERYBODY),
    "alliance:signature_embed": (("EDE234567890",), EVERYBODY),
    "alliance:signatory_balance": ((), EVERYBODY),
    "alliance:signatory_feed": ((), EVERYBODY),
    "alliance:project_feed": ((), EVERYBODY),
    "alliance:signatory_export": (("csv",), EVERYBODY),
    "alliance:project_list": ((), EVERYBODY),
    "alliance:project_create": ((), AGENDA),
    "alliance:project_detail": (("concept",), "404 404 200 404 200 200 404 200"),
    "alliance:project_edit": (("concept",), "302 404 200 404 200 200 404 200"),
    "alliance:project_publish": (("concept",), BUTTON),
    "alliance:contact": ((), EVERYBODY),
    "alliance:contact_sent": ((), EVERYBODY),
    "alliance:consent_change": (("news",), BUTTON),
    "alliance:unsubscribe": (("guess",), NOWHERE),
    "alliance:organisation_logo": (("ede",), NOWHERE),
    "alliance:access_request": (("almere",), SIGNED_IN),
    "alliance:invitation_accept": (("invitation-secret",), EVERYBODY),
    "alliance:still_right": (("guess",), "410 410 410 410 410 410 410 410"),
    # /mijn/<slug>/: members of Ede
    "alliance:own_overview": (("ede",), MEMBERS),
    "alliance:own_profile": (("ede",), SPEAKERS),
    "alliance:own_contribution": (("ede",), SPEAKERS),
    "alliance:own_still_right": (("ede",), BUTTON),
    "alliance:own_logo": (("ede",), SPEAKERS),
    "alliance:own_logo_remove": (("ede",), BUTTON),
    "alliance:own_history": (("ede",), SPEAKERS),
    "alliance:own_people": (("ede",), SPEAKERS),
    "alliance:own_role": (("ede", "member"), BUTTON),
    "alliance:own_member_remove": (("ede", "member"), MEMBERS),
    "alliance:own_hand_over": (("ede", "member"), REPRESENTATIVE),
    "alliance:own_invitation_resend": (("ede", 1), BUTTON),
    "alliance:own_invitation_withdraw": (("ede", 1), BUTTON),
    "alliance:own_access_decide": (("ede", 1, "toekennen"), BUTTON),
    # /beheer/
    "alliance:signature_reject": (("pk",), STAFF_BUTTON),
    "alliance:signature_hold": (("pk",), STAFF_BUTTON),
    "alliance:signature_resume": (("pk",), STAFF_BUTTON),
    "alliance:signature_reopen": (("pk",), STAFF_BUTTON),
    "alliance:signature_correct": (("pk",), SECRETARIAT),
    "alliance:mandate_document": (("pk",), SECRETARIAT),
    "alliance:paper_create": ((), SECRETARIAT),
    "alliance:bulk_decide": ((), SECRETARIAT),
    "alliance:bulk_list": ((), SECRETARIAT),
    "alliance:bulk_undo": ((1,), STAFF_BUTTON),
    "alliance:staff_organisation_list": ((), SECRETARIAT),
    "alliance:staff_organisation": (("ede",), SECRETARIAT),
    "alliance:organisation_correct": (("ede",), SECRETARIAT),
    "alliance:organisation_merge": (("ede",), SECRETARIAT),
    "alliance:succession_list": ((), SECRETARIAT),
    "alliance:succession_end": (("ede",), STAFF_BUTTON),
    "alliance:staff_declaration_list": ((), SECRETARIAT),
    "alliance:declaration_start": ((), STAFF_BUTTON),
    "alliance:staff_declaration": ((3,), SECRETARIAT),
    "alliance:declaration_edit": ((3,), SECRETARIAT),
    "alliance:declaration_publish": ((3,), STAFF_BUTTON),
    "alliance:declaration_unplan": ((3,), STAFF_BUTTON),
    "alliance:declaration_discard": ((3,), STAFF_BUTTON),
    "alliance:declaration_confirm_wording": ((3,), STAFF_BUTTON),
    "alliance:enquiry_list": ((), SECRETARIAT),
    "alliance:enquiry_detail": (("enquiry",), SECRETARIAT),
    "alliance:news_list": ((), SECRETARIAT),
    "alliance:news_create": ((), SECRETARIAT),
    "alliance:news_detail": (("news",), SECRETARIAT),
    "alliance:news_edit": (("news",), SECRETARIAT),
    "alliance:news_send": (("news",), STAFF_BUTTON),
    "alliance:staff_access_list": ((), SECRETARIAT),
    "alliance:staff_access_decide": ((1, "toekennen"), STAFF_BUTTON),
    "alliance:staff_domain_decide": (("ede", "bevestigen"), STAFF_BUTTON),
}


def town(everyone) -> dict:
    """What the addresses name; the answer fills in what is only known now."""
    ede = everyone["representative"].organisation
    type(ede).objects.filter(pk=ede.pk).update(slug="ede")
    editor = factories.MembershipFactory(user=everyone["editor"].user, organisation=ede, role="editor")
    ede.signatures.update(code="EDE234567890")
    factories.DeclarationFactory(version=2)
    factories.DeclarationFactory(version=3, sha256="", published_at=None)
    waiting = factories.SignatureFactory(
        submitted=True, mandate_document=ContentFile(b"%PDF-1.7", name="besluit.pdf")
    )
    factories.SignatureDraftFactory(token_hash=hash_token("draft-secret"))
    factories.SignatureDraftFactory(token_hash=hash_token("sent-secret"), signature=waiting)
    factories.JointInvitationFactory(token_hash=hash_token("joint-secret"))
    factories.ProjectFactory(slug="concept", lead=ede, is_published=False)
    factories.OrganisationFactory(slug="almere", kind="municipality")
    factories.InvitationFactory(token_hash=hash_token("invitation-secret"))
    return {
        "pk": waiting.pk,
        "member": editor.pk,
        "enquiry": factories.EnquiryFactory().pk,
        "news": factories.NewsFactory().pk,
    }
