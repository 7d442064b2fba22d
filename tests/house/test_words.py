"""Words of the interface: the catalogues follow from the code, and nothing lacks its Japanese."""

from deploy import translate


def test_the_catalogues_are_up_to_date_and_whole(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.argv", ["translate", "--check"])
    code = translate.main()
    assert (code, capsys.readouterr().out) == (0, "")
