"""The way described in docs/case.md: a checkpoint stamped and checked with OpenSSL alone."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from beleg.store import checkpoint
from beleg.store.case import Case

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {0}/serial
crypto_device = builtin
signer_cert = {0}/tsa.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[req]
distinguished_name = name
x509_extensions = usage
prompt = no
[name]
CN = Test time stamps
[usage]
basicConstraints = critical,CA:true
extendedKeyUsage = critical,timeStamping
"""


def openssl(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["openssl", *command], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl program: apt-get install openssl")
def test_a_stamped_checkpoint_is_checked_by_openssl_alone(tmp_path: Path):
    with Case.open(tmp_path / "c", create=True) as case, case.read() as conn:
        (tmp_path / "checkpoint.txt").write_text(str(checkpoint.take(conn, "2026-01-02T03:04:05+00:00")))
    (tmp_path / "tsa.cnf").write_text(CONFIG.format(tmp_path))
    (tmp_path / "serial").write_text("01")
    steps = [
        "req -x509 -newkey rsa:2048 -nodes -days 2 -config tsa.cnf -keyout tsa.key -out tsa.pem",
        "ts -query -data checkpoint.txt -sha256 -cert -out checkpoint.tsq",
        "ts -reply -config tsa.cnf -queryfile checkpoint.tsq -out checkpoint.tsr",
    ]
    for step in steps:
        done = openssl(tmp_path, *step.split())
        assert done.returncode == 0, done.stderr
    check = ["ts", "-verify", "-data", "checkpoint.txt", "-in", "checkpoint.tsr", "-CAfile", "tsa.pem"]
    assert "Verification: OK" in openssl(tmp_path, *check).stdout
    text = (tmp_path / "checkpoint.txt").read_text()
    (tmp_path / "checkpoint.txt").write_text(text.replace("events 1", "events 2"))
    assert openssl(tmp_path, *check).returncode != 0
