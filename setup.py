"""Packages of ckanext-jichitai.

The rule book (schemas/) and the words of the interface (i18n/) stand at the top of the
checkout, where people edit them, and are mapped into the package so that wheel and sdist
carry them. An editable install does not see mapped folders: core/data.py looks there.
"""

from setuptools import find_namespace_packages, setup

DATA = {"ckanext.jichitai.schemas": "schemas", "ckanext.jichitai.i18n": "i18n"}
FILES = [
    "yaml",
    "yml",
    "csv",
    "topojson",
    "json",
    "html",
    "xml",
    "txt",
    "jinja2",
    "js",
    "css",
    "svg",
    "png",
    "ico",
    "woff2",
    "po",
    "pot",
    "mo",
    "mako",
    "ini",
    "cfg",
    "md",
]

packages = find_namespace_packages(include=["ckanext.*"])
for name, folder in DATA.items():
    packages += [name, *(f"{name}.{sub}" for sub in find_namespace_packages(folder))]

setup(
    packages=packages,
    package_dir=DATA,
    package_data={"": [f"*.{ending}" for ending in FILES]},
    message_extractors={
        "ckanext/jichitai": [
            ("**.py", "python", None),
            ("**.js", "javascript", None),
            ("**/templates/**.html", "ckan", None),
        ],
    },
)
