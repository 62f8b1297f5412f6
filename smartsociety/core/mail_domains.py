"""Domains of mail addresses: which belong to nobody in particular, and how one is written."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Where anybody gets an address: says nothing about who somebody works for.
FREE_MAIL = frozenset(
    {
        "aol.com",
        "chello.nl",
        "freedom.nl",
        "gmail.com",
        "gmx.com",
        "gmx.net",
        "googlemail.com",
        "hccnet.nl",
        "hetnet.nl",
        "home.nl",
        "hotmail.com",
        "hotmail.nl",
        "icloud.com",
        "kpnmail.nl",
        "kpnplanet.nl",
        "live.com",
        "live.nl",
        "mac.com",
        "mail.com",
        "mailbox.org",
        "me.com",
        "msn.com",
        "online.nl",
        "outlook.com",
        "outlook.nl",
        "planet.nl",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "quicknet.nl",
        "solcon.nl",
        "telfort.nl",
        "tele2.nl",
        "tutanota.com",
        "upcmail.nl",
        "versatel.nl",
        "xs4all.nl",
        "yahoo.com",
        "yahoo.nl",
        "yandex.com",
        "zeelandnet.nl",
        "ziggo.nl",
        "zoho.com",
        "zonnet.nl",
    }
)
# A name of at least two parts, the last of letters; international names in their ASCII form.
_DOMAIN = re.compile(
    r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.ASCII
)


def domain_of(address: str) -> str:
    """The domain of a mail address, in lower case."""
    return address.rpartition("@")[2].lower()


def is_free_mail(domain: str) -> bool:
    """Whether anybody can get an address there; also below it (mail.example.gmail.com)."""
    parts = domain.lower().split(".")
    return any(".".join(parts[start:]) in FREE_MAIL for start in range(len(parts)))


def lies_in(domain: str, known: list[str]) -> bool:
    """Whether `domain` is one of the `known` domains or below one."""
    return bool(domain) and any(f".{domain.lower()}".endswith(f".{other}") for other in known)


def mail_domain(text: str) -> str:
    """A domain as people type it ("@Gemeente.nl"), cleaned. Raises ValidationError when it is none, or free mail."""
    domain = text.strip().lower().removeprefix("@")
    if not _DOMAIN.fullmatch(domain):
        raise ValidationError(
            _("%(domain)s is not a mail domain. Write for example gemeente.nl."),
            params={"domain": text.strip()[:60]},
        )
    if is_free_mail(domain):
        raise ValidationError(
            _("Anybody can get an address at %(domain)s, so it does not belong to your organisation."),
            params={"domain": domain},
        )
    return domain
