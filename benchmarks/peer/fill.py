"""Makes the tables of the Wagtail site and fills it."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import Page, Site

from peer.models import PracticeList, PracticePage, Theme


@transaction.atomic
def fill(practices: list[dict[str, Any]]) -> None:
    """One list, with the practices below it."""
    site = Site.objects.get(is_default_site=True)
    top = PracticeList(title="Kennisbank", slug="kennisbank")
    site.root_page.add_child(instance=top)
    slugs = sorted({slug for practice in practices for slug in practice["themes"]})
    Theme.objects.bulk_create(Theme(slug=slug, name=slug.capitalize()) for slug in slugs)
    known = {theme.slug: theme for theme in Theme.objects.all()}
    add(top, practices, known)
    top.numchild = len(practices)
    top.save(update_fields=["numchild"])


def add(top: PracticeList, practices: list[dict[str, Any]], themes: dict[str, Theme]) -> None:
    """What `add_child` does for each, all together: that one by one takes minutes."""
    kind = ContentType.objects.get_for_model(PracticePage)
    common = {"depth": top.depth + 1, "content_type": kind, "locale": top.locale, "live": True}
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(top.path, top.depth + 1, number),
            title=practice["title"],
            draft_title=practice["title"],
            slug=practice["slug"],
            url_path=f"{top.url_path}{practice['slug']}/",
            first_published_at=datetime.fromisoformat(practice["published_at"]),
            **common,
        )
        for number, practice in enumerate(practices, 1)
    )
    for page, practice in zip(pages, practices, strict=True):
        own = {
            key: practice[key] for key in ("summary", "owner_names", "phase", "cost", "province", "adopted")
        }
        PracticePage(page_ptr=page, body=practice["body"], **own).save_base(raw=True)
    link = PracticePage.themes.through
    link.objects.bulk_create(
        link(practicepage_id=page.pk, theme_id=themes[slug].pk)
        for page, practice in zip(pages, practices, strict=True)
        for slug in practice["themes"]
    )


def main(file: str) -> None:
    """The tables, and the practices of `file` in them."""
    call_command("migrate", verbosity=0)
    fill(json.loads(Path(file).read_text(encoding="utf-8")))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
