"""Addresses of the staff who keep search."""

from django.urls import path

from knowledgebase.staff import boosts, explain, pins, search_words, searches

desk = [
    path("beheer/zoekopdrachten/", searches.searches, name="searches"),
    path("beheer/zoekwoorden/", search_words.search_words, name="search_words"),
    path("beheer/zoekwoorden/uitleg/", explain.search_explain, name="search_explain"),
    path("beheer/zoekwoorden/uitgelicht/", pins.pin_list, name="pin_list"),
    path("beheer/zoekwoorden/uitgelicht/nieuw/", pins.pin_create, name="pin_create"),
    path("beheer/zoekwoorden/uitgelicht/<int:pk>/", pins.pin_edit, name="pin_edit"),
    path("beheer/zoekwoorden/uitgelicht/<int:pk>/weg/", pins.pin_remove, name="pin_remove"),
    path("beheer/zoekwoorden/voorrang/", boosts.boost_list, name="boost_list"),
    path("beheer/zoekwoorden/voorrang/nieuw/", boosts.boost_create, name="boost_create"),
    path("beheer/zoekwoorden/voorrang/<int:pk>/", boosts.boost_edit, name="boost_edit"),
    path("beheer/zoekwoorden/voorrang/<int:pk>/weg/", boosts.boost_remove, name="boost_remove"),
]
