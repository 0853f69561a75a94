from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import column_property, declarative_base, declared_attr, relationship, synonym, synonym_for

Base = declarative_base()


class classproperty(property):
    def __get__(self, instance, owner):
        return self.fget(owner)


class Mixin:
    @declared_attr
    def created_by(cls):
        return Column(Integer)

    @property
    def label(self):
        return self.name


class Group(Base):
    __tablename__ = "groups"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))


class User(Mixin, Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))
    group_id = Column(ForeignKey("groups.id"), index=True)
    group = relationship(Group)
    group_name = association_proxy("group", "name")
    nick = synonym("name")
    label = column_property(name + "!")
    if True:
        maybe = Column(String(5))
    else:

        @property
        def maybe(self):
            return None

    @synonym_for("name")
    @property
    def title(self):
        return self.name

    @hybrid_property
    def upper(self):
        return self.name.upper()

    @hybrid_method
    def called(self, name):
        return self.name == name

    @classproperty
    def by_class(cls):
        return cls.name

    @classmethod
    def active(cls):
        return cls.name != None

    @property
    def later(self):
        return self.name

    @property
    def shown(self):
        return self.name


User.later = column_property(User.name)
