"""A template for code: Jinja between the lines of Python, which half-typed code may look like."""


def answer(response, method):
    {% if method.response_type == "json" %}
    return response.json()
    {% else %}
    return response.text
    {% endif %}
