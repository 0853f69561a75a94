    def {{ method.name }}(
        self,
        timeout: float | None = None,
        {% if method.body %}
        **given: Body[{{ method.body }}],
        {% endif %}
{% if method.answer == 'json' %}
    ) -> {{ method.type }}:
{% elif method.answer == 'text' %}
    ) -> str:
{% elif method.answer == 'none' %}
    ) -> None:
{% endif %}
        """
