import uuid
from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from pydantic import BaseModel, Field
from somewhere import db

NOW = datetime.now


class Search(forms.Form):
    since = forms.DateField(initial=timezone.now().date())
#                                   ^^^^^^^^^^^^^^ called-default
    until = forms.DateTimeField(initial=timezone.now())
#                                       ^^^^^^^^^^^^^^ called-default
    good = forms.DateTimeField(initial=timezone.now)


class Asked(BaseModel):
    key: str = Field(default=str(uuid.uuid4()))
#                                ^^^^^^^^^^^^ called-default
    at: datetime = Field(default_factory=datetime.now)


class Session(db.Model):
    seen_at = db.Column(db.DateTime, default=datetime.utcnow())
#                                            ^^^^^^^^^^^^^^^^^ called-default
    lasts = db.Column(db.Interval, default=timedelta(days=1))
    later = db.Column(db.DateTime, default=NOW)


class AppSettings(BaseModel):
    started: datetime = Field(default=datetime.now())
