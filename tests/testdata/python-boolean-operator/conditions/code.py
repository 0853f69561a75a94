from models import Pet, User, tags
from sqlalchemy import func, not_, or_, select


def found(session, name, flag):
    session.query(User).filter(User.name == name and User.active == True)  # noqa: E712
    #                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    session.query(User).filter((User.name == name) or (User.id == 3))
    #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(Pet).where(Pet.age > 3 and Pet.owner_id == 4 and flag)
    #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(User).where(or_(User.active and User.name.like(name), User.id == 3))
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(tags).where(tags.c.word == name or tags.c.id == 1)
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(User).where(func.lower(User.name) == name and User.id != 3)
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(User).where(not_(User.name != name or User.id.in_([1])))
    #                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(Pet).join(User, Pet.owner_id == User.id and User.active)
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(User).where(flag and User.name == name and User.id == 3)
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator


def generic(session, model: type[User]):
    return session.query(model).filter(model.name == "a" and model.id == 3)
    #                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
