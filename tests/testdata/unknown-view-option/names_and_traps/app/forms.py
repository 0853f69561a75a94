from django import forms

from app.models import Book


class BookForm(forms.ModelForm):
    price = forms.DecimalField()

    class Meta:
        model = Book
        fields = ["title"]
