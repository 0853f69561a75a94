import dramatiq
from huey.contrib.djhuey import db_task, on_commit_task


@dramatiq.actor
def draw(pk):
    print("drawing", pk)


@dramatiq.actor(max_retries=3)
def print_cover(pk):
    print("printing", pk)


@db_task()
def index(pk):
    print("indexing", pk)


@on_commit_task()
def bind(pk):
    print("binding", pk)


def plain(pk):
    print("nothing", pk)
