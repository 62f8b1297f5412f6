"""Addresses of the knowledge base."""

from django.urls import path

from knowledgebase.staff import publications as staff_publications
from knowledgebase.staff import reviews
from knowledgebase.staff import rules as staff_rules
from knowledgebase.views import adoptions, browse, practice, publications, rules, suggest, writing

app_name = "knowledgebase"

urlpatterns = [
    path("kennisbank/", browse.practice_list, name="practice_list"),
    path("kennisbank/suggesties/", suggest.practice_suggest, name="practice_suggest"),
    path("kennisbank/atom.xml", browse.practice_feed, name="practice_feed"),
    path("kennisbank/praktijkvoorbeelden.<str:extension>", browse.practice_export, name="practice_export"),
    path("kennisbank/indienen/<slug:outcome_slug>/", writing.practice_start, name="practice_start"),
    path("kennisbank/publicaties/", publications.publication_list, name="publication_list"),
    path("kennisbank/publicaties/<slug:slug>/", publications.publication_detail, name="publication_detail"),
    path(
        "kennisbank/publicaties/<slug:slug>/bestand/", publications.publication_file, name="publication_file"
    ),
    # /kennisbank/<slug>/
    path("kennisbank/<slug:slug>/", practice.practice_detail, name="practice_detail"),
    path("kennisbank/<slug:slug>/bewerken/", writing.practice_edit, name="practice_edit"),
    path("kennisbank/<slug:slug>/overnemen/", adoptions.practice_adopt, name="practice_adopt"),
    # /spelregels/
    path("spelregels/", rules.rule_list, name="rule_list"),
    path("spelregels/<slug:slug>/", rules.rule_detail, name="rule_detail"),
    path("spelregels/<slug:slug>/vergelijken/<int:number>/", rules.rule_compare, name="rule_compare"),
    # /beheer/spelregels/ and /beheer/publicaties/
    path("beheer/spelregels/", staff_rules.rule_list, name="staff_rule_list"),
    path("beheer/spelregels/nieuw/", staff_rules.rule_create, name="rule_create"),
    path("beheer/spelregels/<slug:slug>/", staff_rules.rule_edit, name="rule_edit"),
    path("beheer/spelregels/<slug:slug>/nieuwe-versie/", staff_rules.rule_reword, name="rule_reword"),
    path("beheer/spelregels/<slug:slug>/afgesproken/", staff_rules.rule_agree, name="rule_agree"),
    path("beheer/spelregels/<slug:slug>/intrekken/", staff_rules.rule_retire, name="rule_retire"),
    path("beheer/publicaties/", staff_publications.publication_list, name="staff_publication_list"),
    path("beheer/publicaties/nieuw/", staff_publications.publication_create, name="publication_create"),
    path("beheer/publicaties/<slug:slug>/", staff_publications.publication_edit, name="publication_edit"),
    # /beheer/praktijkvoorbeelden/
    path("beheer/praktijkvoorbeelden/", reviews.review_list, name="review_list"),
    path(
        "beheer/praktijkvoorbeelden/<slug:slug>/beoordelen/",
        reviews.practice_review,
        name="practice_review",
    ),
    path(
        "beheer/praktijkvoorbeelden/<slug:slug>/terugsturen/",
        reviews.practice_return,
        name="practice_return",
    ),
    path(
        "beheer/praktijkvoorbeelden/<slug:slug>/publiceren/",
        reviews.practice_publish,
        name="practice_publish",
    ),
]
