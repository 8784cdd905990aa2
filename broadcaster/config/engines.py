"""`may_doc` in schedule.yaml: speech engines that an office connects by itself, over HTTP or as a program.

In templates `{text}`, `{voice}` and `{rate}` stand for what is to be said, the voice's own name there and its pace
(1 is the engine's normal one), `{key}` for the secret, `{id}` for a request's number, `{text_file}` and `{out}` for
files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, model_validator

from broadcaster.config.document import Quoted
from broadcaster.config.fields import Duration, Keys, Name
from broadcaster.config.names import nearest
from broadcaster.config.setting import Setting
from broadcaster.config.values import Misread

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_JSON_WORDS = {"true": True, "false": False}
_JSON_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a template, whatever its shape."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_in(item)


def placeholders_in(value: Any) -> set[str]:
    return {name for text in texts_in(value) for name in PLACEHOLDER.findall(text)}


def _holding(*known: str) -> BeforeValidator:
    """Refuses placeholders that mean nothing here."""

    def check(value: Any) -> Any:
        for name in sorted(placeholders_in(value) - set(known)):
            meant = nearest(name, known)
            guess = f"Có phải ý bạn là {{{meant}}}? " if meant else ""
            raise Misread(
                f"Ở đây không có chỗ điền {{{name}}}.",
                f"{guess}Điền được: {', '.join(f'{{{each}}}' for each in known)}",
            )
        return value

    return BeforeValidator(check)


def _address(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
    except ValueError:
        sound = False
    if not sound or "{" in parts.netloc or re.search(r"\s", value):
        raise Misread(f"“{value}” không phải là địa chỉ web.", 'Viết ví dụ: "http://127.0.0.1:8100/doc"')
    if parts.username or parts.password:
        raise Misread("Địa chỉ có tên và mật khẩu.", "Bỏ chúng ra; ghi khóa vào biến môi trường và dùng khoa_tu")
    return value


def _json_body(value: Any) -> Any:
    """A JSON text, or YAML that reads as JSON does: `1.0` is a number, `"1.0"` a text."""
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError as error:
            raise Misread("gui_json không phải là JSON.", 'Viết ví dụ: {"text": "{text}", "speed": 1.0}') from error
    return _as_json(value)


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    if not isinstance(value, str) or isinstance(value, Quoted):
        return value
    if value in _JSON_WORDS:
        return _JSON_WORDS[value]
    return json.loads(value) if _JSON_NUMBER.fullmatch(value) else value


def _headers(value: Any) -> Any:
    if isinstance(value, dict):
        for name, text in value.items():
            if not re.fullmatch(r"[A-Za-z0-9_-]+", str(name)) or not str(text).isascii() or not str(text).isprintable():
                raise Misread(f"Dòng “{name}” ở phan_dau không dùng được.", 'Viết không dấu, ví dụ: {api-key: "{key}"}')
    return value


def _variable(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[A-Z][A-Z0-9_]*", value):
        raise Misread(
            "khoa_tu phải là TÊN một biến môi trường, không phải chính khóa.",
            "Viết ví dụ: khoa_tu: FPT_API_KEY; rồi đặt khóa vào biến ấy trước khi chạy broadcaster",
        )
    return value


def _decimal(value: Any) -> Any:
    return value.replace(",", ".") if isinstance(value, str) else value


def _arguments(value: Any) -> Any:
    if isinstance(value, str) or not value:
        raise Misread("chay phải là danh sách.", 'Viết ví dụ: chay: [doc-tieng-viet, --ra, "{out}"]')
    return value


def _ending(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\.[a-z0-9]{2,5}", value):
        raise Misread(f"“{value}” không phải là đuôi tệp.", "Viết ví dụ: duoi: .wav")
    return value


JsonPath = Annotated[str, Field(pattern=r"^[\w-]+(\.[\w-]+)*$")]
"""Where something stands in a JSON answer: names, and numbers counted from 0, joined by dots."""


class EngineSettings(Setting):
    """What every connected engine has."""

    name: str
    kind: str
    title: Name | None = Field(default=None, alias="ten", title="tên bộ đọc", examples=["VieNeu-TTS"])
    voices: dict[Name, Name] = Field(
        min_length=1, alias="giong", title="các giọng và tên gọi", examples=["{nu-bac: Nữ miền Bắc}"]
    )
    """The voice's own name there → what operators call it; the first is the default."""
    language: Name = Field(default="vi", alias="ngon_ngu", title="ngôn ngữ của các giọng", examples=["vi"])
    largest_part: int = Field(
        default=500, ge=20, le=5000, alias="toi_da_ky_tu", title="số ký tự nhiều nhất mỗi lần đọc", examples=["500"]
    )
    patience: Duration = Field(
        default=timedelta(minutes=1), alias="cho", title="chờ lâu nhất cho một lần đọc", examples=["60 giây"]
    )
    normal_pace: Annotated[float, BeforeValidator(_decimal), Field(ge=1, le=10)] = Field(
        default=4.0, alias="nhip", title="số âm tiết mỗi giây ở tốc độ 1", examples=["4,0"]
    )
    """Syllables a second at `{rate}` 1: what `{rate}` is reckoned from."""
    revision: Name | None = Field(
        default=None, alias="phien_ban", title="đổi khi giọng bên kia thay đổi", examples=["2026-10"]
    )
    """Part of the clips' key, since nobody tells us when a voice over there becomes another."""

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.title or self.name


