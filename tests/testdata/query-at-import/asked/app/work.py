from app.models import Topic


def topics():
    return list(Topic.objects.values_list("id", "name"))
