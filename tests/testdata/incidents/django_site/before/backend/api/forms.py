from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import UserCreationForm

from .models import ChecklistResponse, Profile


class SignUpForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = get_user_model()
        fields = ["username", "email"]


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Profile
        fields = ["timezone", "phone"]


class ResponseForm(forms.ModelForm):
    class Meta:
        model = ChecklistResponse
        fields = ["status", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class WorkbookForm(forms.Form):
    title = forms.CharField(max_length=120)
    workbook = forms.FileField()
