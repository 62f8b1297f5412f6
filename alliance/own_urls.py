"""Addresses of an organisation's own place, and of the ways to come to act for it."""

from django.urls import path, re_path

from alliance.staff import access as staff_access
from alliance.views import own, own_access, own_history, own_logo, own_people

_DECISION = r"(?P<decision>toekennen|weigeren)/$"

urlpatterns = [
    path("mijn/<slug:slug>/", own.own_overview, name="own_overview"),
    path("mijn/<slug:slug>/profiel/", own.own_profile, name="own_profile"),
    path("mijn/<slug:slug>/inbreng/", own.own_contribution, name="own_contribution"),
    path("mijn/<slug:slug>/klopt-nog/", own.own_still_right, name="own_still_right"),
    path("mijn/<slug:slug>/logo/", own_logo.own_logo, name="own_logo"),
    path("mijn/<slug:slug>/logo/verwijderen/", own_logo.own_logo_remove, name="own_logo_remove"),
    path("mijn/<slug:slug>/geschiedenis/", own_history.own_history, name="own_history"),
    path("mijn/<slug:slug>/mensen/", own_people.own_people, name="own_people"),
    path("mijn/<slug:slug>/mensen/<int:pk>/rol/", own_people.own_role, name="own_role"),
    path(
        "mijn/<slug:slug>/mensen/<int:pk>/verwijderen/",
        own_people.own_member_remove,
        name="own_member_remove",
    ),
    path("mijn/<slug:slug>/mensen/<int:pk>/overdragen/", own_people.own_hand_over, name="own_hand_over"),
    path(
        "mijn/<slug:slug>/uitnodigingen/<int:pk>/opnieuw/",
        own_people.own_invitation_resend,
        name="own_invitation_resend",
    ),
    path(
        "mijn/<slug:slug>/uitnodigingen/<int:pk>/intrekken/",
        own_people.own_invitation_withdraw,
        name="own_invitation_withdraw",
    ),
    re_path(
        rf"^mijn/(?P<slug>[-\w]+)/verzoeken/(?P<pk>\d+)/{_DECISION}",
        own_access.own_access_decide,
        name="own_access_decide",
    ),
    path("uitnodiging/<str:token>/", own_people.invitation_accept, name="invitation_accept"),
    path("klopt-nog/<str:token>/", own_access.still_right, name="still_right"),
    path("organisaties/<slug:slug>/toegang/", own_access.access_request, name="access_request"),
    path("organisaties/<slug:slug>/logo.webp", own_logo.organisation_logo, name="organisation_logo"),
    # /beheer/toegang/
    path("beheer/toegang/", staff_access.staff_access_list, name="staff_access_list"),
    re_path(
        rf"^beheer/toegang/(?P<pk>\d+)/{_DECISION}",
        staff_access.staff_access_decide,
        name="staff_access_decide",
    ),
    re_path(
        r"^beheer/toegang/domeinen/(?P<slug>[-\w]+)/(?P<decision>bevestigen|afwijzen)/$",
        staff_access.staff_domain_decide,
        name="staff_domain_decide",
    ),
]
