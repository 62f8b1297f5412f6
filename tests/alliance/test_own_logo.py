"""The logo of an organisation: drawn anew, served to be kept, taken away."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from alliance.models import Organisation, Signature
from smartsociety.core.pictures import as_webp
from tests.pages import english

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(monkeypatch, tmp_path):
    """Uploads of a test stay in its own folder."""
    storage = Organisation._meta.get_field("logo").storage
    for name in ("base_location", "location"):
        monkeypatch.setitem(storage.__dict__, name, str(tmp_path))
    return tmp_path


def own(client, page: str = "own_overview") -> str:
    """The English address of a page of the organisation of `client`."""
    return english(f"alliance:{page}", client.organisation.slug)


def picture(kind: str = "PNG", size: tuple[int, int] = (800, 300), **options) -> bytes:
    """A picture as a file."""
    result = BytesIO()
    Image.new("RGB", size, "#246").save(result, kind, **options)
    return result.getvalue()


def upload(content: bytes, name: str = "logo.png") -> dict:
    return {"logo": SimpleUploadedFile(name, content, content_type="image/png")}


def test_logo_is_drawn_anew(representative, files):
    exif = Image.Exif()
    exif[0x010E] = "Genomen in de tuin van Anna"
    answer = representative.post(
        own(representative, "own_logo"), upload(picture("JPEG", exif=exif.tobytes()))
    )
    organisation = Organisation.objects.get(pk=representative.organisation.pk)
    assert (answer.status_code, answer.url) == (302, own(representative, "own_logo"))
    with organisation.logo.open() as stored, Image.open(stored) as kept:
        assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (400, 150), {})
    assert b"Anna" not in next(files.glob("logos/*.webp")).read_bytes()


def test_logo_is_served_to_be_kept(visitor, representative):
    representative.post(own(representative, "own_logo"), upload(picture()))
    organisation = Organisation.objects.get(pk=representative.organisation.pk)
    answer = visitor.get(organisation.logo_url)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/webp",
        "nosniff",
    )
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    first = organisation.logo_url
    for page in (organisation.get_absolute_url(), own(representative), "/ondertekenaars/"):
        html = representative.get(page).content.decode()
        assert f'alt="{organisation.name}"' in html
        assert f"/organisaties/{organisation.slug}/logo.webp?v=" in html
    representative.post(own(representative, "own_logo"), upload(picture(size=(90, 90))))
    assert Organisation.objects.get(pk=organisation.pk).logo_url != first


def test_logo_is_missing_without_one(visitor, representative):
    assert (
        visitor.get(english("alliance:organisation_logo", representative.organisation.slug)).status_code
        == 404
    )
    assert visitor.get("/organisaties/nergens/logo.webp").status_code == 404
    assert visitor.post("/organisaties/nergens/logo.webp").status_code == 405


def test_logo_of_a_hidden_organisation_is_for_its_people_only(visitor, representative):
    representative.post(own(representative, "own_logo"), upload(picture()))
    Signature.objects.all().delete()
    Organisation.objects.update(in_register=False)
    address = Organisation.objects.get(pk=representative.organisation.pk).logo_url
    assert visitor.get(address).status_code == 404
    answer = representative.get(address)
    assert answer["Cache-Control"].startswith("private")
    assert b"".join(answer.streaming_content)


def test_logo_is_removed_with_its_file(representative, files, django_capture_on_commit_callbacks):
    representative.post(own(representative, "own_logo"), upload(picture()))
    assert len(list(files.glob("logos/*"))) == 1
    with django_capture_on_commit_callbacks(execute=True):
        representative.post(own(representative, "own_logo_remove"))
    assert (
        Organisation.objects.get(pk=representative.organisation.pk).logo.name,
        list(files.glob("logos/*")),
    ) == ("", [])


def test_another_logo_replaces_the_file(representative, files, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        representative.post(own(representative, "own_logo"), upload(picture()))
        representative.post(own(representative, "own_logo"), upload(picture(size=(50, 50))))
    assert len(list(files.glob("logos/*"))) == 1


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "Choose a picture of the kind PNG, JPEG or WebP.",
        ),
        (b"GIF89a", "Choose a picture of the kind PNG, JPEG or WebP."),
        (picture("GIF"), "Choose a picture of the kind PNG, JPEG or WebP."),
        (picture()[:200], "This picture is broken. Save it again and retry."),
        (b"x" * (2 * 1024 * 1024 + 1), "This picture is larger than 2 MB. Choose a smaller one."),
        (picture(size=(20_000, 1_000)), "This picture has too many pixels. Make it smaller and retry."),
        (b"", "This file is empty."),
    ],
)
def test_logo_refuses_what_is_no_small_picture(representative, files, content, error):
    page = representative.post(own(representative, "own_logo"), upload(content))
    assert (page.status_code, page.context["form"].errors["logo"]) == (200, [error])
    assert list(files.glob("logos/*")) == []


def test_no_file_is_said(representative):
    page = representative.post(own(representative, "own_logo"), {})
    assert page.context["form"].errors["logo"] == ["Choose a picture first."]


def test_picture_bomb_is_not_unpacked():
    bomb = picture(size=(1, 1))
    bomb = bomb[:16] + (60_000).to_bytes(4, "big") * 2 + bomb[24:]  # a head that promises 3.6 billion pixels
    with pytest.raises(ValidationError):
        as_webp(BytesIO(bomb), within=(400, 200))


def test_transparency_stays():
    result = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(result, "PNG")
    with Image.open(BytesIO(as_webp(result, within=(400, 200)))) as kept:
        assert (kept.mode, kept.getpixel((5, 5))[3]) == ("RGBA", 0)
