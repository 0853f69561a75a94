from app.models import Topic

for topic in Topic.objects.all():
#            ^^^^^^^^^^^^^^^^^^^ query-at-import
    print(topic)
