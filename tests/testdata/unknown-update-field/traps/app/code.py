from app.models import Child, HandingOn, Ignoring, Note, Open, Parent, Passing, Price, Renaming


def owns_its_save(request):
    Renaming.objects.get().save(update_fields=["name"])
    Ignoring.objects.get().save(update_fields=["name"])


def hands_on():
    HandingOn.objects.get().save(update_fields=["name"])
    #                                            ^^^^ unknown-update-field
    Passing.objects.get().save(update_fields=["name"])
    #                                          ^^^^ unknown-update-field


def not_known(row, fields, request):
    Open.objects.get().save(update_fields=["nothing"])
    row.save(update_fields=["nothing"])
    Note.objects.get().save(update_fields=fields)
    Note.objects.get().save(update_fields=list(request.data))
    Note.objects.get().save(update_fields=[field for field in fields])
    (Parent if request else Child).objects.get().save(update_fields=["slug"])


def owns_its_update():
    Price.objects.update(net=1)


def waits_for_it():
    try:
        Note.objects.get().save(update_fields=["nothing"])
    except ValueError:
        return None


def is_no_row(form, storage):
    form.save(update_fields=["nothing"])
    {}.update(nothing=1)
    storage.objects.update(nothing=1)


class NoteFields:
    names = ["id", "text", "touched_by", "nothing"]


def takes_some_out(notes, other):
    names = list(NoteFields.names)
    names.remove("id")
    Note.objects.bulk_update(notes, fields=names)
    #                                      ^^^^^ unknown-update-field
    names.remove("nothing")
    Note.objects.bulk_update(notes, fields=names)
    fewer = list(NoteFields.names)
    fewer.remove(other)
    Note.objects.bulk_update(notes, fields=fewer)
