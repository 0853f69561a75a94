from app.models import Topic


def handle(titles):
    for title in titles:
        Topic.objects.get_or_create(title=title)
