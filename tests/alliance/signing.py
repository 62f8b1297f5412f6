"""Walking through the steps of signing as a browser does."""

from django.test import Client

from alliance.actions.draft import find
from alliance.models import SignatureDraft

SIGN = "/steunverklaring/ondertekenen/"
STEPS = {
    "organisatie": {"organisation_name": "Almere"},
    "ondertekenaar": {
        "signer_name": "Anna Aerts", "signer_function": "Wethouder", "signer_email": "anna@almere.example"
    },
    "mandaat": {"mandate_by": "College van B en W", "mandate_on": "2026-03-02"},
    "inbreng": {"statement": "Omdat samen leren sneller gaat."},
}  # fmt: skip
NEW = {"organisation_name": "Sensoria BV", "kind": "company", "place": "Ede", "province": "gelderland",
       "website": "https://www.sensoria.example", "kvk_number": "12345678"}  # fmt: skip
SIGNED = {"version": "1", "accepts": "on"}


class Walk:
    """One signer in one browser; `post` sends a step and remembers nothing but the address."""

    def __init__(self, client: Client, language: str = "", **start: str) -> None:
        self.client = client
        answer = client.post(f"{language}{SIGN}", start)
        assert answer.status_code == 302, answer.status_code
        self.token = answer.url.split("/")[-3]
        self.root = f"{language}{SIGN}{self.token}/"

    @property
    def draft(self) -> SignatureDraft | None:
        """What is kept now."""
        return find(self.token)

    def get(self, step: str = ""):
        """Open a step."""
        return self.client.get(f"{self.root}{step}")

    def post(self, step: str, **changed):
        """Send a step with the usual answers, some changed; None takes an answer away."""
        given = {**STEPS.get(step, {}), **(SIGNED if step == "controle" else {}), **changed}
        return self.client.post(
            f"{self.root}{step}/", {name: one for name, one in given.items() if one is not None}
        )

    def to_check(self, **changed):
        """Fill in every step; `changed` is {step: {answer: …}}."""
        for step in STEPS:
            answer = self.post(step, **changed.get(step, {}))
        return answer

    def sign(self, **changed):
        """All of it."""
        self.to_check()
        return self.post("controle", **changed)
