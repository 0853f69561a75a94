from django.shortcuts import render
from django.views.generic import ListView
from django.views.generic.detail import SingleObjectMixin

from app.models import Level, Post, Topic


class Posts(SingleObjectMixin, ListView):
    """The topic is the object, and its posts are the list."""

    template_name = "app/posts.html"

    def get(self, request, *args, **kwargs):
        self.object = self.get_object(queryset=Topic.objects.all())
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return Post.objects.filter(topic=self.object)

    def get_context_data(self, **kwargs):
        return super().get_context_data(topic=self.object, states=Topic.States, level=Level.LOW, **kwargs)


def front(request):
    context = {"rows": [], "topics": Topic.objects.all(), "posts": Post.objects.all()}
    if request.GET:
        context["rows"] = Post.objects.all()
    else:
        for topic in Topic.objects.all():
            context["rows"].append(topic)
    for topic in context["topics"]:
        topic.newest, topic.oldest = topic.post_set.first(), topic.post_set.last()
    return render(request, "app/front.html", context)
