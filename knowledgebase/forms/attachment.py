"""What people hand in with a practice: known by content, never by name."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import Attachment, Picture
from smartsociety.core.documents import MATERIAL, accept, as_document
from smartsociety.core.pictures import as_webp

PICTURE_WITHIN = (1600, 1600)
MAX_PICTURE_BYTES = 5 * 1024 * 1024


class AttachmentForm(forms.ModelForm):
    """A document of the reuse package."""

    class Meta:
        model = Attachment
        fields = ["kind", "title", "file", "licence"]
        widgets = {"file": forms.FileInput({"accept": accept(MATERIAL)})}
        help_texts = {
            "title": _("For example: “Tender text for the sensors, 2025”."),
            "file": _(
                "A document (PDF, ODT, DOCX), a table (ODS, XLSX, CSV), slides (ODP, PPTX), a picture (JPG, PNG) "
                "or code in a ZIP, at most 5 MB. Leave names of people and suppliers' prices out."
            ),
            "licence": _("Only what your organisation may give away itself."),
        }

    def clean_file(self) -> ContentFile:
        """As what it is, without what we do not ask for."""
        return as_document(self.cleaned_data["file"], MATERIAL)


class PictureForm(forms.ModelForm):
    """A picture, with what there is to see for who does not see it."""

    class Meta:
        model = Picture
        fields = ["file", "alt", "caption"]
        widgets = {"file": forms.FileInput({"accept": ".jpg,.jpeg,.png,.webp"})}
        help_texts = {
            "file": _("JPG, PNG or WebP, at most 5 MB. No recognisable people without their consent."),
            "alt": _(
                "Say it as on the telephone. For example: “A lamp post with a sensor the size of a fist.”"
            ),
            "caption": _("With the name of the maker, who gave permission."),
        }

    def clean_file(self) -> ContentFile:
        """Drawn anew, without where and when it was taken."""
        upload: Any = self.cleaned_data["file"]
        if upload.size > MAX_PICTURE_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Choose a smaller one."))
        return ContentFile(as_webp(upload, within=PICTURE_WITHIN), name="picture.webp")
