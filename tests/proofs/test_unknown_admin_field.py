"""What unknown-admin-field says is what Django's system checks say, or what the admin does when a page is opened."""

import pytest

from linter import registry
from linter.examples import example
from linter.testing import read_case
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-admin-field")
CHECK = """
from django.core.checks import run_checks

for each in run_checks():
    print(f"({each.id}) {each.msg}")
"""
OPEN = """
from django.contrib.auth.models import User
from django.test import Client

client = Client()
client.force_login(User.objects.create_superuser("ada"))
print(client.get("/admin/app/book/").status_code)
print(client.get("/admin/app/book/add/").status_code)
"""
UNKNOWN = (
    "django.core.exceptions.FieldError: Unknown field(s) (titel) specified for Book. "
    "Check fields/fieldsets/exclude attributes of class BookAdmin."
)


def with_options(kind: str, **options: str) -> dict[str, str]:
    files = dict(example(RULE, kind))
    lines = "".join(f"    {name} = {value}\n" for name, value in options.items())
    files["app/admin.py"] = files["app/admin.py"].rstrip() + "\n" + lines
    return files


def test_no_check_looks_at_fields_and_the_page_fails(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), CHECK).printed == ""
    assert run_django(tmp_path, example(RULE, "Bad"), OPEN).raised == UNKNOWN


def test_with_the_right_name_it_opens(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), OPEN).printed.split() == ["200", "200"]


def test_a_field_that_nobody_edits(tmp_path):
    files = with_options("Good", fields='["title", "created"]')
    files["app/models.py"] += "    created = models.DateTimeField(auto_now_add=True)\n"
    assert run_django(tmp_path, files, OPEN).raised == (
        "django.core.exceptions.FieldError: 'created' cannot be specified for Book model form as it is a non-editable field. "
        "Check fields/fieldsets/exclude attributes of class BookAdmin."
    )
    files = with_options("Good", fields='["title", "created"]', readonly_fields='["created"]')
    files["app/models.py"] += "    created = models.DateTimeField(auto_now_add=True)\n"
    assert run_django(tmp_path, files, OPEN).printed.split() == ["200", "200"]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("list_display", '["title", "auther"]', "(admin.E108) The value of 'list_display[1]' refers to 'auther', which is not a callable or attribute of 'BookAdmin', or an attribute, method, or field on 'app.Book'."),
        ("list_filter", '["auther"]', "(admin.E116) The value of 'list_filter[0]' refers to 'auther', which does not refer to a Field."),
        ("readonly_fields", '["auther"]', "(admin.E035) The value of 'readonly_fields[0]' refers to 'auther', which is not a callable, an attribute of 'BookAdmin', or an attribute of 'app.Book'."),
        ("list_display_links", '["title"]', "(admin.E111) The value of 'list_display_links[0]' refers to 'title', which is not defined in 'list_display'."),
        ("list_editable", '["auther"]', "(admin.E121) The value of 'list_editable[0]' refers to 'auther', which is not a field of 'app.Book'."),
        ("list_editable", '["title"]', "(admin.E122) The value of 'list_editable[0]' refers to 'title', which is not contained in 'list_display'."),
        ("ordering", '["-auther"]', "(admin.E033) The value of 'ordering[0]' refers to 'auther', which is not a field of 'app.Book'."),
        ("date_hierarchy", '"auther"', "(admin.E127) The value of 'date_hierarchy' refers to 'auther', which does not refer to a Field."),
        ("raw_id_fields", '["auther"]', "(admin.E002) The value of 'raw_id_fields[0]' refers to 'auther', which is not a field of 'app.Book'."),
        ("autocomplete_fields", '["auther"]', "(admin.E037) The value of 'autocomplete_fields[0]' refers to 'auther', which is not a field of 'app.Book'."),
        ("filter_horizontal", '["auther"]', "(admin.E019) The value of 'filter_horizontal[0]' refers to 'auther', which is not a field of 'app.Book'."),
        ("filter_vertical", '["auther"]', "(admin.E019) The value of 'filter_vertical[0]' refers to 'auther', which is not a field of 'app.Book'."),
        ("radio_fields", '{"auther": admin.VERTICAL}', "(admin.E022) The value of 'radio_fields' refers to 'auther', which is not a field of 'app.Book'."),
        ("prepopulated_fields", '{"auther": ["title"]}', "(admin.E027) The value of 'prepopulated_fields' refers to 'auther', which is not a field of 'app.Book'."),
        ("prepopulated_fields", '{"title": ["auther"]}', "(admin.E030) The value of 'prepopulated_fields[\"title\"][0]' refers to 'auther', which is not a field of 'app.Book'."),
    ],
)  # fmt: skip
def test_the_system_checks_say_what_the_finding_quotes(tmp_path, option, value, said):
    from linter.examples import lint, written

    files = with_options("Good", **{option: value})
    assert run_django(tmp_path, files, CHECK).printed.splitlines() == [said]
    with written(files) as root:
        assert [finding.runtime for finding in lint(root, "unknown-admin-field").findings] == [said]