class HttpResult(Setting):
    """What the answer is: the sound itself, unless these say where in its JSON the sound or its address stands."""

    base64: JsonPath | None = Field(
        default=None, title="chỗ ghi âm thanh base64 trong JSON trả về", examples=["data.audio"]
    )
    link: JsonPath | None = Field(
        default=None, alias="duong_dan", title="chỗ ghi địa chỉ tệp âm thanh trong JSON trả về", examples=["async"]
    )
    request_id: JsonPath | None = Field(
        default=None, alias="ma", title="chỗ ghi mã yêu cầu trong JSON trả về", examples=["result.request_id"]
    )
    ask: Annotated[str, _holding("id"), BeforeValidator(_address)] | None = Field(
        default=None,
        alias="hoi",
        title="địa chỉ để hỏi xem đã đọc xong chưa",
        examples=['"https://may-doc.example/tts/{id}"'],
    )
    """Asked again and again until `base64` or `link` stands in its answer."""
    error: JsonPath | None = Field(
        default=None, alias="bao_loi", title="chỗ ghi lỗi trong JSON trả về", examples=["error_message"]
    )
    """What stands there, unless empty, 0 or false, is the service's own word that it failed."""

    @model_validator(mode="after")
    def _makes_sense(self) -> HttpResult:
        if self.base64 and self.link:
            raise Misread("ket_qua có cả base64 và duong_dan.", "Giữ một trong hai")
        if bool(self.ask) != bool(self.request_id) or (self.ask and "{id}" not in self.ask):
            raise Misread(
                "hoi và ma phải đi cùng nhau.", 'Viết ví dụ: {ma: request_id, hoi: "https://…/{id}", duong_dan: audio}'
            )
        if (self.ask or self.error) and not (self.base64 or self.link):
            raise Misread("ket_qua chưa ghi âm thanh nằm ở đâu.", "Thêm base64 hoặc duong_dan")
        return self


