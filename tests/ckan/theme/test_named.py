"""Links of CKAN's keep their markup when their hidden name is taken away."""

from markupsafe import Markup

from ckanext.jichitai.theme.helpers import jichitai_named_as_seen


def test_only_the_hidden_name_goes() -> None:
    link = Markup('<a class="heading" href="/x" aria-label="Name">Name <span>CSV</span></a>')
    assert jichitai_named_as_seen(link) == Markup('<a class="heading" href="/x">Name <span>CSV</span></a>')
