from models import Pet, User
from sqlalchemy import and_, select


def found(session, name):
    session.query(User).filter(User.name == name and User.active == True)  # noqa: E712
    #                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    session.query(User).filter((User.name == name) and (User.id == 3) and User.active)
    #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(Pet).where(Pet.id > 1, Pet.age == 3 and Pet.owner_id.in_([4]))
    #                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(User).where(
        User.name == name
        #^^^^^^^^^^^^^^^^ python-boolean-operator
        and User.id == 3
    )
    return select(User).where(and_(User.name == name and User.id == 3, User.active))
    #                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator


def left_alone(session, name):
    select(User).where((User.name == name and User.id == 3))
    #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    select(User).where(User.name == name or User.id == 3)
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
    return select(Pet).join(User, Pet.owner_id == User.id and User.active)
    #                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ python-boolean-operator
