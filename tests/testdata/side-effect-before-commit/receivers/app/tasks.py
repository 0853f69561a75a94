from celery import Celery, Task, shared_task
from django.db import transaction

app = Celery("app")


@shared_task
def draw(pk):
    print("drawing", pk)


@app.task(queue="slow")
def index(pk, kind="book"):
    print("indexing", pk, kind)


class OnCommit(Task):
    def delay(self, *args, **kwargs):
        transaction.on_commit(lambda: super(OnCommit, self).delay(*args, **kwargs))


@app.task(base=OnCommit)
def patient(pk):
    print("this one waits for the commit by itself", pk)


class Export(Task):
    def run(self, pk):
        print("exporting", pk)


class Later:
    def delay(self, pk):
        print("no task at all", pk)


later = Later()
