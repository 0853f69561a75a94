from django import forms

from app.models import Book
from unread import Unread, decorated

SHARED = ["title"]


class BookForm(forms.ModelForm):
    price = forms.DecimalField()

    class Meta:
        model = Book
        fields = [
            *SHARED, "id", "price", "author", "coauthors", "changed",
            "titel",
            #^^^^^^ unknown-form-field
            "author_id",
            #^^^^^^^^^^ unknown-form-field
            "created",
            #^^^^^^^^ unknown-form-field
            "about",
            #^^^^^^ unknown-form-field
        ]  # fmt: skip
        widgets = {"title": forms.Textarea(), "price": forms.NumberInput(), "titel": forms.Textarea()}
        #                                                                   ^^^^^^^ unknown-form-field
        labels = dict(titel="known to be a call only")
        help_texts = {"author": "who", "autor": "who"}
        #                              ^^^^^^^ unknown-form-field

    def clean_title(self):
        return self.cleaned_data["title"]

    def clean_titel(self):
        #^^^^^^^^^^ unknown-form-field
        return self.cleaned_data["title"]

    def clean_price(self):
        return self.clean_number(self.cleaned_data["price"])

    def clean_number(self, number):
        return number

    def clean_isbn(self):
        return self.cleaned_data["isbn"]


class ISBNForm(BookForm):
    isbn = forms.CharField()

    class Meta(BookForm.Meta):
        fields = BookForm.Meta.fields + ["isbn", "isnb"]
        #                                        ^^^^^^ unknown-form-field


class WithoutPrice(BookForm):
    price = None

    class Meta(BookForm.Meta):
        fields = ["title", "price"]
        #                  ^^^^^^^ unknown-form-field


class AllBut(forms.ModelForm):
    class Meta:
        model = Book
        exclude = ["author", "autor", "shelf"]
        #                    ^^^^^^^ unknown-form-field


class OneName(forms.ModelForm):
    class Meta:
        model = Book
        fields = "title"
        #        ^^^^^^^ unknown-form-field


class Everything(forms.ModelForm):
    class Meta:
        model = Book
        fields = "__all__"


class Later(forms.Form):
    name = forms.CharField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mail"] = forms.EmailField()

    def clean_mail(self):
        return self.cleaned_data["mail"]

    def clean_nmae(self):
        #^^^^^^^^^ unknown-form-field
        return self.cleaned_data["name"]


class Dynamic(forms.Form):
    def __init__(self, names, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in names:
            self.fields[name] = forms.CharField()

    def clean_whatever(self):
        return self.cleaned_data["whatever"]


class OpenBase(Unread, forms.ModelForm):
    class Meta:
        model = Book
        fields = ["anything"]


@decorated
class Decorated(forms.ModelForm):
    class Meta:
        model = Book
        fields = ["anything"]
