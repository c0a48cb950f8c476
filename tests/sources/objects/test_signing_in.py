"""Who asks: a service account of Google and an identity of Azure's machines get their tokens from who gives them."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from deskbook.errors import AuthFailed, ConfigError
from deskbook.sources import Source

from ...fakes.identity import Google, Imds, serving
from ...servers.azure import ACCOUNT, Azure, azure
from ...servers.certificates import signed
from ...servers.gcs import Gcs
from ...servers.s3 import KEY, REGION, SECRET
from .conftest import Bucket, Desk, csv, gcs_bucket
from .test_notices import created

At = Callable[..., Source]
ROOT = Path(__file__).parents[3]
PEM = serialization.Encoding.PEM
EMAIL = "desk@project.iam.gserviceaccount.com"


def key_pair() -> tuple[str, str]:
    """A private key and its public one, in PEM."""
    made = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    public = made.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return made.private_bytes(PEM, *plain).decode(), public.decode()


@pytest.fixture
def google(gcs_server: Gcs) -> Iterator[tuple[Google, Bucket]]:
    """A bucket that only the service account reads, and who gives it tokens."""
    private, public = key_pair()
    fake, inner = Google(gcs_server.endpoint, public), gcs_bucket(gcs_server)
    with serving(fake) as address:
        yield (
            fake,
            Bucket(
                inner.url, {"endpoint": address, "service_account": key_file(address, private)}, inner.put, inner.held
            ),
        )


def key_file(address: str, private: str) -> str:
    """A key file as Google gives it."""
    told = {"type": "service_account", "project_id": "project", "client_email": EMAIL, "private_key_id": "1"}
    return json.dumps({**told, "private_key": private, "token_uri": f"{address}/token"})


def test_a_service_account_signs_for_a_token_and_reads(google: tuple[Google, Bucket], files_at: At) -> None:
    fake, bucket = google
    bucket.put("e/a.csv", csv(1, 2))
    assert [page.rows.num_rows for page in files_at(bucket, "e/*.csv").pull({})] == [2]
    (claims,) = fake.claims
    assert claims["iss"] == EMAIL and claims["scope"] == "https://www.googleapis.com/auth/devstorage.read_only"
    assert fake.refused == 0


def test_a_service_account_that_archives_asks_to_write(google: tuple[Google, Bucket], synced_desk: Desk) -> None:
    fake, bucket = google
    bucket.put("e/a.csv", csv(1))
    assert synced_desk.sync(bucket, "e/*.csv", archive="done/").error == ""
    assert [key[:7] for key in bucket.held()] == ["done/a."]
    assert {claims["scope"].rpartition(".")[2] for claims in fake.claims} == {"full_control"}


def test_a_token_is_asked_for_anew_before_it_ends(google: tuple[Google, Bucket], files_at: At) -> None:
    fake, bucket = google
    fake.holds_seconds = 60
    for number in (1, 2, 3):
        bucket.put(f"e/{number}.csv", csv(number))
    assert len(list(files_at(bucket, "e/*.csv").pull({}))) == 3
    assert len(fake.claims) > 1 and fake.refused == 0


def test_a_key_that_was_taken_back_is_told_and_shown_nowhere(google: tuple[Google, Bucket], files_at: At) -> None:
    _, bucket = google
    other = key_file(bucket.options["endpoint"], key_pair()[0])
    with pytest.raises(AuthFailed, match=r"no longer valid. Correct what key: or service_account: refers to") as told:
        list(files_at(bucket, "e/*.csv", service_account=other).pull({}))
    assert "PRIVATE" not in str(told.value)


def test_nobody_reads_there_without_the_key(google: tuple[Google, Bucket]) -> None:
    fake, bucket = google
    told = httpx.get(f"{bucket.options['endpoint']}/storage/v1/b/{bucket.name}/o")
    assert told.status_code == 401 and fake.refused == 1


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Azure]:
    """An account that speaks TLS and takes the tokens of identities."""
    certificate = signed(tmp_path_factory.mktemp("azure"), "azure", "127.0.0.1")
    with azure(certificate) as server:
        yield server


PULL = """
import json, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from deskbook.errors import DeskbookError
from deskbook.sources import Entry, source

