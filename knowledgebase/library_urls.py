"""Addresses of publications and ground rules, and of the staff who keep them."""

from django.urls import path
from django.views.decorators.http import require_safe

from knowledgebase import feeds
from knowledgebase.staff import publications as staff_publications
from knowledgebase.staff import rules as staff_rules
from knowledgebase.views import publications, rules

# Before kennisbank/<slug>/, which would take them.
before = [
    path("kennisbank/publicaties/", publications.publication_list, name="publication_list"),
    path("kennisbank/publicaties/atom.xml", require_safe(feeds.PublicationFeed()), name="publication_feed"),
    path("kennisbank/publicaties/<slug:slug>/", publications.publication_detail, name="publication_detail"),
    path(
        "kennisbank/publicaties/<slug:slug>/publicatie.jsonld",
        publications.publication_linked,
        name="publication_linked",
    ),
    path(
        "kennisbank/publicaties/<slug:slug>/bestand/", publications.publication_file, name="publication_file"
    ),
]

rules = [
    path("spelregels/", rules.rule_list, name="rule_list"),
    path("spelregels/atom.xml", require_safe(feeds.RuleFeed()), name="rule_feed"),
    path("spelregels/<slug:slug>/", rules.rule_detail, name="rule_detail"),
    path("spelregels/<slug:slug>/vergelijken/<int:number>/", rules.rule_compare, name="rule_compare"),
]

desk = [
    path("beheer/spelregels/", staff_rules.rule_list, name="staff_rule_list"),
    path("beheer/spelregels/nieuw/", staff_rules.rule_create, name="rule_create"),
    path("beheer/spelregels/<slug:slug>/", staff_rules.rule_edit, name="rule_edit"),
    path("beheer/spelregels/<slug:slug>/nieuwe-versie/", staff_rules.rule_reword, name="rule_reword"),
    path("beheer/spelregels/<slug:slug>/afgesproken/", staff_rules.rule_agree, name="rule_agree"),
    path("beheer/spelregels/<slug:slug>/intrekken/", staff_rules.rule_retire, name="rule_retire"),
    path("beheer/publicaties/", staff_publications.publication_list, name="staff_publication_list"),
    path("beheer/publicaties/nieuw/", staff_publications.publication_create, name="publication_create"),
    path("beheer/publicaties/<slug:slug>/", staff_publications.publication_edit, name="publication_edit"),
]
