from app.models import Topic

print(Topic.objects.count())
