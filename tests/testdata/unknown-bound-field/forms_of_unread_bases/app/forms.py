from django import forms
from i18nfield.forms import I18nModelForm

from app.models import Talk


class ReadOnly:
    def __init__(self, *args, read_only=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.read_only = read_only


class DomainField(forms.CharField):
    pass


class TalkForm(ReadOnly, I18nModelForm):
    """Its metaclass, wherever it is, takes the fields off the class."""

    is_public = forms.BooleanField(required=False)
    domain = DomainField()

    class Meta:
        model = Talk
        fields = ["title"]
