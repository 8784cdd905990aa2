"""Characters a CPU second that the reader manages, and what importing it costs.

    python benchmarks/read_speed.py

Goals: at least 100,000 characters a CPU second, at most 0.1 s of CPU to import.
"""

from __future__ import annotations

import subprocess
import sys
import time

NEWS = (
    "Sáng 10/10/2026, Ủy ban nhân dân xã tổ chức lễ hưởng ứng Ngày Chuyển đổi số quốc gia với sự tham gia của đông đảo "
    "cán bộ, công chức, giáo viên, học sinh và bà con các thôn trên địa bàn. Tại buổi lễ, lãnh đạo xã nhấn mạnh rằng "
    "chuyển đổi số là việc của toàn dân, mỗi gia đình cần có ít nhất một người biết dùng dịch vụ công trực tuyến.\n\n"
)
LETTER = (
    "Căn cứ Nghị định số 49/2024/NĐ-CP ngày 10/5/2024; Công văn số 1273/BTTTT-TTCS; UBND xã yêu cầu các thôn hoàn "
    "thành trước 17h00 ngày 25/12/2026, báo cáo 100% kết quả về VP HĐND-UBND, ĐT: 0237.3852.123, kinh phí "
    "12.500.000 đồng (2/3 số hộ).\n\n"
)
IMPORT = "import time; before = time.process_time(); import {}; print(time.process_time() - before)"
CHARACTERS = 400_000


def imported_s(module: str) -> float:
    """CPU seconds that importing takes in a fresh interpreter; the best of three."""
    command = [sys.executable, "-c", IMPORT.format(module)]
    return min(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(3))


def characters_per_s(paragraph: str) -> float:
    from broadcaster.text.reader import read

    text = paragraph * (CHARACTERS // len(paragraph))
    before = time.process_time()
    read(text)
    return len(text) / (time.process_time() - before)


def main() -> None:
    print(f"import broadcaster.model        {imported_s('broadcaster.model'):8.3f} s CPU")
    print(f"import broadcaster.text.reader  {imported_s('broadcaster.text.reader'):8.3f} s CPU")
    print(f"news items                      {characters_per_s(NEWS):8,.0f} characters a CPU second")
    print(f"official letters                {characters_per_s(LETTER):8,.0f} characters a CPU second")


if __name__ == "__main__":
    main()
