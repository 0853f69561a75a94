clock = None
