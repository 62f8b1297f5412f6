"""Addresses of writing and reviewing, below one practice."""

from django.urls import path

from knowledgebase.staff import evidence, reviews, tags
from knowledgebase.views import evidence as asking
from knowledgebase.views import files, freshness, people, practice, proposals, writing

ONE = "kennisbank/<slug:slug>/"
DESK = "beheer/praktijkvoorbeelden/<slug:slug>/"

before = [
    path("kennisbank/indienen/", writing.practice_create, name="practice_create"),
    path("kennisbank/indienen/<slug:outcome_slug>/", writing.practice_start, name="practice_start"),
    path(
        "kennisbank/klopt-dit-nog/<str:token>/", freshness.practice_still_right, name="practice_still_right"
    ),
    path("kennisbank/meeschrijven/<str:token>/", people.author_accept, name="author_accept"),
]
below = [
    path(f"{ONE}praktijkvoorbeeld.pdf", practice.practice_as_pdf, name="practice_pdf"),
    path(f"{ONE}praktijkvoorbeeld.jsonld", practice.practice_linked, name="practice_linked"),
    path(f"{ONE}bewerken/", writing.practice_edit, name="practice_edit"),
    path(f"{ONE}bewerken/betrokken/", people.practice_people, name="practice_people"),
    path(f"{ONE}bewerken/betrokken/<int:pk>/verwijderen/", people.part_remove, name="part_remove"),
    path(f"{ONE}bewerken/gevraagd/<int:pk>/intrekken/", people.part_withdraw, name="part_withdraw"),
    path(f"{ONE}meedoen/<int:pk>/", people.part_answer, name="part_answer"),
    path(f"{ONE}bewerken/auteurs/<int:pk>/verwijderen/", people.author_remove, name="author_remove"),
    path(f"{ONE}bewerken/uitnodigingen/<int:pk>/intrekken/", people.author_withdraw, name="author_withdraw"),
    path(f"{ONE}bewerken/bijlagen/", files.practice_files, name="practice_files"),
    path(f"{ONE}bewerken/bijlagen/<int:pk>/verwijderen/", files.attachment_remove, name="attachment_remove"),
    path(f"{ONE}bewerken/beelden/<int:pk>/verwijderen/", files.picture_remove, name="picture_remove"),
    path(f"{ONE}bewerken/publiccode/", files.practice_publiccode, name="practice_publiccode"),
    path(f"{ONE}bewerken/<slug:section>/", writing.practice_section, name="practice_section"),
    path(f"{ONE}bijlagen/<int:pk>/", files.attachment_download, name="attachment_download"),
    path(f"{ONE}beelden/<int:pk>/", files.picture_show, name="picture_show"),
    path(f"{ONE}geschiedenis/", practice.practice_history, name="practice_history"),
    path(f"{ONE}geschiedenis/<int:number>/", practice.practice_restore, name="practice_restore"),
    path(f"{ONE}bewijs/", asking.evidence_ask, name="evidence_ask"),
    path(f"{ONE}wijziging/", proposals.proposal_detail, name="proposal_detail"),
    path(f"{ONE}wijziging/insturen/", proposals.proposal_submit, name="proposal_submit"),
    path(f"{ONE}wijziging/intrekken/", proposals.proposal_withdraw, name="proposal_withdraw"),
    path(f"{ONE}archiveren/", proposals.practice_archive, name="practice_archive"),
]
desk = [
    path("beheer/praktijkvoorbeelden/", reviews.review_list, name="review_list"),
    path(f"{DESK}beoordelen/", reviews.practice_review, name="practice_review"),
    path(f"{DESK}vragen/", reviews.practice_assign, name="practice_assign"),
    path(f"{DESK}terugsturen/", reviews.practice_return, name="practice_return"),
    path(f"{DESK}publiceren/", reviews.practice_publish, name="practice_publish"),
    path(f"{DESK}wijziging/goedkeuren/", reviews.proposal_approve, name="proposal_approve"),
    path(f"{DESK}wijziging/afwijzen/", reviews.proposal_decline, name="proposal_decline"),
    path(f"{DESK}bewijs/", evidence.evidence_create, name="evidence_create"),
    path(f"{DESK}bewijs/beslissen/", evidence.evidence_decide, name="evidence_decide"),
    path(f"{DESK}oordeel/", evidence.judgement_create, name="judgement_create"),
    path(f"{DESK}oordeel/<int:pk>/verwijderen/", evidence.judgement_remove, name="judgement_remove"),
    path("beheer/trefwoorden/", tags.tag_list, name="tag_list"),
    path("beheer/trefwoorden/<slug:slug>/", tags.tag_edit, name="tag_edit"),
    path("beheer/trefwoorden/<slug:slug>/verwijderen/", tags.tag_remove, name="tag_remove"),
]
