from app.models import Child, Note, Odd, Open, Parent, Taking, Task


def takes_it_itself():
    Taking(title="x", hint=1)
    Taking.objects.create(title="x", hint=1)
    Task.objects.create(owner_name="x")
    Task.objects.create(owner_nam="x")
    #                   ^^^^^^^^^ unknown-written-field


def is_not_known(request, data, cls):
    Open(anything=1)
    Odd(shown=1, other=2)
    Note(**data)
    Note.objects.create(**request.POST.dict())
    cls.objects.create(anything=1)
    (Parent if request else Child)(slug="x")


def assigns_only():
    Note.objects.update_or_create(pk=1, defaults={"seen": 1}, create_defaults={"title": "x"})


def sets_what_is_no_field():
    Note(tag=None)  # a query name, which the constructor takes for a field and assigns


def waits_for_it():
    try:
        return Note(nothing=1)
    except TypeError:
        return None


class Notes:
    def Note(self, **kwargs):
        return kwargs


def another_note(notes: Notes):
    notes.Note(nothing=1)
