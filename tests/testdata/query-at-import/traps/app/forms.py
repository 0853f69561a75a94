from django import forms

from app.models import Topic
from app.work import later, topics

TOPICS = Topic.objects.filter(name="a")  # not evaluated
TRIED = None
try:
    TRIED = Topic.objects.first()
except Exception:
    TRIED = None
if TRIED is not None:
    COUNT = Topic.objects.count()
ASK = lambda: Topic.objects.first()  # noqa: E731
LATER = later()


class PostForm(forms.Form):
    topic = forms.ChoiceField(choices=topics)
    lazily = forms.ChoiceField(choices=lambda: [(topic.pk, topic.name) for topic in Topic.objects.all()])
    other = forms.ModelChoiceField(queryset=Topic.objects.all())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.first = Topic.objects.first()
