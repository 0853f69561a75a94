from django import forms


class BookForm(forms.ModelForm):
    price = forms.DecimalField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["discount"] = forms.DecimalField()
