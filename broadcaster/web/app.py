"""What a browser may ask of a running station. Everything is read, nothing is changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from importlib.resources import files
from typing import Any, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from broadcaster.errors import BroadcasterError
from broadcaster.model.programme import Programme
from broadcaster.station.today import Today
from broadcaster.web.page import Page, as_json

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
HOSTS = ["127.0.0.1", "localhost"]
"""A stranger's web site that points its own name at this machine reads nothing."""
STATIC = {"hom-nay.css": "text/css", "hom-nay.js": "text/javascript", "bieu-tuong.svg": "image/svg+xml"}
HEALTH = "/suc-khoe"


class Lookout(Protocol):
    """Whoever knows how today goes (the station's board)."""

    def today(self) -> Today: ...

    def programme(self, audio_sha256: str) -> Programme | None:
        """By its sound; None where its cue sheet is not kept."""
        ...


def create_app(lookout: Lookout) -> FastAPI:
    """The pages over `lookout`; without FastAPI's own documentation pages, which load scripts from elsewhere."""
    app = FastAPI(title="broadcaster", openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)
    page = Page()

    @app.middleware("http")
    async def secured(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await answer(request)
        response.headers.update(SECURITY_HEADERS)
        return response

    @app.get("/", response_class=HTMLResponse)
    def today_page() -> str:
        return page.render(lookout.today())

    @app.get("/hom-nay.json")
    def today_json() -> dict[str, Any]:
        return as_json(lookout.today())

    @app.get("/bang-ghep/{audio_sha256}", response_class=HTMLResponse)
    def cue_sheet(audio_sha256: str) -> Response:
        programme = lookout.programme(audio_sha256)
        if programme is None:
            words = "Bảng ghép của chương trình này không còn giữ. Trang theo dõi ở địa chỉ: /"
            return PlainTextResponse(words, HTTPStatus.NOT_FOUND)
        return HTMLResponse(page.cue_sheet(programme))

    @app.get(HEALTH)
    def health() -> dict[str, Any]:
        today = lookout.today()
        return {"ok": True, "now": today.now.isoformat(), "on_air": len(today.on_air())}

    for name, kind in STATIC.items():
        app.add_api_route(f"/{name}", _static(name, kind), methods=["GET"])
    _answer_errors(app)
    return app


def _answer_errors(app: FastAPI) -> None:
    """In Vietnamese, as far as a person at a browser can do something about them."""

    @app.exception_handler(BroadcasterError)
    def unreadable(request: Request, error: BroadcasterError) -> Response:
        told = {"ok": False, "message": error.message, "remedy": error.remedy}
        if request.url.path == "/":
            return PlainTextResponse(f"{error.message}\n→ {error.remedy}", HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse(told, HTTPStatus.SERVICE_UNAVAILABLE)

    @app.exception_handler(HTTPStatus.NOT_FOUND)
    def unknown(_: Request, __: Exception) -> Response:
        return PlainTextResponse("Không có trang này. Trang theo dõi ở địa chỉ: /", HTTPStatus.NOT_FOUND)

    @app.exception_handler(Exception)
    def broken(_: Request, __: Exception) -> Response:
        """It is raised on after this answer, and the server's log tells it."""
        words = "Trang theo dõi gặp lỗi; cửa sổ chạy đài cho biết lỗi gì. Đài vẫn phát theo lịch."
        return PlainTextResponse(words, HTTPStatus.INTERNAL_SERVER_ERROR)


def _static(name: str, kind: str) -> Callable[[], Response]:
    content = files("broadcaster.web").joinpath("static", name).read_bytes()

    def answer() -> Response:
        return Response(content, media_type=kind)

    return answer
