"""What the names of patterns look like that popular packages bring, whichever version of them runs.

Of a package that is included all names may be in use, those of versions too that were not read; but none is called like the
project's own. Packages whose modules say an `app_name` are named within it, and old ones without it begin their names so.
"""

from __future__ import annotations

import msgspec

from linter.project.urls.level import Level


class Included(msgspec.Struct, frozen=True):
    """`names` match the names of patterns without a namespace; `spaces` are the namespaces that there may be."""

    names: str
    spaces: tuple[str, ...] = ()


_KNOWN = {
    "ajax_select": Included(r"ajax_\w+"),
    "allauth": Included(
        r"(account|socialaccount|mfa|usersessions|headless|openid|saml|oidc|idp)_?\w*|\w+_(login|callback|by_token|acs|sls|slo|metadata)",
        ("headless", "idp"),
    ),
    "autocomplete_light": Included(r"autocomplete_light_\w+"),
    "avatar": Included(r"avatar_\w+", ("avatar",)),
    "captcha": Included(r"captcha-[\w-]+"),
    "ckeditor_uploader": Included(r"ckeditor_\w+"),
    "debug_toolbar": Included(r"render_panel|template_source|sql_\w+|history_\w+", ("djdt",)),
    "defender": Included(r"defender_\w+"),
    "django.contrib.admindocs": Included(r"django-admindocs-[\w-]+"),
    "django_browser_reload": Included(r"", ("django_browser_reload",)),
    "django_ckeditor_5": Included(r"ck_editor_5_\w+"),
    "django_comments": Included(r"comments-[\w-]+"),
    "django_prometheus": Included(r"prometheus-[\w-]+"),
    "django_rq": Included(r"rq_\w+"),
    "django_select2": Included(r"django_select2[\w-]*", ("django_select2",)),
    "explorer": Included(r"explorer_\w+|query_\w+|schema_\w+|download_\w+|table_\w+", ("explorer",)),
    "filer": Included(r"filer-[\w-]+", ("filer",)),
    "grappelli": Included(r"grp_\w+", ("grappelli",)),
    "haystack": Included(r"haystack_\w+"),
    "health_check": Included(r"health_check_\w+", ("health_check",)),
    "hijack": Included(r"(login_with|disable_hijack|release_hijack)\w*", ("hijack",)),
    "impersonate": Included(r"impersonate-[\w-]+"),
    "loginas": Included(r"loginas-[\w-]+"),
    "markdownx": Included(r"markdownx_\w+"),
    "martor": Included(r"martor_\w+|(imgur|search)_\w+"),
    "mozilla_django_oidc": Included(r"oidc_\w+"),
    "nested_admin": Included(r"nesting_\w+"),
    "oauth2_provider": Included(
        r"authorize|token|revoke-token|introspect|[\w-]*(list|detail|delete|update|register)", ("oauth2_provider",)
    ),
    "requests_tracker": Included(r"", ("requests_tracker",)),
    "rosetta": Included(r"rosetta[\w.-]*"),
    "silk": Included(r"", ("silk",)),
    "smart_selects": Included(r"chained_\w+"),
    "social_django": Included(r"", ("social",)),
    "tinymce": Included(r"tinymce-[\w-]+"),
    "two_factor": Included(r"", ("two_factor",)),
}


def level_of(module: str) -> Level | None:
    """What a module of a popular package brings, at most; None where the package is not known."""
    parts = module.split(".")
    names = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    known = next((_KNOWN[name] for name in names if name in _KNOWN), None)
    if known is None:
        return None
    found = Level()
    found.is_of_package = True
    if known.names:
        found.shapes.add(known.names)
    for space in known.spaces:
        found.space(space, Level(True), None)
    return found
