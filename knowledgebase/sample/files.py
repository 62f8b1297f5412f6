"""What invented practices give away: documents, tables and code, and drawn pictures; see attachments.toml."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from knowledgebase.models import Attachment, Picture, Practice
from smartsociety.core import sample
from smartsociety.core.documents import MATERIAL, as_document
from smartsociety.core.files import remove_file
from smartsociety.core.models import User
from smartsociety.core.pdf import document
from smartsociety.core.pictures import as_webp

HERE = Path(__file__).parent
SIZE = (1200, 675)
INK, PAPER, BRAND, WARM, ROAD, EVENING = "#14232b", "#f7f4ec", "#0a5767", "#b5651d", "#8b949a", "#f1c27a"


def load(practices: list[Practice], people: dict[str, User]) -> None:
    """For practices that were loaded just now."""
    entries, known = (
        sample.read(HERE / "attachments.toml"),
        {practice.slug: practice for practice in practices},
    )
    by = people[sample.EDITOR_ELSEWHERE]
    for entry in entries["attachments"]:
        if practice := known.get(entry["practice"]):
            file = as_document(SimpleUploadedFile("voorbeeld", _content(entry)), MATERIAL)
            words = {name: entry[name] for name in ("kind", "title", "licence", "downloads")}
            Attachment.objects.create(practice=practice, file=file, size=file.size, created_by=by, **words)
    for entry in entries["pictures"]:
        if practice := known.get(entry["practice"]):
            drawn = ContentFile(as_webp(_drawn(DRAWINGS[entry["drawing"]]), within=SIZE), name="picture.webp")
            words = {name: entry[name] for name in ("alt", "caption")}
            Picture.objects.create(practice=practice, file=drawn, created_by=by, **words)


def unload(practices: list[int]) -> None:
    """Remove the files of these practices; their rows go with the practices."""
    for model in (Attachment, Picture):
        for row in model.objects.filter(practice__in=practices):
            remove_file(row.file)


def _content(entry: dict[str, Any]) -> bytes:
    if "table" in entry:
        return f"{entry['table']}\n".encode()
    if "files" in entry:
        return _zipped(entry["files"])
    words = {
        "lang": "nl",
        "author": "Smart Society",
        "title": entry["title"],
        "notice": "Dit is een voorbeeld. De gemeente en de bedragen zijn verzonnen.",
        "paragraphs": entry["paragraphs"],
        "footer": entry["title"],
    }
    return document(HERE / "attachment.typ", words, today=timezone.localdate())


def _zipped(files: dict[str, str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, f"{text}\n")
    return made.getvalue()


def _drawn(drawing: Callable[[ImageDraw.ImageDraw], None]) -> BytesIO:
    picture = Image.new("RGB", SIZE, PAPER)
    drawing(ImageDraw.Draw(picture))
    made = BytesIO()
    picture.save(made, "PNG")
    return made


def _charging(draw: ImageDraw.ImageDraw) -> None:
    """A car on a bay with a sensor under it, and a charging point beside it."""
    draw.rectangle((0, 470, 1200, 675), fill=ROAD)
    for x in (250, 830):
        draw.rectangle((x, 470, x + 14, 675), fill=PAPER)
    draw.ellipse((500, 560, 590, 595), fill=WARM)
    draw.polygon([(420, 360), (490, 260), (680, 260), (760, 360)], fill=BRAND)
    draw.polygon([(450, 355), (500, 285), (580, 285), (580, 355)], fill=PAPER)
    draw.polygon([(600, 355), (600, 285), (670, 285), (725, 355)], fill=PAPER)
    draw.rounded_rectangle((330, 350, 810, 470), radius=40, fill=BRAND)
    for x in (400, 660):
        draw.ellipse((x, 420, x + 100, 520), fill=INK)
        draw.ellipse((x + 30, 450, x + 70, 490), fill=PAPER)
    draw.rounded_rectangle((930, 240, 1010, 480), radius=16, fill=INK)
    draw.rectangle((948, 265, 992, 320), fill=PAPER)
    draw.arc((780, 330, 960, 470), start=0, end=180, fill=INK, width=8)


def _heat(draw: ImageDraw.ImageDraw) -> None:
    """Houses in the evening sun, with a small box on a wall."""
    draw.rectangle((0, 0, 1200, 675), fill=EVENING)
    draw.ellipse((900, 90, 1060, 250), fill=WARM)
    draw.rectangle((0, 600, 1200, 675), fill=ROAD)
    for number, x in enumerate(range(40, 1000, 290)):
        wall = BRAND if number % 2 else INK
        draw.polygon([(x - 15, 300), (x + 130, 180), (x + 275, 300)], fill=WARM)
        draw.rectangle((x, 300, x + 260, 600), fill=wall)
        draw.rectangle((x + 30, 450, x + 100, 600), fill=PAPER)
        draw.rectangle((x + 150, 340, x + 230, 420), fill=EVENING)
    draw.rounded_rectangle((375, 395, 415, 440), radius=6, fill=PAPER)


DRAWINGS = {"charging": _charging, "heat": _heat}
