def numbered(order):
    from .models_old import FORMAT

    return FORMAT.format(order.number)
