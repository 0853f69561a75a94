from app.models import Draft, Subscription, Topic


def many(user, title):
    Topic.objects.get_or_create(title=title)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-or-create-without-unique
    Subscription.objects.update_or_create(user=user, mail=True, defaults={"topic": None})
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-or-create-without-unique


def one(user, topic: Topic, values):
    Topic.objects.get_or_create(slug="a", defaults={"title": "A"})
    Subscription.objects.get_or_create(user=user, topic=topic)
    Subscription.objects.get_or_create(user_id=1, topic_id=2, mail=True)
    Subscription.objects.update_or_create(pk=1, defaults={"mail": False})
    topic.subscription_set.get_or_create(user=user)
    Draft.objects.get_or_create(user=user, open=True)
    Topic.objects.get_or_create(**values)
