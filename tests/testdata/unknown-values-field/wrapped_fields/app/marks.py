def accepts_json(relation):
    setattr(relation, "__accepts_json__", True)
    return relation


def described(text, field=None):
    field.help_text = text
    return field


def hidden(field):
    return registered[field.__class__](field)


registered = {}
