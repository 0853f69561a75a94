from celery import shared_task


@shared_task
def draw(pk):
    print("drawing", pk)
