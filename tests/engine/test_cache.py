"""Whatever is wrong with the cache, it is a miss."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.cache import ABANDONED, MAGIC, STALE, Cache, Unwritable, clean, digest


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep/cache")
    cache.save("thing", b"\x93\x01", b"\x02\x03")
    assert cache.load("thing", list[int]) == [1, 2, 3]
    assert cache.load("other", list[int]) is None
    assert (tmp_path / "deep/cache/.gitignore").read_text() == "*\n"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_file_is_a_miss(tmp_path: Path, data: st.DataObject) -> None:
    cache = Cache(tmp_path)
    cache.save("thing", b"\x84\xa1a\x01\xa1b\x02\xa1c\x03\xa1d\x04")
    whole = (tmp_path / "thing").read_bytes()
    damage = data.draw(st.sampled_from(["cut", "flip", "foreign"]))
    at = data.draw(st.integers(0, len(whole) - 1))
    if damage == "cut":
        damaged = whole[:at]
    elif damage == "flip":
        damaged = whole[:at] + bytes([whole[at] ^ (1 << data.draw(st.integers(0, 7)))]) + whole[at + 1 :]
    else:
        damaged = data.draw(st.binary(max_size=60))
    (tmp_path / "thing").write_bytes(damaged)
    assert cache.load("thing", dict[str, int]) is None


def test_what_is_well_formed_but_of_another_kind_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.save("thing", b"\x93\x01\x02\x03")
    assert cache.load("thing", dict[str, int]) is None
    cache.save("thing", b"\x91" * 100_000 + b"\x01")
    assert cache.load("thing", list[list[list[int]]]) is None


def test_a_folder_in_its_place_is_a_miss_and_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    cache = Cache(tmp_path / "cache")
    assert cache.load("thing", list[int]) is None
    with pytest.raises(Unwritable):
        cache.save("thing", b"\x90")
    (tmp_path / "other/thing").mkdir(parents=True)
    cache = Cache(tmp_path / "other")
    assert cache.load("thing", list[int]) is None
    with pytest.raises(Unwritable):
        cache.save("thing", b"\x90")
    assert [p.name for p in (tmp_path / "other").iterdir() if p.name.startswith("new-")] == []


def test_what_nobody_used_for_long_is_removed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.save("thing", b"\x90")
    cache.save("old", b"\x90")
    cache.save("in-use", b"\x90")
    long_ago = time.time() - STALE - 1000
    for name in ("old", "in-use", ".gitignore"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    for name, age in (("new-abandoned", ABANDONED + 10), ("new-just-now", 10)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - age, time.time() - age))
    cache.prune(("in-use",))
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        ".gitignore",
        "CACHEDIR.TAG",
        "in-use",
        "new-just-now",
        "thing",
    ]


def test_clean_removes_a_cache_and_nothing_else(tmp_path: Path) -> None:
    Cache(tmp_path / "cache").save("thing", b"\x90")
    (tmp_path / "mine").mkdir()
    assert clean(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
    assert not clean(tmp_path / "cache")
    assert not clean(tmp_path / "mine")
    assert (tmp_path / "mine").exists()


def test_a_digest_keeps_its_parts_apart() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc") != digest(b"abc")
    assert MAGIC not in digest(b"")
