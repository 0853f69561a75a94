from django.urls import path

plugin_patterns = []


def register(name, view):
    plugin_patterns.append(path(f"{name}/", view, name=name))
