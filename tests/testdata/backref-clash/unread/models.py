from company.database import db
from company.mixins import BaseMixin, immutable
from sqlalchemy import Integer


class Project(BaseMixin, db.Model):
    __tablename__ = "project"

    age = db.Column(Integer)


class Crew(BaseMixin, db.Model):
    __tablename__ = "crew"

    project_id = immutable(db.Column(None, db.ForeignKey("project.id"), index=True))
    project = immutable(db.relationship(Project, backref="memberships"))
    #                                                    ^^^^^^^^^^^^^ backref-clash


class Editor(BaseMixin, db.Model):
    __tablename__ = "editor"

    project_id = immutable(db.Column(None, db.ForeignKey("project.id"), index=True))
    project = immutable(db.relationship(Project, backref=db.backref("memberships", lazy="dynamic")))
    #                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ backref-clash


class Reader(BaseMixin, db.Model):
    __tablename__ = "reader"

    project_id = immutable(db.Column(None, db.ForeignKey("project.id"), index=True))
    project = immutable(db.relationship(Project, backref="readers"))
