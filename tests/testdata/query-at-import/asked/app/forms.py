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
    other = forms.ChoiceField(choices=[(topic.pk, topic.name) for topic in Topic.objects.all()])
#                                                                          ^^^^^^^^^^^^^^^^^^^ query-at-import
    third = forms.ChoiceField(choices=tuple((topic.pk, topic.name) for topic in Topic.objects.filter(name="a")))
#                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-at-import
