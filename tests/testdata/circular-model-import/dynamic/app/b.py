from app.a import A


class B:
    first = A


def __getattr__(name):
    return globals()[name]
