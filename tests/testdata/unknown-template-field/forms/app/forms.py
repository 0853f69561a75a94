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