@pytest.mark.parametrize(
    ("option", "value", "query", "raised"),
    [
        (
            "ordering",
            '["author__nam"]',
            "",
            "Unsupported lookup 'nam' for CharField or join on the field not permitted.",
        ),
        ("list_select_related", '["auther"]', "", "Invalid field name(s) given in select_related: 'auther'."),
    ],
)
def test_the_list_fails_where_no_check_looks(tmp_path, option, value, query, raised):
    files = with_options("Good", **{option: value})
    assert run_django(tmp_path, files, CHECK).printed == ""
    said = run_django(tmp_path, files, "from app.models import Book\nBook.objects.create(title='x', author='y')" + OPEN)
    assert raised in said.raised or "Cannot resolve keyword 'nam' into field" in said.raised


def test_the_list_fails_when_it_is_sorted_by_a_column(tmp_path):
    click = OPEN.replace('/book/")', '/book/?o={}")', 1)
    files = with_options("Good", list_display='["title", "by", "shout"]')
    files["app/admin.py"] += """
    @admin.display(ordering="writer")
    def by(self, book):
        return book.author

    def shout(self, book):
        return book.title.upper()

    shout.admin_order_field = "author"
"""
    assert run_django(tmp_path, files, CHECK).printed == ""
    assert run_django(tmp_path, files, OPEN).printed.split()[0] == "200"
    assert run_django(tmp_path, files, click.format(3)).printed.split()[0] == "200"
    assert run_django(tmp_path, files, click.format(2)).raised == (
        "django.core.exceptions.FieldError: Cannot resolve keyword 'writer' into field. Choices are: author, id, title"
    )


def test_an_inline_by_a_foreign_key_that_is_not_there(tmp_path):
    files = with_options("Good", inlines="[PageInline]")
    files["app/models.py"] += "\n\nclass Page(models.Model):\n    book = models.ForeignKey(Book, models.CASCADE)\n"
    inline = "class PageInline(admin.TabularInline):\n    model = Page\n    fk_name = 'bok'\n\n\n@admin.register"
    files["app/admin.py"] = (
        files["app/admin.py"].replace("@admin.register", inline).replace("import Book", "import Book, Page")
    )
    assert "(admin.E202) 'app.Page' has no field named 'bok'." in run_django(tmp_path, files, CHECK).printed


def test_what_is_dropped_without_a_word(tmp_path):
    files = with_options("Good", exclude='["auther"]', actions='["nope"]')
    files["app/admin.py"] = files["app/admin.py"].replace('    fields = ["title", "author"]\n', "")
    assert run_django(tmp_path, files, CHECK).printed == ""
    assert run_django(tmp_path, files, OPEN).printed.split() == ["200", "200"]


def test_the_marked_names_are_those_that_the_checks_report(tmp_path, testdata):
    case = read_case(testdata / "unknown-admin-field" / "names_and_traps")
    lines = case.files["app/admin.py"].splitlines()
    marked = {lines[m.line - 1][m.start : m.end].strip("\"'") for m in case.marks}
    said = run_django(tmp_path, case.files, CHECK)
    named = {part for line in said.printed.splitlines() for part in line.split("'")[3::2]}
    unchecked = {"titel", "secret", "autor", "markk", "nickname", "title", "-author__nam", "author__nam", "bok"}
    assert marked - unchecked <= named | {"tags"}
