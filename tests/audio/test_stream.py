from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import trustme

from broadcaster.audio.encode import write_clip
from broadcaster.audio.stream import stream, stream_url
from broadcaster.errors import AudioFault

from .conftest import speech_like


@pytest.mark.parametrize("ending", [".wav", ".flac", ".mp3"])
def test_a_file_streams_every_frame_in_blocks(tmp_path: Path, ending: str) -> None:
    clip = speech_like(3.0)
    path = tmp_path / f"chuong-trinh{ending}"
    write_clip(clip, path)
    with stream(path, sample_rate=44_100, block_frames=4096) as sound:
        blocks = list(sound)
    assert {len(block) for block in blocks[:-1]} == {4096}
    assert sum(map(len, blocks)) == clip.frames
    assert all(block.dtype == np.int16 for block in blocks)
    if ending != ".mp3":
        heard = np.concatenate(blocks) / 32768
        assert np.abs(heard - clip.samples).max() <= 1 / 32768


def test_another_rate_keeps_the_length(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_clip(speech_like(2.0, sample_rate=22_050), path)
    with stream(path, sample_rate=48_000, block_frames=1000) as sound:
        assert sum(map(len, sound)) == pytest.approx(96_000, abs=2)


def test_a_missing_file_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(AudioFault, match=r"khong-co\.mp3"):
        stream(tmp_path / "khong-co.mp3", sample_rate=44_100, block_frames=4096)


def test_a_text_with_a_sound_files_name_breaks_off_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "gia.mp3"
    path.write_text("không phải tiếng " * 500, encoding="utf-8")
    with stream(path, sample_rate=44_100, block_frames=4096) as sound, pytest.raises(AudioFault, match=r"gia\.mp3"):
        list(sound)


def test_closing_early_ends_the_decoder(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_clip(speech_like(20.0), path)
    sound = stream(path, sample_rate=44_100, block_frames=4096)
    next(sound)
    sound.close()
    sound.close()
    assert list(sound) == []
    sound.__exit__(None, None, None)


class _Source(BaseHTTPRequestHandler):
    """Sends /good.wav whole; of /stalls.wav the first part, then nothing until the test is over."""

    data = b""
    over = threading.Event()

    def do_GET(self) -> None:
        if self.path not in ("/good.wav", "/stalls.wav"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "audio/wav")
        self.end_headers()
        if self.path == "/good.wav":
            self.wfile.write(self.data)
        else:
            self.wfile.write(self.data[: len(self.data) // 2])
            self.over.wait()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@contextmanager
def source(data: bytes, *, certificate: trustme.LeafCert | None = None) -> Iterator[str]:
    _Source.data = data
    _Source.over.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Source)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        _Source.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def wav(tmp_path: Path) -> bytes:
    write_clip(speech_like(8.0), tmp_path / "nguon.wav")
    return (tmp_path / "nguon.wav").read_bytes()


def test_a_relay_source_is_heard_to_its_end(wav: bytes) -> None:
    with source(wav) as url, stream_url(f"{url}/good.wav", sample_rate=44_100, block_frames=4410) as sound:
        assert sum(map(len, sound)) == 8 * 44_100


def test_a_source_that_is_not_there_is_named(wav: bytes) -> None:
    with source(wav) as url:
        address = f"{url}/khong-co"
        with (
            stream_url(address, sample_rate=44_100, block_frames=4410) as sound,
            pytest.raises(AudioFault, match="khong-co"),
        ):
            list(sound)


def test_a_source_that_falls_silent_ends_with_a_fault_after_what_it_sent(wav: bytes) -> None:
    heard = 0
    with source(wav) as url:
        address, limit = f"{url}/stalls.wav", timedelta(seconds=1)
        sound = stream_url(address, sample_rate=44_100, block_frames=4410, silence_limit=limit)
        with sound, pytest.raises(AudioFault):
            for block in sound:
                heard += len(block)
    assert heard > 3 * 44_100


def test_nobody_answering_ends_with_a_fault() -> None:
    with stream_url("http://127.0.0.1:9/x", sample_rate=44_100, block_frames=4410) as sound, pytest.raises(AudioFault):
        list(sound)


def test_a_certificate_that_nobody_vouches_for_is_refused(wav: bytes) -> None:
    certificate = trustme.CA().issue_cert("127.0.0.1")
    with source(wav, certificate=certificate) as url:
        sound = stream_url(f"{url}/good.wav", sample_rate=44_100, block_frames=4410)
        with sound, pytest.raises(AudioFault):
            list(sound)


def test_a_certificate_of_a_trusted_authority_is_accepted(
    wav: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with source(wav, certificate=authority.issue_cert("127.0.0.1")) as url:
        sound = stream_url(f"{url}/good.wav", sample_rate=44_100, block_frames=4410)
        with sound:
            assert sum(map(len, sound)) == 8 * 44_100


@pytest.mark.parametrize("url", ["file:///etc/passwd", "/etc/passwd", "concat:a|b", "rtmp://may/luong"])
def test_only_web_addresses_are_relayed(url: str) -> None:
    with pytest.raises(AudioFault, match="http"):
        stream_url(url, sample_rate=44_100, block_frames=4410)


def test_a_playlist_cannot_make_us_read_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "bi-mat.wav"
    write_clip(speech_like(2.0), secret)
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://{secret}\n#EXT-X-ENDLIST\n".encode()
    with source(playlist) as url:
        sound = stream_url(f"{url}/good.wav", sample_rate=44_100, block_frames=4410)
        with sound, pytest.raises(AudioFault):
            list(sound)
