from app.models import Book, Foreign, Foreigner, Painting, Person
from django.core.exceptions import FieldError
from django.db.models import Count, F, FilteredRelation, Q


def own_manager():
    return Book.shelf.filter(colour="red").counted().filter(n__gt=1)


def annotated_by_the_manager():
    return Book.objects.filter(pages=1)


def base_that_was_not_found():
    return Foreign.objects.filter(anything=1), Foreigner.objects.filter(anything=1)


def inherited():
    return Person.objects.filter(username="a", nick="b", is_active=True, groups__name="c")


def given(names, **more):
    return Book.objects.annotate(**names).filter(anything=1), Book.objects.filter(**more)


def chosen(flag):
    model = Book if flag else Person
    return model.objects.filter(title="a")


def unknown(model, queryset):
    return model.objects.filter(anything=1), queryset.filter(anything=1)


def user_input(request):
    try:
        return Book.objects.filter(anything=request.GET["x"])
    except FieldError:
        return Book.objects.none()


def on_the_way():
    rows = Book.objects.all()
    for number in (1, 2):
        rows = rows.annotate(total=Count("id"))
    return rows.filter(Q(total__gt=1))


def step(rows):
    return rows.annotate(total=F("id"))


def through_a_function():
    return step(Book.objects.all()).filter(total=1)


def filtered_relation():
    return Person.objects.annotate(some=FilteredRelation("groups")).filter(some__name="a")


def no_query(data):
    return {"a": 1}.get("b"), data.filter(anything=1)


def defaults_of_a_dict(title, nick):
    values = {"title": title, "defaults": {"title": title}}
    return Book.objects.get_or_create(**values), Person.objects.update_or_create(**dict(nick=nick, defaults={}))


def pointed_at_by_a_base_that_was_not_found():
    return Painting.objects.filter(entry__isnull=True)
