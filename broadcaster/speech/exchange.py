"""One request to a speech service over HTTP: verified, bounded in time and size, never led astray by a redirect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import requests

from broadcaster.clock import Clock
from broadcaster.errors import SpeechFault
from broadcaster.speech.retrying import Passing

CONNECT_TIMEOUT_S = 5.0
LONGEST_WAIT = 5
"""Digits of seconds: a day."""
_BLOCK = 512
"""Bytes; small, so that the deadline is looked at while a slow line drips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a request may cost at most."""

    read_timeout_s: float
    """Without a byte."""
    deadline: float
    """On the monotonic clock: a line so slow that it drips would pass every single read."""
    largest: int
    """Bytes of the answer, unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    body: bytes
    content_type: str = ""
    location: str | None = None
    """Where a redirect points."""
    retry_after: timedelta | None = None
    """How long to wait before the next request, where the answer says so in seconds."""


def exchange(request: requests.Request, *, service: str, bounds: Bounds, clock: Clock, remedy: str) -> Answer:
    """Send `request` and read the whole answer. Messages call the other side `service`.

    Certificates are checked, redirects not followed, ~/.netrc not read; HTTPS_PROXY and REQUESTS_CA_BUNDLE are
    honoured. Raises `Passing` for a broken connection, `SpeechFault` for the rest.
    """
    request.auth = request.auth or _as_it_is
    timeout = (CONNECT_TIMEOUT_S, bounds.read_timeout_s)
    try:
        with requests.Session() as session:
            prepared = session.prepare_request(request)
            settings = session.merge_environment_settings(prepared.url, _proxies(request.url), True, None, None)
            with session.send(prepared, timeout=timeout, allow_redirects=False, **settings) as response:
                return _answer(response, _content(response, service, bounds, clock, remedy))
    except requests.exceptions.SSLError as error:
        raise SpeechFault(
            f"Không tin được chứng chỉ của máy chủ {service}: đường truyền có thể bị nghe lén, hoặc giờ của máy sai.",
            remedy=f"Chỉnh đúng ngày giờ của máy; mạng có chứng chỉ riêng thì đặt REQUESTS_CA_BUNDLE. {remedy}",
        ) from error
    except requests.exceptions.Timeout as error:
        raise SpeechFault(f"{service} không trả lời kịp.", remedy=_check_network(remedy)) from error
    except requests.exceptions.RequestException as error:
        raise Passing(
            f"Không kết nối được tới {service}, hoặc kết nối bị đứt.", remedy=_check_network(remedy)
        ) from error


def _answer(response: requests.Response, body: bytes) -> Answer:
    return Answer(
        status=response.status_code,
        body=body,
        content_type=response.headers.get("Content-Type", ""),
        location=response.headers.get("Location"),
        retry_after=_seconds(response.headers.get("Retry-After", "")),
    )


def _seconds(said: str) -> timedelta | None:
    """At most five digits; the other form, a date, would ask for their clock to be ours."""
    return timedelta(seconds=int(said)) if said.isascii() and said.isdigit() and len(said) <= LONGEST_WAIT else None


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """An authentication that adds nothing: with none, requests would look into ~/.netrc."""
    return request


def is_this_machine(host: str) -> bool:
    """Whether `host` is a loopback address or its name."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _proxies(url: str) -> dict[str, str]:
    """No proxy can reach what runs on this machine."""
    host = urlsplit(url).hostname or ""
    return {"no_proxy": host} if is_this_machine(host) else {}


def _content(response: requests.Response, service: str, bounds: Bounds, clock: Clock, remedy: str) -> bytes:
    data = bytearray()
    for chunk in response.iter_content(_BLOCK):
        data += chunk
        if len(data) > bounds.largest:
            raise SpeechFault(f"{service} không trả về giọng đọc: câu trả lời quá dài.", remedy=remedy)
        if clock.monotonic() > bounds.deadline:
            raise SpeechFault(f"{service} trả lời quá chậm.", remedy=_check_network(remedy))
    return bytes(data)


def _check_network(remedy: str) -> str:
    return f"Kiểm tra mạng. {remedy}"
