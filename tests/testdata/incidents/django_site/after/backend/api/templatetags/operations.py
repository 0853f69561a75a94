from django import template

register = template.Library()


@register.filter
def initials(user):
    name = user.get_full_name() or user.get_username()
    return "".join(part[0] for part in name.split()).upper()
