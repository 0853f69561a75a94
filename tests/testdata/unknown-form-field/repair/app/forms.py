from django import forms

from app.models import Book


class BookForm(forms.ModelForm):
    class Meta:
        model = Book
        fields = "title"
        #        ^^^^^^^ unknown-form-field


class OtherForm(forms.ModelForm):
    class Meta:
        model = Book
        fields = ["titel"]
        #         ^^^^^^^ unknown-form-field

    def clean_titel(self):
        #^^^^^^^^^^ unknown-form-field
        return self.cleaned_data["title"]
