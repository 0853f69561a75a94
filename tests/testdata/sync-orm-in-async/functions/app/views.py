import asyncio

from asgiref.sync import sync_to_async
from django.http import JsonResponse
from django.views import View

from app.models import Author, Book, Page


async def asked(request, pk):
    author = Author.objects.get(pk=pk)
#            ^^^^^^^^^^^^^^^^^^ sync-orm-in-async
    author.name = "b"
    author.save()
#   ^^^^^^^^^^^ sync-orm-in-async
    if Author.objects.filter(name="a").exists():
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ sync-orm-in-async
        number = len(Author.objects.all())
#                ^^^^^^^^^^^^^^^^^^^^^^^^^ sync-orm-in-async
    for one in Author.objects.filter(name="a").order_by("pk"):
#       ^^^ sync-orm-in-async
        number = one.pk
    author.books.create(title="a")
#   ^^^^^^^^^^^^^^^^^^^ sync-orm-in-async
    return JsonResponse({"number": number})


class Authors(View):
    async def get(self, request):
        Author.objects.filter(name="a").update(name="b")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ sync-orm-in-async
        return JsonResponse({})


async def awaited(request, pk):
    author = await Author.objects.aget(pk=pk)
    await author.asave()
    await sync_to_async(Author.objects.count)()
    await sync_to_async(lambda: Author.objects.count())()
    await asyncio.to_thread(list, Author.objects.all())
    rows = Author.objects.filter(name="a").order_by("pk")
    names = [one.name async for one in rows]
    async for one in Author.objects.all():
        names.append(one.name)
    async for (
        one
    ) in Author.objects.all():
        names.append(one.name)

    @sync_to_async
    def inner():
        return Author.objects.count()

    return JsonResponse({"names": names, "number": await inner()})


async def may_be_there(request, author: Author):
    books = [book.title for book in author.books.all()]
    rows = Author.objects.all()
    async for row in rows:
        print(row)
    for row in rows:
        books.append(row.name)
    await Book.objects.count()
    await Page(number=1).save()
    return JsonResponse({"books": books, "number": author.books.count(), "has": author.books.exists()})


def sync(request):
    return JsonResponse({"number": Author.objects.count()})
