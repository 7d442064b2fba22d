"""Certificates: a good one is taken, an expired one or another host's is a failure, and no switch helps."""

import ssl
import subprocess
import threading
from contextlib import contextmanager

import pytest
from server import CSV, Server

from ckanext.jichitai.net import Fetcher, Limits


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority of our own with three certificates, each with its key in one file."""
    folder = tmp_path_factory.mktemp("tls")

    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30",
            "-subj", "/CN=Test CA", "-addext", "basicConstraints=critical,CA:TRUE")  # fmt: skip
    for name, host, days in (
        ("good", "IP:127.0.0.1", "30"),
        ("expired", "IP:127.0.0.1", "-1"),
        ("other", "DNS:other.example", "30"),
    ):
        (folder / f"{name}.ext").write_text(f"subjectAltName={host}\n")
        openssl(
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.csr",
            "-subj",
            "/CN=x",
        )
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-out", f"{name}.crt", "-days", days, "-extfile", f"{name}.ext")  # fmt: skip
        (folder / f"{name}.pem").write_text(
            (folder / f"{name}.key").read_text() + (folder / f"{name}.crt").read_text()
        )
    return folder


@contextmanager
def secured(certificate):
    """A server that shows this certificate."""
    server = Server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda request, address: None  # a client that refuses us is what we test
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("name", "trusted", "cls"),
    [("good", True, None), ("good", False, "tls"), ("expired", True, "tls"), ("other", True, "tls")],
)
def test_certificates(certificates, clock, name, trusted, cls):
    with secured(certificates / f"{name}.pem") as server:
        server.plays["/a"] = lambda handler: handler.reply(body=CSV)
        fetcher = Fetcher(
            [f"127.0.0.0/8:{server.port}"],
            limits=Limits(silence=2, request=4),
            verify=str(certificates / "ca.pem") if trusted else None,
            now=clock.now,
            sleep=clock.sleep,
        )
        answer = fetcher.get(f"https://127.0.0.1:{server.port}/a")
    assert (answer.cls, answer.body) == (cls, b"" if cls else CSV)
    assert cls is None or answer.tries == 1


def test_a_drip_over_tls_ends_too(certificates, clock):
    from server import drip

    with secured(certificates / "good.pem") as server:
        server.plays["/a"] = drip
        fetcher = Fetcher(
            [f"127.0.0.0/8:{server.port}"],
            limits=Limits(silence=1, request=1),
            verify=str(certificates / "ca.pem"),
            now=clock.now,
            sleep=clock.sleep,
        )
        assert fetcher.get(f"https://127.0.0.1:{server.port}/a").cls == "timeout"
