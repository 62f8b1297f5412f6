"""The roof and the ground."""

from tests.guards.addresses.columns import EVERYBODY, SIGNED_IN, STAFF, STAFF_BUTTON

TABLE = {
    "robots_txt": ((), EVERYBODY),
    "security_txt": ((), EVERYBODY),
    "sitemap": ((), EVERYBODY),
    "home": ((), EVERYBODY),
    "search": ((), EVERYBODY),
    "search_suggest": ((), EVERYBODY),
    "search_count": ((), "405 405 405 405 405 405 405 405"),
    "impact": ((), EVERYBODY),
    "accessibility": ((), EVERYBODY),
    "privacy": ((), EVERYBODY),
    "styleguide": ((), EVERYBODY),
    "organisation_detail": (("ede",), EVERYBODY),
    "my_page": ((), SIGNED_IN),
    "staff_home": ((), STAFF),
    "staff_mail_list": ((), STAFF),
    "staff_mail_retry": ((1,), STAFF_BUTTON),
    "staff_audit_list": ((), STAFF),
}


def town(everyone) -> dict:
    """What the addresses name; the answer fills in what is only known now."""
    return {}
