"""Files that turn into something else keep their last good copy; answers are kept by a stated rule."""

import datetime as dt
import io
import zipfile

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.jichitai.bridge import archive
from ckanext.jichitai.bridge import files as stored
from ckanext.jichitai.bridge.rulebook import now
from ckanext.jichitai.harvest import retention, runs
from ckanext.jichitai.harvest.listen import Fetched
from ckanext.jichitai.harvest.opens import opens

from .conftest import count


def packed(names=("a.csv",), cut=0, locked=False):
    """A zip; cut: bytes lost at its end; locked: its entries marked as encrypted."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name in names:
            made.writestr(name, "名称\n市役所\n")
    body = bytearray(kept.getvalue())
    if locked:
        body[body.index(b"PK\x01\x02") + 8] |= 1
    return bytes(body[: len(body) - cut])


PAGE = b"<!doctype html><title>moved</title>"
OLE = b"\xd0\xcf\x11\xe0" + bytes(60)


@pytest.mark.parametrize(
    ("body", "well"),
    [
        (b"a,b\n1,2\n", True),
        (b"", False),
        (packed(), True),
        (packed(cut=30), False),
        (packed(locked=True), False),
        (OLE, True),
        (OLE + "EncryptedPackage".encode("utf-16-le"), False),
        (b"PK is how this text begins", False),
    ],
)
def test_what_opens(body, well):
    assert opens(body) is well


@pytest.mark.usefixtures("source", "clean_index")
class TestAFileThatTurns:
    @pytest.mark.parametrize(
        ("body", "fault"),
        [(PAGE, "file_html"), (packed(cut=30), "file_unreadable"), (packed(locked=True), "file_unreadable")],
    )
    def test_it_keeps_its_last_good_copy(self, portal, harvest, body, fault):
        portal.put("toilet", "公衆トイレ一覧")
        harvest()
        file = self.resource()
        before = stored.current(file)
        portal.put("toilet", "公衆トイレ")  # a change of the record is a reason to ask at once
        portal.files["toilet-list.csv"] = body
        assert harvest().files.failed == {fault: 1}
        after = stored.current(file)
        assert (after.sha256, after.state, after.state_class) == (before.sha256, "stale", fault)
        portal.put("toilet", "公衆トイレ一覧")
        harvest()
        assert (stored.current(file).state, stored.current(file).state_class) == ("current", None)

    def test_one_that_never_opened_is_kept_for_its_report(self, portal, harvest):
        portal.put("toilet", "公衆トイレ一覧")
        portal.files["toilet-list.csv"] = packed(cut=30)
        harvest()
        assert stored.current(self.resource()).state == "current"

    def resource(self):
        return model.Session.execute(sa.text("SELECT resource_id FROM jichitai_link")).scalar_one()


def test_answers_are_kept_400_days_and_the_last_ten(source):
    store = archive.archive()
    for age in range(0, 800, 40):
        at = (now() - dt.timedelta(days=age, hours=-1)).timestamp()
        sha256 = store.put(f"list of {age} days ago".encode())
        runs.answers(1, "one-ckan", [Fetched("list", source.settings.url, at, 0.1, 200, None, sha256, 9)])
    model.Session.commit()
    assert retention.tidy_up() == (9, 9)
    assert count("jichitai_fetch") == count("jichitai_payload") == 11
    kept = [age for age in range(0, 800, 40) if store.has(_sha256(f"list of {age} days ago"))]
    assert kept == list(range(0, 401, 40))
    assert retention.tidy_up() == (0, 0)


def test_the_last_ten_of_a_list_stay_whatever_their_age(source):
    for age in range(500, 512):
        at = (now() - dt.timedelta(days=age, hours=-1)).timestamp()
        sha256 = archive.archive().put(f"rare {age}".encode())
        runs.answers(1, "one-ckan", [Fetched("list", source.settings.url, at, 0.1, 200, None, sha256, 9)])
    model.Session.commit()
    assert retention.tidy_up() == (2, 2)


def _sha256(text):
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()