class HttpEngineSettings(EngineSettings):
    """An engine that answers requests."""

    kind: Literal["http"] = Field(alias="kieu", title="kiểu bộ đọc", examples=["http", "lenh"])
    url: Annotated[str, _holding("text", "voice", "rate"), BeforeValidator(_address)] = Field(
        title="địa chỉ nhận yêu cầu", examples=['"http://127.0.0.1:8100/doc"']
    )
    method: Literal["POST", "GET"] = Field(default="POST", alias="cach_goi", title="cách gọi", examples=["POST"])
    headers: Annotated[dict[str, str], _holding("voice", "rate", "key"), BeforeValidator(_headers)] = Field(
        default_factory=dict, alias="phan_dau", title="các dòng đầu của yêu cầu", examples=['{api-key: "{key}"}']
    )
    json_body: Annotated[Any, _holding("text", "voice", "rate", "key"), BeforeValidator(_json_body)] = Field(
        default=None, alias="gui_json", title="nội dung gửi đi, dạng JSON", examples=['{"text": "{text}"}']
    )
    form: Annotated[dict[str, str], _holding("text", "voice", "rate", "key")] | None = Field(
        default=None, alias="gui_bieu_mau", title="nội dung gửi đi, dạng biểu mẫu", examples=['{text: "{text}"}']
    )
    text_body: Annotated[str, _holding("text", "voice", "rate", "key")] | None = Field(
        default=None, alias="gui_chu", title="nội dung gửi đi, dạng chữ", examples=['"{text}"']
    )
    """XML where it begins with `<`: what is filled in is escaped."""
    result: HttpResult = Field(
        default=HttpResult(), alias="ket_qua", title="câu trả lời là gì", examples=["{base64: data.audio}"]
    )
    secret_from: Annotated[str, BeforeValidator(_variable)] | None = Field(
        default=None, alias="khoa_tu", title="tên biến môi trường giữ khóa", examples=["FPT_API_KEY"]
    )
    hosts: Keys = Field(
        default=(), alias="may_chu", title="các máy chủ khác được phép tải tệp về", examples=['["*.fpt.ai"]']
    )
    """Beside the host of `url`; `*.fpt.ai` is every host under it."""
    retries: int = Field(default=2, ge=0, le=5, alias="thu_lai", title="số lần thử lại", examples=["2"])

    @model_validator(mode="after")
    def _makes_sense(self) -> HttpEngineSettings:
        bodies = [body for body in (self.json_body, self.form, self.text_body) if body is not None]
        if len(bodies) > 1:
            raise Misread("Có nhiều nội dung gửi đi.", "Giữ một trong: gui_json, gui_bieu_mau, gui_chu")
        used = placeholders_in([self.url, self.headers, *bodies])
        if "text" not in used:
            raise Misread("Yêu cầu không gửi lời cần đọc.", 'Thêm {text}, ví dụ: gui_json: {"text": "{text}"}')
        if "key" in used and self.secret_from is None:
            raise Misread("Có chỗ điền {key} nhưng không có khoa_tu.", "Thêm ví dụ: khoa_tu: FPT_API_KEY")
        if self.secret_from and "key" not in used:
            raise Misread("Có khoa_tu nhưng không gửi khóa.", 'Thêm {key}, ví dụ: phan_dau: {api-key: "{key}"}')
        if self.result.ask and not self.may_ask(self.result.ask):
            raise Misread("Máy chủ ở hoi không được phép.", "hoi phải cùng máy chủ với url, hoặc ghi nó vào may_chu")
        self._keep_secret(*([self.url, self.result.ask] if self.result.ask else [self.url]))
        return self

    def _keep_secret(self, *urls: str) -> None:
        for url in urls:
            parts = urlsplit(url)
            if self.secret_from and parts.scheme == "http" and not is_near(parts.hostname or ""):
                raise Misread(
                    "Khóa sẽ đi qua http://, ai cũng đọc được.", "Dùng https://; http:// chỉ dùng trong mạng nội bộ"
                )

    def may_ask(self, url: str) -> bool:
        """Whether `url` lies on the host of the engine's own address, or on one that is allowed beside it."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").casefold()
        except ValueError:
            return False
        own = urlsplit(self.url)
        if parts.scheme not in {"https", own.scheme}:
            return False
        allowed = [(own.hostname or "").casefold(), *(each.casefold() for each in self.hosts)]
        return any(host == each or (each.startswith("*.") and host.endswith(each[1:])) for each in allowed)


class CommandEngineSettings(EngineSettings):
    """An engine that is a program on this machine; no shell ever sees the words."""

    kind: Literal["lenh"] = Field(alias="kieu", title="kiểu bộ đọc", examples=["http", "lenh"])
    command: Annotated[
        tuple[Name, ...], _holding("text", "text_file", "out", "voice", "rate"), BeforeValidator(_arguments)
    ] = Field(alias="chay", title="chương trình và các tham số", examples=['[doc-tieng-viet, --ra, "{out}"]'])
    """Words go to its standard input unless `{text}` or `{text_file}` is there; sound comes by standard output unless
    `{out}` is."""
    ending: Annotated[str, BeforeValidator(_ending)] = Field(
        default=".wav", alias="duoi", title="đuôi tệp âm thanh của {out}", examples=[".wav"]
    )


def is_near(host: str) -> bool:
    """This machine, or one of the office's own network."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan"))


KINDS: dict[str, type[EngineSettings]] = {"http": HttpEngineSettings, "lenh": CommandEngineSettings}


def _known_kind(value: Any) -> Any:
    kind = value.get("kieu") if isinstance(value, dict) else None
    if isinstance(value, dict) and "kind" not in value and kind not in KINDS:
        what = f"không có kiểu “{kind}”" if kind else "thiếu kieu"
        raise Misread(f"Bộ đọc này {what}.", "kieu: http (gọi qua mạng) hoặc kieu: lenh (chạy một chương trình)")
    return value


AnyEngine = Annotated[
    Annotated[HttpEngineSettings | CommandEngineSettings, Field(discriminator="kind")], BeforeValidator(_known_kind)
]
