from django import forms

from app.models import Topic
from app.work import topics

FIRST = Topic.objects.first()
#       ^^^^^^^^^^^^^^^^^^^ query-at-import
COUNT = Topic.objects.filter(name="a").count()
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-at-import


class PostForm(forms.Form):
    topic = forms.ChoiceField(choices=topics())
#                                     ^^^^^^ query-at-import
