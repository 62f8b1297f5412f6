"""Addresses of using the knowledge base: take over, ask, look for, follow, collect, compare, keep."""

from django.urls import path
from django.views.decorators.http import require_safe

from knowledgebase import feeds
from knowledgebase.views import (
    adoptions,
    collections,
    compare,
    following,
    mine,
    needs,
    questions,
    reading,
    spread,
    wanted,
)

urlpatterns = [
    path("kennisbank/mijn/", mine.my_knowledge, name="my_knowledge"),
    path("kennisbank/mijn/vragen/<int:pk>/", questions.question_agree, name="question_agree"),
    path("kennisbank/mijn/volgen/<int:pk>/", following.follow_change, name="follow_change"),
    path("kennisbank/volgen/", following.follow, name="follow"),
    path("kennisbank/volgen/stoppen/<str:token>/", following.follow_stop, name="follow_stop"),
    path("kennisbank/nog-zo-ver/<str:token>/", adoptions.adoptions_still, name="adoptions_still"),
    path("impact/overnames/", spread.adoption_list, name="adoption_list"),
    path("impact/overnames/atom.xml", require_safe(feeds.AdoptionFeed()), name="adoption_feed"),
    path("impact/gemeenten/", spread.municipality_list, name="municipality_list"),
    path("kennisbank/vergelijken/", compare.practice_compare, name="practice_compare"),
    path("kennisbank/gezocht/", wanted.wanted_list, name="wanted_list"),
    path("kennisbank/gezocht/atom.xml", require_safe(feeds.WantedFeed()), name="wanted_feed"),
    path("kennisbank/vragen/<str:token>/", questions.question_answer, name="question_answer"),
    path("kennisbank/vragen/<str:token>/agenda.ics", questions.meeting, name="meeting"),
    # /kennisbank/zoekvragen/
    path("kennisbank/zoekvragen/", needs.need_list, name="need_list"),
    path("kennisbank/zoekvragen/atom.xml", require_safe(feeds.NeedFeed()), name="need_feed"),
    path("kennisbank/zoekvragen/nieuw/", needs.need_create, name="need_create"),
    path("kennisbank/zoekvragen/<slug:slug>/", needs.need_detail, name="need_detail"),
    path("kennisbank/zoekvragen/<slug:slug>/meezoeken/", needs.need_join, name="need_join"),
    path("kennisbank/zoekvragen/<slug:slug>/wij-hebben-dit/", needs.need_offer, name="need_offer"),
    path("kennisbank/zoekvragen/<slug:slug>/afronden/", needs.need_settle, name="need_settle"),
    path("kennisbank/zoekvragen/<slug:slug>/fieldlab/", needs.need_bring, name="need_bring"),
    path("kennisbank/zoekvragen/<slug:slug>/heropenen/", needs.need_reopen, name="need_reopen"),
    # /kennisbank/verzamelingen/
    path("kennisbank/verzamelingen/", collections.collection_list, name="collection_list"),
    path("kennisbank/verzamelingen/atom.xml", require_safe(feeds.CollectionFeed()), name="collection_feed"),
    path("kennisbank/verzamelingen/nieuw/", collections.collection_create, name="collection_create"),
    path("kennisbank/verzamelingen/<slug:slug>/", collections.collection_detail, name="collection_detail"),
    path(
        "kennisbank/verzamelingen/<slug:slug>/bewerken/", collections.collection_edit, name="collection_edit"
    ),
    path("kennisbank/verzamelingen/<slug:slug>/vullen/", collections.collection_fill, name="collection_fill"),
    # /kennisbank/<slug>/
    path("kennisbank/<slug:slug>/overnemen/", adoptions.practice_adopt, name="practice_adopt"),
    path("kennisbank/<slug:slug>/overnemen/verder/", adoptions.adopt_next, name="adopt_next"),
    path("kennisbank/<slug:slug>/verspreiding/", spread.practice_spread, name="practice_spread"),
    path("kennisbank/<slug:slug>/vragen/", questions.question_ask, name="question_ask"),
    path("kennisbank/<slug:slug>/vragen/<int:pk>/", questions.question_reply, name="question_reply"),
    path("kennisbank/<slug:slug>/lezers/", questions.owner_desk, name="owner_desk"),
    path("kennisbank/<slug:slug>/bewaren/", reading.practice_keep, name="practice_keep"),
    path("kennisbank/<slug:slug>/gelezen/", reading.practice_read, name="practice_read"),
]
