from __future__ import annotations

from broadcaster.programme.contents import contents_text


def test_the_items_are_counted_out_in_order() -> None:
    assert contents_text(["Lịch tiêm chủng tháng mười", "Phòng sốt xuất huyết", "Họp chợ phiên"]) == (
        "Chương trình hôm nay gồm các nội dung: Thứ nhất, Lịch tiêm chủng tháng mười. "
        "Thứ hai, Phòng sốt xuất huyết. Thứ ba, Họp chợ phiên."
    )


def test_the_fourth_is_thu_tu_and_not_thu_bon() -> None:
    assert "Thứ tư, D." in contents_text(["A", "B", "C", "D"])


def test_after_the_tenth_the_number_is_left_to_the_reader() -> None:
    assert "Thứ mười, J. Thứ 11, K." in contents_text(list("ABCDEFGHIJK"))


def test_a_single_item_is_not_counted() -> None:
    assert contents_text(["Họp chợ phiên"]) == "Chương trình hôm nay có nội dung: Họp chợ phiên."


def test_a_title_keeps_its_question_mark_and_loses_other_ends() -> None:
    said = contents_text(["Chuyển đổi số là gì?", "Tin vắn…", "  Thông báo\n số 3 ;"])
    assert said.endswith("Thứ nhất, Chuyển đổi số là gì? Thứ hai, Tin vắn. Thứ ba, Thông báo số 3.")


def test_nothing_to_say_is_an_empty_text() -> None:
    assert contents_text([]) == ""
    assert contents_text(["", " … "]) == ""
