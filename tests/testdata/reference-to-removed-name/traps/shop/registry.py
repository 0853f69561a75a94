from shop.tools import deprecate

deprecate({"old": "new"}, __name__)
