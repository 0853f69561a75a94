from django.db import DatabaseError, IntegrityError, transaction

from app.models import Careful, Tag


@transaction.atomic
def in_the_handler(name):
    try:
        tag = Tag.objects.create(name=name)
    except IntegrityError:
#          ^^^^^^^^^^^^^^ swallowed-error-in-atomic
        tag = Tag.objects.get(name=name)
    return tag


def afterwards(tag: Tag):
    with transaction.atomic():
        if tag.name:
            try:
                tag.save()
            except (DatabaseError, ValueError):
#                   ^^^^^^^^^^^^^ swallowed-error-in-atomic
                pass
        Tag.objects.filter(name="a").delete()


def in_a_loop(names):
    with transaction.atomic():
        for name in names:
            try:
                Tag.objects.create(name=name)
            except IntegrityError:
#                  ^^^^^^^^^^^^^^ swallowed-error-in-atomic
                continue


@transaction.atomic
def with_a_savepoint(name):
    try:
        with transaction.atomic():
            tag = Tag.objects.create(name=name)
    except IntegrityError:
        tag = Tag.objects.get(name=name)
    try:
        Careful.objects.create(name=name)
    except IntegrityError:
        tag = Tag.objects.get(name=name)
    try:
        tag, _ = Tag.objects.get_or_create(name=name)
    except IntegrityError:
        tag = Tag.objects.get(name=name)
    return tag


@transaction.atomic
def goes_away(names):
    try:
        Tag.objects.create(name=names[0])
    except IntegrityError as error:
        raise ValueError(names) from error
    for name in names:
        try:
            Tag.objects.create(name=name)
        except IntegrityError:
            break
    try:
        tag = Tag.objects.create(name="last")
    except IntegrityError:
        tag = None
    if tag is not None:
        tag.delete()


@transaction.atomic
def rolled_back(name):
    try:
        Tag.objects.create(name=name)
    except IntegrityError:
        transaction.set_rollback(False)
        Tag.objects.get(name=name)


def not_atomic(name):
    try:
        tag = Tag.objects.create(name=name)
    except IntegrityError:
        tag = Tag.objects.get(name=name)
    with transaction.atomic():
        tag.delete()
