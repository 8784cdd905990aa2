"""The station's one database: opened safely, written in whole transactions, its failures told in words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlite_utils

from broadcaster.errors import BroadcasterError, DiskFull, EvidenceBroken, RecordsDamaged, WorkspaceFault
from broadcaster.storage.migrations import MIGRATIONS, TABLE, Migration, applied, apply

BUSY_TIMEOUT_S = 10.0
"""How long a writer waits for another process (`log`, `report`) to let go."""


class Database:
    """One connection, shared by all threads of a process under a lock; WAL lets other processes read meanwhile.

    A commit is on the disk when `atomic` ends (synchronous=FULL): what was acknowledged survives a pulled plug.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self.tables = sqlite_utils.Database(connection, execute_plugins=False)
        self._lock = threading.RLock()
        self._depth = 0

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All writes inside, or none. Inside another `atomic` it is a part of that one, which alone commits."""
        with self._lock, explained(self.path):
            name = f"part_{self._depth}"
            begin, end, undo = (
                (f"SAVEPOINT {name}", f"RELEASE {name}", f"ROLLBACK TO {name}")
                if self._depth
                else ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
            )
            self._run(begin)
            self._depth += 1
            try:
                yield
                self._run(end)
            except BaseException:
                # a full disk makes SQLite roll back by itself: then there is nothing left to undo
                if self.tables.conn.in_transaction:
                    self._run(undo)
                raise
            finally:
                self._depth -= 1

    def read(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        """All rows of a query, by column."""
        with self._lock, explained(self.path):
            return list(self.tables.query(sql, parameters))

    def write(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> int:
        """One statement, committed unless inside `atomic`; gives the number of rows it touched."""
        with self._lock, explained(self.path):
            if self._depth:
                # SQLite undoes a statement that fails by itself
                return int(self.tables.execute(sql, parameters).rowcount)
            with self.atomic():
                return int(self.tables.execute(sql, parameters).rowcount)

    def insert(self, table: str, values: Mapping[str, Any], *, replace: bool = False) -> None:
        """One row. Not through `Table.insert`: sqlite-utils 3.38 commits there, in the middle of an `atomic`."""
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(f":{name}" for name in values)
        verb = "INSERT OR REPLACE" if replace else "INSERT"
        self.write(f'{verb} INTO "{table}" ({names}) VALUES ({marks})', values)

    def close(self) -> None:
        with self._lock:
            self.tables.conn.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, sql: str) -> None:
        self.tables.conn.execute(sql)


def open_database(path: Path, *, migrations: Sequence[Migration] = MIGRATIONS) -> Database:
    """The database at `path`, made where there is none, brought up to date where it is older.

    Raises `WorkspaceFault` for what is no database of this program, or one of a newer version of it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unopenable(path) from error
    with explained(path):
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        database = Database(connection, path)
        _check_ours(database, known=migrations)
        with explained(path):
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
        for migration in migrations:
            with database.atomic():
                apply(database.tables, migration)
    except BaseException:
        connection.close()
        raise
    return database


def open_to_read(path: Path, *, migrations: Sequence[Migration] = MIGRATIONS) -> Database:
    """The database at `path` without a change to its folder, which may be write-protected; empty where there is none.

    Raises `WorkspaceFault` for one that another version of this program shaped, older or newer, `RecordsDamaged` for
    what is no database of this program.
    """
    if not path.exists() or not path.stat().st_size:
        return open_database(Path(":memory:"), migrations=migrations)
    database = Database(_connected_to_read(path), path)
    try:
        _check_ours(database, known=migrations)
        with explained(path):
            behind = {migration.number for migration in migrations} - applied(database.tables)
        if behind:
            raise WorkspaceFault(
                f"{path} do một phiên bản cũ hơn của chương trình ghi (thiếu bước {min(behind)}).",
                remedy="Cập nhật tệp này bằng cách chạy: broadcaster check",
            )
    except BaseException:
        database.close()
        raise
    return database


