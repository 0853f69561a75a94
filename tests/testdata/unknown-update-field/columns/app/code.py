from app.models import Author, Book, Novel

FIELDS = ["title", "titel"]


def book():
    return Book.objects.get_or_create(title="x", defaults={"author": Author.objects.create(name="a")})[0]


def novel():
    return Novel.objects.get_or_create(title="n")[0]


def right():
    book().save(update_fields=["title", "author", "author_id", "kind_id", "pages"])
    novel().save(update_fields={"title", "epoch"})
    Book.objects.filter(pk=0).update(title="y", author_id=None)
    Book.objects.bulk_update([book()], ("title", "author"))
    Book.objects.bulk_create([Book(id=9)], update_conflicts=True, unique_fields=["pk"], update_fields=["title"])
    book().save(update_fields=[])
    book().save(update_fields=None)
    Book.objects.filter(author__name="a").update(id=7)


def unknown():
    book().save(update_fields=["title", "nme"])
    #                                    ^^^ unknown-update-field


def many():
    book().save(update_fields=["tags"])
    #                           ^^^^ unknown-update-field


def generic():
    book().save(update_fields=("about",))
    #                           ^^^^^ unknown-update-field


def key():
    book().save(update_fields=["id", "title"])
    #                           ^^ unknown-update-field


def pk():
    book().save(update_fields=["pk"])
    #                           ^^ unknown-update-field


def parent_link():
    novel().save(update_fields=["book_ptr"])
    #                            ^^^^^^^^ unknown-update-field


def computed():
    book().save(update_fields=["is_long"])
    #                           ^^^^^^^ unknown-update-field


def reverse():
    book().save(update_fields=["review"])
    #                           ^^^^^^ unknown-update-field


def accessor():
    book().save(update_fields=["review_set"])
    #                           ^^^^^^^^^^ unknown-update-field


def letters():
    book().save(update_fields="title")
    #                         ^^^^^^^ unknown-update-field


def no_tuple():
    book().save(update_fields=("title"))
    #                          ^^^^^^^ unknown-update-field


def constant():
    book().save(update_fields=FIELDS)
    #                         ^^^^^^ unknown-update-field


def appended():
    fields = ["title"]
    fields.append("titles")
    book().save(update_fields=fields)
    #                         ^^^^^^ unknown-update-field


def added():
    book().save(update_fields=["title"] + ["page"])
    #                                       ^^^^ unknown-update-field


def spread():
    book().save(update_fields=[*("title", "page"), "pages"])
    #                                      ^^^^ unknown-update-field


def update():
    Book.objects.filter(pages=1).update(page=2)
    #                                   ^^^^ unknown-update-field


def update_through():
    Book.objects.update(author__name="b")
    #                   ^^^^^^^^^^^^ unknown-update-field


def update_many():
    Book.objects.update(tags=None)
    #                   ^^^^ unknown-update-field


def update_computed():
    Book.objects.update(is_long=True)
    #                   ^^^^^^^ unknown-update-field


def update_accessor():
    Author.objects.update(book_set=None)
    #                     ^^^^^^^^ unknown-update-field


def bulk():
    Book.objects.bulk_update([book()], ["title", "nme"])
    #                                             ^^^ unknown-update-field


def bulk_many():
    Book.objects.bulk_update([book()], fields=["tags"])
    #                                           ^^^^ unknown-update-field


def bulk_key():
    Book.objects.bulk_update([book()], ["id"])
    #                                    ^^ unknown-update-field


def bulk_pk():
    Book.objects.bulk_update([book()], ["pk"])
    #                                    ^^ unknown-update-field


def bulk_reverse():
    Author.objects.bulk_update([book().author], ["books"])
    #                                             ^^^^^ unknown-update-field


def bulk_letters():
    Book.objects.bulk_update([book()], "title")
    #                                  ^^^^^^^ unknown-update-field


def create():
    Book.objects.bulk_create([Book()], update_conflicts=True, unique_fields=["id"], update_fields=["nme"])
    #                                                                                               ^^^ unknown-update-field


def create_key():
    Book.objects.bulk_create([Book()], update_conflicts=True, unique_fields=["id"], update_fields=["id"])
    #                                                                                               ^^ unknown-update-field


def create_many():
    Book.objects.bulk_create([Book()], update_conflicts=True, unique_fields=["tags"], update_fields=["title"])
    #                                                                         ^^^^ unknown-update-field
