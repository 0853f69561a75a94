from celery import shared_task
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpResponse

from shop.models import Book


@shared_task
def draw(pk):
    print("drawing", pk)


def add(request):
    book = Book(title=request.POST["title"])
    book.save()
    draw.delay(book.pk)
#   ^^^^^^^^^^ side-effect-before-commit
    return HttpResponse()


def show(request, pk):
    draw.delay(pk)
    return HttpResponse(Book.objects.get(pk=pk).title)


@receiver(post_save)
def saved(sender, instance, **kwargs):
    draw.delay(instance.pk)
#   ^^^^^^^^^^ side-effect-before-commit