def _connected_to_read(path: Path) -> sqlite3.Connection:
    """By SQLite's read-only mode while a write-ahead log lies beside the database, else as a file that nobody writes.

    That mode makes the log's files where they are missing, leaves them behind, and fails where it may not make them
    (SQLite 3.40); `immutable` needs none, but reads past a log that holds rows.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        try:
            return _connected(path, "mode=ro")
        except sqlite3.OperationalError as error:
            if log.stat().st_size:
                raise WorkspaceFault(
                    f"{path}: lần chạy trước dừng đột ngột, còn dữ liệu nằm trong {log.name} mà nơi này không cho ghi.",
                    remedy="Chép cả thư mục của đài sang nơi ghi được rồi chạy lại lệnh ở đó.",
                ) from error
    with explained(path):
        return _connected(path, "immutable=1")


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    """Read once, since SQLite opens a file no sooner."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA schema_version")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_ours(database: Database, *, known: Sequence[Migration]) -> None:
    """Looks before the first change: a stranger's file stays as it was."""
    names = {row["name"] for row in database.read("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if names and TABLE not in names:
        raise RecordsDamaged(
            f"{database.path} là cơ sở dữ liệu của một chương trình khác.",
            remedy="Dời tệp này đi chỗ khác rồi chạy lại; chương trình sẽ tạo tệp mới.",
        )
    with explained(database.path):
        newer = applied(database.tables) - {migration.number for migration in known}
    if newer:
        raise WorkspaceFault(
            f"{database.path} do một phiên bản mới hơn của chương trình ghi (bước {max(newer)}).",
            remedy="Nâng cấp chương trình: pip install --upgrade broadcaster",
        )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's errors as errors that a person can do something about."""
    try:
        yield
    except sqlite3.Error as error:
        told = _told(error, path)
        if told is None:
            raise
        raise told from error


def _told(error: sqlite3.Error, path: Path) -> BroadcasterError | None:
    code = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    if code in ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM"):
        return _unopenable(path)
    if code == "SQLITE_CONSTRAINT":
        remedy = "Hồ sơ chỉ được ghi thêm. Gửi thông báo này cho người phát triển chương trình."
        return EvidenceBroken(f"Cơ sở dữ liệu từ chối một lần ghi: {error}.", remedy=remedy)
    if code not in _TOLD and _altered_from_outside(error):
        code = "SQLITE_CORRUPT"
    if code not in _TOLD:
        return None
    kind, message, remedy = _TOLD[code]
    return kind(f"{path}: {message}", remedy=remedy)


def _altered_from_outside(error: sqlite3.Error) -> bool:
    """SQLite has no code for a table or column that somebody dropped, nor Python for bytes that are no UTF-8."""
    return str(error).startswith(("no such table", "no such column", "Could not decode to UTF-8"))


def _unopenable(path: Path) -> WorkspaceFault:
    remedy = "Kiểm tra thư mục có tồn tại và tài khoản đang dùng có quyền ghi vào đó."
    return WorkspaceFault(f"Không mở được hoặc không ghi được {path}.", remedy=remedy)


_DAMAGED = (
    RecordsDamaged,
    "tệp không phải cơ sở dữ liệu, hoặc đã hỏng.",
    "Dời tệp này đi chỗ khác và chép lại bản lưu gần nhất; không có bản lưu thì giữ tệp cũ để cứu dữ liệu.",
)
_HELD = (
    BroadcasterError,
    "tệp đang bị chương trình khác giữ.",
    "Đóng chương trình đang mở tệp này (kể cả phần mềm xem SQLite) rồi chạy lại.",
)
_TOLD: Mapping[str, tuple[type[BroadcasterError], str, str]] = {
    "SQLITE_FULL": (
        DiskFull,
        "hết chỗ trên đĩa, không ghi được.",
        "Xóa bớt tệp không cần trên ổ đĩa rồi chạy lại; những gì đã ghi vẫn còn nguyên.",
    ),
    "SQLITE_BUSY": _HELD,
    "SQLITE_LOCKED": _HELD,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_IOERR": (
        BroadcasterError,
        "ổ đĩa báo lỗi khi đọc ghi tệp.",
        "Kiểm tra ổ đĩa và dây nối, chép dữ liệu sang ổ khác nếu lỗi lặp lại.",
    ),
}
"""SQLite's result codes, without their extensions."""
