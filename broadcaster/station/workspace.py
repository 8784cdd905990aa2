"""A station's folder: where everything lies, how a new one comes to be, and who may run it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from broadcaster.errors import BroadcasterError, Fault, WorkspaceFault

SAMPLE_TABLES = ("lexicon.tsv", "cach-doc.tsv")
EDITOR_SCHEMA = "schedule.schema.json"
"""For the editor's completion: the first line of schedule.yaml names it."""
STALE_S = 3600
"""No rendering takes so long: what is older than the newest programme by this was left by one that was killed."""
SAMPLE_PARTS = ("schedule.yaml", "scripts_content", EDITOR_SCHEMA, *SAMPLE_TABLES)


@dataclass(frozen=True, slots=True)
class Workspace:
    """The paths of one station's folder."""

    folder: Path

    @property
    def schedule_file(self) -> Path:
        return self.folder / "schedule.yaml"

    @property
    def scripts(self) -> Path:
        return self.folder / "scripts_content"

    @property
    def jingles(self) -> Path:
        return self.scripts / "nhac"

    @property
    def audio(self) -> Path:
        return self.folder / "audio_out"

    @property
    def programmes(self) -> Path:
        return self.audio / "chuong-trinh"

    @property
    def reports(self) -> Path:
        return self.audio / "bao-cao"

    @property
    def data(self) -> Path:
        return self.folder / "du-lieu"

    @property
    def database(self) -> Path:
        return self.data / "dai.sqlite3"

    @property
    def start_marks(self) -> Path:
        return self.data / "dang-phat.dau"

    @property
    def clips(self) -> Path:
        return self.data / "tieng-noi"

    @property
    def voices(self) -> Path:
        """Voice models that were added."""
        return self.data / "giong"

    @property
    def reels(self) -> Path:
        return self.data / "doan-ghep"

    @property
    def checkpoints(self) -> Path:
        return self.data / "moc.jsonl"

    @property
    def last_schedule(self) -> Path:
        """What schedule.yaml said when it was last in force."""
        return self.data / "lich-dang-chay.yaml"

    def relative(self, path: Path) -> str:
        """As records name a file: from the workspace, with forward slashes."""
        return path.relative_to(self.folder).as_posix()


def existing(folder: Path) -> Workspace:
    """The workspace in `folder`, which must have been made before. Raises `WorkspaceFault`."""
    workspace = Workspace(folder)
    if not workspace.schedule_file.is_file():
        raise WorkspaceFault(
            f"Thư mục {folder} chưa phải là một đài: không có tệp schedule.yaml.",
            remedy="Tạo đài mới: broadcaster init, hoặc chỉ đúng thư mục: broadcaster --workspace THƯ_MỤC …",
            faults=(Fault(message="không có tệp này", file=str(workspace.schedule_file)),),
        )
    return workspace


def create(folder: Path, *, schedule: str | None = None, scripts: tuple[str, ...] | None = None) -> Workspace:
    """A new workspace: the sample schedule (or `schedule`), the sample scripts (or those named), chimes and folders.

    Nothing that stands in `folder` is overwritten. Raises `WorkspaceFault` where there is a workspace already.
    """
    workspace = Workspace(folder)
    taken = [part for part in SAMPLE_PARTS if (folder / part).exists()]
    if taken:
        raise WorkspaceFault(
            f"Trong {folder} đã có {' và '.join(taken)}; không ghi đè.",
            remedy="Chọn một thư mục khác: broadcaster init THƯ_MỤC_MỚI",
        )
    sample = sample_folder()
    folder.mkdir(parents=True, exist_ok=True)
    # made aside and moved in whole, schedule.yaml last: an interrupted `init` leaves no half workspace
    with TemporaryDirectory(dir=folder, prefix=".dang-tao-") as aside:
        fresh = Workspace(Path(aside))
        _copy_scripts(sample / "scripts_content", fresh.scripts, only=scripts)
        text = schedule if schedule is not None else (sample / "schedule.yaml").read_text(encoding="utf-8")
        fresh.schedule_file.write_text(text, encoding="utf-8", newline="\n")
        for path in (workspace.programmes, workspace.audio / "da-phat", workspace.reports, workspace.data):
            path.mkdir(parents=True, exist_ok=True)
        for name in (EDITOR_SCHEMA, *SAMPLE_TABLES):
            shutil.copyfile(sample / name, folder / name)
        fresh.scripts.rename(workspace.scripts)
        fresh.schedule_file.rename(workspace.schedule_file)
    return workspace


def _copy_scripts(source: Path, target: Path, *, only: tuple[str, ...] | None) -> None:
    for file in sorted(source.rglob("*")):
        name = file.relative_to(source)
        if file.is_file() and (only is None or name.parts[0] == "nhac" or name.as_posix() in only):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / name)


def sample_folder() -> Path:
    """The sample workspace: the checkout that the package lies in, else what the wheel put beside the interpreter."""
    candidates = (Path(__file__).resolve().parents[2], Path(sys.prefix) / "share" / "broadcaster")
    for folder in candidates:
        if all((folder / part).exists() for part in SAMPLE_PARTS):
            return folder
    raise WorkspaceFault(
        "Không tìm thấy dữ liệu mẫu đi kèm chương trình.",
        remedy="Cài lại chương trình: pip install --force-reinstall .",
    )


def sweep(folder: Path) -> None:
    """Take away what a killed rendering left half-written; a fresh draft may be `broadcaster render`, still at work."""
    newest = max((file.stat().st_mtime for file in folder.rglob("*") if file.is_file()), default=0.0)
    for draft in folder.rglob(".*.part.*"):
        if newest - draft.stat().st_mtime > STALE_S:
            draft.unlink(missing_ok=True)


@contextmanager
def only_runner(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace for one running station; the lock goes with the process, however it ends."""
    from filelock import FileLock, Timeout

    try:
        workspace.data.mkdir(parents=True, exist_ok=True)
        (workspace.data / "dang-chay.lock").touch()
    except OSError as error:
        raise WorkspaceFault(
            f"Không ghi được vào thư mục đài {workspace.folder}: {error.strerror}.",
            remedy="Cấp quyền ghi cho thư mục này, hoặc chép đài sang một ổ đĩa ghi được.",
        ) from error
    lock = FileLock(workspace.data / "dang-chay.lock", timeout=0)
    try:
        with lock:
            sweep(workspace.programmes)
            yield
    except Timeout as error:
        raise BroadcasterError(
            f"Đài trong {workspace.folder} đang chạy ở một cửa sổ khác.",
            remedy="Chỉ chạy một lần 'broadcaster run' cho mỗi đài. Dừng cửa sổ kia bằng Ctrl+C rồi chạy lại.",
        ) from error
