"""The alliance."""

from tests import factories
from tests.guards.addresses.columns import EVERYBODY, SECRETARIAT, STAFF_BUTTON

TABLE = {
    "alliance:declaration": ((), EVERYBODY),
    "alliance:declaration_version": ((1,), EVERYBODY),
    "alliance:signature_create": ((), EVERYBODY),
    "alliance:signature_sent": ((), EVERYBODY),
    "alliance:signature_confirm": (("guess",), "410 410 410 410 410 410 410 410"),
    "alliance:signature_proof": (("EDE234567890",), EVERYBODY),
    "alliance:signature_withdraw": (("EDE234567890",), "302 403 200 403 403 403 403 403"),
    "alliance:signatory_list": ((), EVERYBODY),
    "alliance:staff_signature_list": ((), SECRETARIAT),
    "alliance:signature_verify": (("pk",), SECRETARIAT),
    "alliance:signature_publish": (("pk",), STAFF_BUTTON),
}


def town(everyone) -> dict:
    """What the addresses name; the answer fills in what is only known now."""
    ede = everyone["representative"].organisation
    type(ede).objects.filter(pk=ede.pk).update(slug="ede")
    factories.MembershipFactory(user=everyone["editor"].user, organisation=ede, role="editor")
    ede.signatures.update(code="EDE234567890")
    return {"pk": factories.SignatureFactory(submitted=True).pk}
