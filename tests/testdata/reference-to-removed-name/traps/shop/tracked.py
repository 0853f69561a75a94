import tracker


@tracker.track()
class Order:
    pass
