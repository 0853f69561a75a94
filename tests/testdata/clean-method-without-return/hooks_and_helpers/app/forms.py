from django import forms
from rest_framework import serializers

from app.models import Book


def fail_with(message):
    raise forms.ValidationError(message)


class BookForm(forms.ModelForm):
    price = forms.DecimalField()
    secret = forms.CharField()
    agreed = forms.BooleanField()
    letter = forms.CharField()
    robot = forms.CharField()
    code = forms.CharField()
    kind = forms.CharField()
    page = forms.IntegerField()

    class Meta:
        model = Book
        fields = ["title", "pages", "shelf"]

    def clean_shelf(self):
        self.instance.shelf = self.cleaned_data.pop("shelf") or "none"

    def clean_title(self):
        #^^^^^^^^^^ clean-method-without-return
        if self.cleaned_data["title"].isupper():
            raise forms.ValidationError("Do not shout.")

    def clean_pages(self):
        #^^^^^^^^^^ clean-method-without-return
        pages = self.cleaned_data["pages"]
        if pages > 0:
            return pages

    def clean_price(self):
        #^^^^^^^^^^ clean-method-without-return
        if self.cleaned_data["price"] < 0:
            raise forms.ValidationError("Too cheap.")

    def clean_agreed(self):  # nobody reads it
        if not self.cleaned_data["agreed"]:
            raise forms.ValidationError("Please agree.")

    def clean_secret(self):  # nothing is meant, on some paths
        if self.cleaned_data["secret"].startswith("x"):
            return self.cleaned_data["secret"]

    def clean_letter(self):
        raise forms.ValidationError("No letters.")

    def clean_robot(self):
        try:
            return int(self.cleaned_data["robot"])
        except ValueError:
            fail_with("Not a number.")

    def clean_code(self):
        while True:
            if self.cleaned_data["code"]:
                return self.cleaned_data["code"]

    def clean_kind(self):
        match self.cleaned_data["kind"]:
            case "a":
                return "b"
            case _:
                return "c"

    def clean_page(self):
        with open("pages"):
            return 1

    def clean_number(self, number):
        pass

    def clean(self):
        self.total = self.cleaned_data["price"], self.cleaned_data["secret"]


class BookSerializer(serializers.ModelSerializer):
    price = serializers.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        model = Book
        fields = ["title", "price"]

    def validate_title(self, value):
        #^^^^^^^^^^^^^ clean-method-without-return
        if value.isupper():
            raise serializers.ValidationError("Do not shout.")

    def validate_price(self, value):
        return value

    def validate_other(self, value, more):
        pass

    def validate(self, attrs):
        #^^^^^^^ clean-method-without-return
        attrs["title"] = attrs["title"].strip()


class NoForm:
    def clean_title(self):
        pass


class ConfirmForm(forms.Form):
    """Nobody takes `confirm` from the cleaned data; others are called so, too."""

    confirm = forms.BooleanField()
    reason = forms.CharField()

    def clean_confirm(self):
        if not self.cleaned_data["confirm"]:
            raise forms.ValidationError("Confirm.")

    def clean_reason(self):
        #^^^^^^^^^^^ clean-method-without-return
        if not self.cleaned_data["reason"]:
            raise forms.ValidationError("Why?")


def confirmed(request):
    form = ConfirmForm(request.POST)
    if form.is_valid() and request.POST.get("confirm") == "true":
        data = form.cleaned_data
        return data["reason"], form.fields["confirm"]
    return None
