def load_all():
    from called.models import other  # noqa
