def start():
    from app import signals

    return signals
