from flask_appbuilder import Model
from sqlalchemy import Column, ForeignKey, Integer


class Contact(Model):
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("ab_user.id"))
