"""Reports to a web address: one POST of JSON with the files in it, signed where there is a secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from deskbook.errors import DeliveryError
from deskbook.reports.deliver.channels.contract import Channel, Place, channel
from deskbook.reports.deliver.means import Means, is_reference
from deskbook.reports.deliver.parcel import Parcel, media_type, numbers_digest

CONNECT_SECONDS: Final = 10
ANSWER_SECONDS: Final = 30
TOO_MANY: Final = 429


@channel("webhook")
@dataclass(frozen=True)
class Webhook:
    """A web address, written out or as `{env(NAME)}`, and the reference of the secret it is signed with."""

    url: str
    secret: str = ""

    keys: ClassVar[tuple[str, ...]] = ("webhook", "secret")
    repeats: ClassVar[bool] = False

    @classmethod
    def read(cls, values: Mapping[str, Any], place: Place) -> Channel:
        """The address as it is written."""
        url, secret = values["webhook"], values.get("secret", "")
        if not isinstance(url, str) or not (is_reference(url) or _is_web(url)):
            raise place.wrong('webhook wants "{env(NAME)}" or an http(s) address.')
        if secret and not (isinstance(secret, str) and is_reference(secret)):
            raise place.wrong('secret wants a reference to the environment: "{env(NAME)}".')
        return cls(url, secret)

    @property
    def shown(self) -> str:
        """The reference, or the host alone: paths and queries of webhooks are often keys."""
        return self.url if is_reference(self.url) else f"{urlsplit(self.url).scheme}://{urlsplit(self.url).hostname}/…"

    def send(self, parcel: Parcel, means: Means) -> str:
        """Post the parcel; no redirect is followed."""
        import httpx

        whose = f"Schedule '{parcel.schedule}'"
        url = means.secret(self.url, whose)
        if not _is_web(url):
            raise DeliveryError(f"Webhook {self.shown} is no http(s) address.")
        body = json.dumps(contents(parcel), ensure_ascii=False).encode()
        headers = {
            "content-type": "application/json",
            "user-agent": f"Deskbook/{version('deskbook')}",
            "idempotency-key": idempotency_key(parcel, self.shown),
        }
        if self.secret:
            headers["x-deskbook-signature"] = f"sha256={signature(body, means.secret(self.secret, whose))}"
        patience = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
        try:
            answer = httpx.post(url, content=body, headers=headers, timeout=patience, follow_redirects=False)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            # its words may hold the address
            said = f"Webhook {self.shown} did not answer ({type(error).__name__})."
            raise DeliveryError(said, again=isinstance(error, httpx.TransportError)) from None
        self._judge(answer.status_code)
        return f"status {answer.status_code}"

    def _judge(self, status: int) -> None:
        if 300 <= status < 400:
            raise DeliveryError(f"Webhook {self.shown} answered {status}, a redirect; none is followed.")
        if not 200 <= status < 300:
            raise DeliveryError(f"Webhook {self.shown} answered {status}.", again=status == TOO_MANY or status >= 500)


def contents(parcel: Parcel) -> dict[str, Any]:
    """A parcel as JSON: what is printed on it, and its files in base64."""
    data = parcel.data
    return {
        "schedule": parcel.schedule,
        "page": parcel.page,
        "title": data["title"],
        "due_at": f"{parcel.due_at:%Y-%m-%dT%H:%M:%SZ}",
        "said": data["said"],
        "condition": parcel.said,
        "filters": data["sentence"],
        "period": data["period"],
        "snapshot": data["snapshot"],
        "data_until": data["data_until"],
        "metrics": {name: one["version"] for name, one in data["metrics"].items()},
        "numbers_digest": numbers_digest(data),
        "files": [_file(file) for file in parcel.files],
    }


def _file(file: Path) -> dict[str, Any]:
    held = file.read_bytes()
    return {"name": file.name, "type": media_type(file), "bytes": len(held), "base64": base64.b64encode(held).decode()}


def idempotency_key(parcel: Parcel, address: str) -> str:
    """The same for every try of one delivery, so that a receiver takes it once."""
    told = f"{parcel.schedule}\n{parcel.due_at:%Y-%m-%dT%H:%M:%S}\n{address}"
    return hashlib.sha256(told.encode()).hexdigest()


def signature(body: bytes, secret: str) -> str:
    """HMAC-SHA256 of a body, in hexadecimal."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _is_web(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)
