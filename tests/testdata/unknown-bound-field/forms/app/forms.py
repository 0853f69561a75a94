from django import forms

from app.models import Notification


class ContactForm(forms.Form):
    email = forms.EmailField()
    text = forms.CharField(widget=forms.Textarea)


class NotificationForm(forms.ModelForm):
    urgent = forms.BooleanField()

    class Meta:
        model = Notification
        fields = ["text", "kind"]


class GrowingForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(3):
            self.fields[f"answer_{number}"] = forms.CharField()


def passwords():
    return forms.CharField(), forms.CharField()


class PasswordForm(forms.Form):
    """Fields that come two by two, and an attribute that only `__init__` sets."""

    password1, password2 = passwords()
    hint = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if disclaimer := read_disclaimer():
            self.disclaimer = disclaimer.strip()