mapping = {"id": "number", "created_at": "created"}
entry = Entry(name="desk", kind="files", source="desk", table="tickets", mapping=mapping, folder=Path.cwd(),
              options=json.loads(sys.argv[1]))
made = source["files"](entry, lambda: datetime.now(UTC))
try:
    if hasattr(made, "settled"):
        made.settled({})
    for page in made.pull({}):
        print(page.rows.num_rows, flush=True)
        made.settled(page.cursor)
    if hasattr(made, "wakes"):
        stop = threading.Event()
        timer = threading.Timer(30, stop.set)
        timer.daemon = True
        timer.start()
        for _ in made.wakes(stop):
            print("woken", flush=True)
            stop.set()
except DeskbookError as error:
    print(f"{type(error).__name__}: {error}")
"""


def asked_as(machine: str, server: Azure, **options: Any) -> list[str]:
    """What a process of a machine says that reads, archives and listens; it trusts the server's authority."""
    assert server.certificate
    trust = {name: str(server.certificate.ca) for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")}
    environ = {**os.environ, **trust, "AZURE_POD_IDENTITY_AUTHORITY_HOST": machine, "PYTHONPATH": str(ROOT / "src")}
    given = json.dumps({"account": ACCOUNT, "endpoint": server.endpoint, **options})
    done = subprocess.run([sys.executable, "-c", PULL, given], env=environ, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(("identity", "client"), [(True, ""), ("5e9a-client", "5e9a-client")])
def test_the_identity_of_a_machine_reads_archives_and_is_woken(
    secured: Azure, identity: bool | str, client: str
) -> None:
    name = f"identity-{len(client)}"
    container, queue = secured.client().create_container(name), secured.queue(name)
    container.upload_blob("e/a.csv", csv(1, 2))
    queue.send_message(base64.b64encode(json.dumps(created(name, "e/b.csv")).encode()).decode())
    with serving(imds := Imds(client)) as machine:
        notices = f"{secured.queue_endpoint}/{name}"
        said = asked_as(
            machine, secured, url=f"az://{name}/e/*.csv", managed_identity=identity, archive="done/", notices=notices
        )
    assert said == ["2", "woken"] and set(imds.asked) == {client}
    assert [one.name[:7] for one in container.list_blobs()] == ["done/a."]
    queue.close()


def test_a_machine_without_that_identity_is_told(secured: Azure) -> None:
    with serving(Imds("another")) as machine:
        (said,) = asked_as(machine, secured, url="az://identity-0/e/*.csv", managed_identity=True)
    assert said.startswith("AuthFailed: Entry 'desk': az://identity-0/e/*.csv needs somebody who asks")
    assert "give this machine the identity it is to have" in said


def test_a_token_never_travels_in_the_open(make: At) -> None:
    options = {"account": "desk", "managed_identity": True, "endpoint": "http://10.0.0.1"}
    with pytest.raises(ConfigError, match=r"endpoint: wants https:// where an identity signs in"):
        list(make(url="az://b/*.csv", **options).pull({}))


def test_an_azure_entry_that_names_no_account_is_told(make: At) -> None:
    with pytest.raises(ConfigError, match=r"Write account:, the name of the storage account"):
        list(make(url="az://b/*.csv", anonymous=True).pull({}))


def test_what_is_public_in_azure_is_read_at_an_endpoint_too(azure_server: Azure, on_azure: Bucket, make: At) -> None:
    on_azure.put("e/a.csv", csv(1))
    azure_server.client().get_container_client(on_azure.name).set_container_access_policy({}, public_access="container")
    options = {"account": ACCOUNT, "endpoint": azure_server.endpoint, "anonymous": True}
    assert [page.rows.num_rows for page in make(url=f"{on_azure.url}/e/*.csv", **options).pull({})] == [1]


def test_a_profile_of_the_machine_is_who_asks(
    on_s3: Bucket, files_at: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "credentials").write_text(f"[desk]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    on_s3.put("e/a.csv", csv(1))
    of_machine = Bucket(on_s3.url, {"endpoint": on_s3.options["endpoint"], "region": REGION}, on_s3.put, on_s3.held)
    assert [page.rows.num_rows for page in files_at(of_machine, "e/*.csv", profile="desk").pull({})] == [1]
