"""Addresses of the alliance, Dutch in both languages."""

from django.urls import include, path

from alliance.staff import bulk as staff_bulk
from alliance.staff import declarations as staff_declarations
from alliance.staff import enquiries as staff_enquiries
from alliance.staff import mandate as staff_mandate
from alliance.staff import news as staff_news
from alliance.staff import organisations as staff_organisations
from alliance.staff import paper as staff_paper
from alliance.staff import signatures as staff_signatures
from alliance.views import agenda, consents, contact, declaration, names, own, proof, signatories, signing
from alliance.views import joint as joint_views
from alliance.views import signing_sent as sent
from alliance.views import signing_steps as steps

app_name = "alliance"

urlpatterns = [
    path("steunverklaring/", declaration.declaration, name="declaration"),
    path(
        "steunverklaring/versies/<int:version>/", declaration.declaration_version, name="declaration_version"
    ),
    path("steunverklaring/ondertekenen/", signing.signature_create, name="signature_create"),
    path("steunverklaring/ondertekenen/<str:token>/", steps.draft_resume, name="draft_resume"),
    path("steunverklaring/ondertekenen/<str:token>/verstuurd/", sent.signature_sent, name="signature_sent"),
    path(
        "steunverklaring/ondertekenen/<str:token>/opnieuw-mailen/",
        sent.signature_resend,
        name="signature_resend",
    ),
    path("steunverklaring/ondertekenen/<str:token>/later/", sent.signature_later, name="signature_later"),
    path(
        "steunverklaring/ondertekenen/<str:token>/al-ondertekend/",
        steps.signature_duplicate,
        name="signature_duplicate",
    ),
    path("steunverklaring/ondertekenen/<str:token>/controle/", steps.signature_check, name="signature_check"),
    path(
        "steunverklaring/ondertekenen/<str:token>/<slug:step>/", steps.signature_step, name="signature_step"
    ),
    path("steunverklaring/samen/<str:token>/", joint_views.joint_answer, name="joint_answer"),
    path("steunverklaring/samen/<str:token>/afwijzen/", joint_views.joint_decline, name="joint_decline"),
    path("steunverklaring/bevestigen/<str:token>/", signing.signature_confirm, name="signature_confirm"),
    path(
        "steunverklaring/versies/<int:version>/vergelijk/<int:other>/",
        declaration.declaration_compare,
        name="declaration_compare",
    ),
    path("steunverklaring/bewijs/<str:code>.pdf", proof.signature_pdf, name="signature_pdf"),
    path("steunverklaring/bewijs/<str:code>/", proof.signature_proof, name="signature_proof"),
    path("steunverklaring/bewijs/<str:code>/badge.svg", proof.signature_badge, name="signature_badge"),
    path("steunverklaring/bewijs/<str:code>/insluiten/", proof.signature_embed, name="signature_embed"),
    path("steunverklaring/bewijs/<str:code>/intrekken/", own.signature_withdraw, name="signature_withdraw"),
    path("ondertekenaars/namen/", names.organisation_names, name="organisation_names"),
    path("ondertekenaars/", signatories.signatory_list, name="signatory_list"),
    path("ondertekenaars/balans/", signatories.signatory_balance, name="signatory_balance"),
    path("ondertekenaars/atom.xml", signatories.signatory_feed, name="signatory_feed"),
    path("ondertekenaars/export.<str:extension>", signatories.signatory_export, name="signatory_export"),
    # /beheer/ondertekeningen/
    path("beheer/ondertekeningen/", staff_signatures.signature_list, name="staff_signature_list"),
    path("beheer/ondertekeningen/op-papier/", staff_paper.paper_create, name="paper_create"),
    path("beheer/ondertekeningen/<int:pk>/besluit/", staff_mandate.mandate_document, name="mandate_document"),
    path("beheer/ondertekeningen/<int:pk>/", staff_signatures.signature_verify, name="signature_verify"),
    *(
        path(
            f"beheer/ondertekeningen/<int:pk>/{word}/",
            staff_signatures.signature_decide,
            {"step": step},
            name=f"signature_{step}",
        )
        for step, word in (
            ("publish", "publiceren"),
            ("reject", "afwijzen"),
            ("hold", "aanhouden"),
            ("resume", "hervatten"),
            ("reopen", "heropenen"),
        )
    ),
    path(
        "beheer/ondertekeningen/<int:pk>/corrigeren/",
        staff_signatures.signature_correct,
        name="signature_correct",
    ),
    path("beheer/ondertekeningen/veel/", staff_bulk.bulk_decide, name="bulk_decide"),
    path("beheer/ondertekeningen/veel/besluiten/", staff_bulk.bulk_list, name="bulk_list"),
    path("beheer/ondertekeningen/veel/<int:pk>/terugdraaien/", staff_bulk.bulk_undo, name="bulk_undo"),
    path("beheer/organisaties/herindelingen/", staff_organisations.succession_list, name="succession_list"),
    path(
        "beheer/organisaties/herindelingen/<slug:slug>/beeindigen/",
        staff_organisations.succession_end,
        name="succession_end",
    ),
    path("beheer/organisaties/", staff_organisations.organisation_list, name="staff_organisation_list"),
    path(
        "beheer/organisaties/<slug:slug>/", staff_organisations.staff_organisation, name="staff_organisation"
    ),
    path(
        "beheer/organisaties/<slug:slug>/corrigeren/",
        staff_organisations.organisation_correct,
        name="organisation_correct",
    ),
    path(
        "beheer/organisaties/<slug:slug>/samenvoegen/",
        staff_organisations.organisation_merge,
        name="organisation_merge",
    ),
    path("beheer/steunverklaring/", staff_declarations.declaration_list, name="staff_declaration_list"),
    path("beheer/steunverklaring/nieuw/", staff_declarations.declaration_start, name="declaration_start"),
    path(
        "beheer/steunverklaring/<int:version>/",
        staff_declarations.staff_declaration,
        name="staff_declaration",
    ),
    *(
        path(f"beheer/steunverklaring/<int:version>/{word}/", view, name=view.__name__)
        for word, view in (
            ("bewerken", staff_declarations.declaration_edit),
            ("publiceren", staff_declarations.declaration_publish),
            ("niet-inplannen", staff_declarations.declaration_unplan),
            ("weggooien", staff_declarations.declaration_discard),
            ("tekst-vastgesteld", staff_declarations.declaration_confirm_wording),
        )
    ),
    path("agenda/", agenda.project_list, name="project_list"),
    path("agenda/atom.xml", agenda.project_feed, name="project_feed"),
    path("agenda/nieuw/", agenda.project_create, name="project_create"),
    path("agenda/<slug:slug>/", agenda.project_detail, name="project_detail"),
    path("agenda/<slug:slug>/bewerken/", agenda.project_edit, name="project_edit"),
    path("agenda/<slug:slug>/publiceren/", agenda.project_publish, name="project_publish"),
    path("contact/", contact.contact, name="contact"),
    path("contact/verstuurd/", contact.contact_sent, name="contact_sent"),
    path("mijn/toestemming/<slug:purpose>/", consents.consent_change, name="consent_change"),
    path("afmelden/<str:token>/", consents.unsubscribe, name="unsubscribe"),
    path("beheer/vragen/", staff_enquiries.enquiry_list, name="enquiry_list"),
    path("beheer/vragen/<int:pk>/", staff_enquiries.enquiry_detail, name="enquiry_detail"),
    path("beheer/nieuws/", staff_news.news_list, name="news_list"),
    path("beheer/nieuws/nieuw/", staff_news.news_create, name="news_create"),
    path("beheer/nieuws/<int:pk>/", staff_news.news_detail, name="news_detail"),
    path("beheer/nieuws/<int:pk>/bewerken/", staff_news.news_edit, name="news_edit"),
    path("beheer/nieuws/<int:pk>/versturen/", staff_news.news_send, name="news_send"),
    path("", include("alliance.own_urls")),
]
