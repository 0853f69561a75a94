from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.models.dangling import Dangling


class RelationToMissingModel(Check):
    """A `ForeignKey`, `OneToOneField`, `ManyToManyField` or `GenericRelation` names a model that no installed app defines.

    A string is looked up only once all apps are loaded, so importing the module does not fail. Django's checks do, which
    `manage.py` runs before most commands:

    ```text
    SystemCheckError: System check identified some issues:

    ERRORS:
    app.Comment.article: (fields.E300) Field defines a relation with model 'app.Artikel', which is either not installed, or is abstract.
    app.Comment.article: (fields.E307) The field app.Comment.article was declared with a lazy reference to 'app.artikel', but app 'app' doesn't provide model 'artikel'.
    ```

    A server that was started without them, as WSGI and ASGI servers are, fails at the first query, and not only in those
    that use the relation:

    ```text
    ValueError: Related model 'app.Artikel' cannot be resolved
    ```

    A `through` model that does not exist is `fields.E331`. A string of three parts, such as `app.models.Article`, fails at
    import already: `ValueError: Invalid model reference 'app.models.Article'. String model references must be of the form
    'app_label.ModelName'.` The name of the model is found in any case of letters, the label of the app is not.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Article(models.Model):
        title = models.CharField(max_length=100)


    class Comment(models.Model):
        article = models.ForeignKey("app.Artikel", on_delete=models.CASCADE)
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Article(models.Model):
        title = models.CharField(max_length=100)


    class Comment(models.Model):
        article = models.ForeignKey("app.Article", on_delete=models.CASCADE)
    ```

    ## Silent when

    - the app is one whose source was not found, or some app that is installed was not found and the label may be its;
    - the model may be made at run time: by `type()`, in a function, by a library's field such as `HistoricalRecords()`;
    - the model itself belongs to no installed app, to tests or migrations, or to a module that nothing imports;
    - the model that is named has been swapped for another one, as `AUTH_USER_MODEL` does;
    - `INSTALLED_APPS` cannot be read as a whole, and the label is of no app that is known.

    ## Fix

    Unsafe: the label of the one model that was probably meant.
    """

    summary = "a relation to a model that no installed app defines"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for dangling in project.models.dangling.by_path.get(path, ()):
            yield self.report(project, path, dangling)

    def report(self, project: Project, path: str, dangling: Dangling) -> Finding:
        unit = dangling.cls.unit
        place = project.place(path, unit.span(dangling.at, dangling.cls.function))
        related = []
        if dangling.target is not None and not dangling.target.symbol.unit.is_library:
            there = "is abstract" if dangling.why == "abstract" else "is defined here"
            target = dangling.target
            related.append(Related(project.class_place(target.symbol), f"`{target.name}` {there}"))
        fix = None
        if dangling.suggestion:
            text = project.source(path).data[slice(*unit.span(dangling.at, dangling.cls.function))].decode()
            edit = Edit(place, text.replace(dangling.written, dangling.suggestion))
            fix = Fix(False, (edit,), f"point at `{dangling.suggestion}`")
        return self.finding(
            place,
            f"`{dangling.model.name}.{dangling.field}` {_says(dangling)}",
            runtime=_runtime(dangling),
            help=_help(dangling),
            related=related,
            fix=fix,
        )


def _says(dangling: Dangling) -> str:
    verb = "goes through" if dangling.option == "through" else "points at"
    name = dangling.written
    return {
        "no such model": f"{verb} `{name}`, but app `{dangling.app_label}` has no model of that name",
        "no such app": f"{verb} `{name}`, but no installed app is labelled `{dangling.app_label}`",
        "not installed": f"{verb} `{name}`, whose app is not in INSTALLED_APPS",
        "abstract": f"{verb} `{name}`, which is abstract",
        "not a label": f"{verb} `{name}`, which is not of the form `app_label.ModelName`",
    }[dangling.why]


def _runtime(dangling: Dangling) -> str:
    if dangling.why == "not a label":
        return (
            f"ValueError: Invalid model reference '{dangling.written}'. "
            "String model references must be of the form 'app_label.ModelName'."
        )
    if dangling.option == "through":
        return (
            f"(fields.E331) Field specifies a many-to-many relation through model '{dangling.written}', "
            "which has not been installed."
        )
    return (
        f"(fields.E300) Field defines a relation with model '{dangling.written}', "
        "which is either not installed, or is abstract."
    )


def _help(dangling: Dangling) -> str:
    if dangling.suggestion:
        return f"did you mean `{dangling.suggestion}`?"
    if dangling.why == "not installed":
        assert dangling.target is not None
        return f'add "{dangling.target.app.name}" to INSTALLED_APPS'
    if dangling.why == "abstract":
        return "point at a concrete model"
    return "define the model, or name one that exists"
