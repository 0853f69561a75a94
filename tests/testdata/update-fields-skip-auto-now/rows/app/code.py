from app.models import Page, Story

FIELDS = ("title", "text")


def left_out(pk):
    page = Page.objects.get(pk=pk)
    page.save(update_fields=('title', 'text'))
    #         ^^^^^^^^^^^^^ update-fields-skip-auto-now
    page.save(update_fields=FIELDS)
    #         ^^^^^^^^^^^^^ update-fields-skip-auto-now
    Story.objects.get(pk=pk).save(update_fields={"place"})
    #                             ^^^^^^^^^^^^^ update-fields-skip-auto-now
    page.save(update_fields=["title", "created_by"][:1])


async def waits(pk):
    page = await Page.objects.aget(pk=pk)
    await page.asave(update_fields=["text"])
    #                ^^^^^^^^^^^^^ update-fields-skip-auto-now


def written(pk):
    page = Page.objects.get(pk=pk)
    page.save()
    page.save(update_fields=["title", "modified"])
    page.save(update_fields=[])
    page.save(update_fields=None)
