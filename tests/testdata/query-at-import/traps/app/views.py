from app.models import Topic


def show(request, topic=Topic.objects):
    return topic.first()


if __name__ == "__main__":
    print(Topic.objects.count())
