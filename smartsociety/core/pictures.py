"""Pictures that people hand in: looked at by content, drawn anew, so that nothing but the picture remains."""

import warnings
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP")
# More than any logo needs; a picture that unpacks to more is a trap (decompression bomb).
MAX_PIXELS = 16_000_000


def as_webp(upload: BinaryIO, *, within: tuple[int, int]) -> bytes:
    """The picture as WebP of at most `within` (width, height), upright, without EXIF, colour profile or animation.

    Raises ValidationError when it is no PNG, JPEG or WebP, is broken, or unpacks to too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_anew(upload, within)
    except UnidentifiedImageError as error:
        raise ValidationError(_("Choose a picture of the kind PNG, JPEG or WebP."), code="kind") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:  # what Pillow says of broken files
        raise ValidationError(_("This picture is broken. Save it again and retry."), code="broken") from error


def _drawn_anew(upload: BinaryIO, within: tuple[int, int]) -> bytes:
    upload.seek(0)
    with Image.open(upload, formats=FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:  # known from the head, before anything is unpacked
            raise _too_large()
        upright = ImageOps.exif_transpose(picture)
        clean = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    clean.thumbnail(within)
    clean.info.clear()
    result = BytesIO()
    clean.save(result, "WEBP", quality=85, method=6, exif=b"", icc_profile=None)
    return result.getvalue()


def _too_large() -> ValidationError:
    return ValidationError(_("This picture has too many pixels. Make it smaller and retry."), code="pixels")
