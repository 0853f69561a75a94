from django import forms


class PanelForm(forms.Form):
    sites = forms.CharField()


def panel_form(model):
    class ModelPanelForm(PanelForm):
        icon = model.icon

    return ModelPanelForm
