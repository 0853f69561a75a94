import pytest

from app.models import Note


def test_unknown():
    with pytest.raises(TypeError):
        Note(nothing=1)
