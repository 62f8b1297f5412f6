"""Addresses that people can read and that never collide."""

from django.db import models
from django.utils.text import slugify

# Words that stand in an address where a slug could stand.
RESERVED = {
    "nieuw",
    "indienen",
    "kalender",
    "export",
    "balans",
    "gezocht",
    "mijn",
    "vergelijken",
    "verzamelingen",
    "volgen",
    "vragen",
    "zoekvragen",
    "aanmelding",
    "casussen",
    "jaar",
    "suggesties",
    "titels",
    "publicaties",
    "mijn-kalender",
}


def unique_slug(model: type[models.Model], text: str, *, max_length: int = 80) -> str:
    """A slug for `text` that no row of `model` has; a number is added when the plain one is taken."""
    base = slugify(text)[:max_length].strip("-") or "x"
    taken = RESERVED.union(
        model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
