def click():
    pass
