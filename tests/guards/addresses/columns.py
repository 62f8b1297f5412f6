"""The cast, in the order of the columns, and the rows that recur."""

ROLES = (
    "visitor",
    "stranger",
    "representative",
    "editor",
    "secretariat",
    "programme",
    "reviewer",
    "administrator",
)
EVERYBODY = "200 200 200 200 200 200 200 200"
SIGNED_IN = "302 200 200 200 200 200 200 200"  # 302: to sign-in and back
STAFF = "302 403 403 403 200 200 200 200"
SECRETARIAT = "302 403 403 403 200 403 403 200"
PROGRAMME = "302 403 403 403 403 200 403 200"
EDITORS = "302 403 403 403 403 403 200 200"
BUTTON = "302 405 405 405 405 405 405 405"  # changes by POST only
STAFF_BUTTON = "302 403 403 403 405 405 405 405"
SEE_OTHER = "302 302 302 302 302 302 302 302"  # on to the step where it stands
