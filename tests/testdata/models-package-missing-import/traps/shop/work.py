PLUGINS = ["shop.models.named"]


def late():
    from shop.models.late import Late

    return Late.objects.all()
