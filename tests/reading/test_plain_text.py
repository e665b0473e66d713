from __future__ import annotations

import pytest

from sincerely.reading.plain_text import decode


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("José Müller, résumé — naïve €", "utf-8"),
        ("Jo Murphy\nLine Cook", "utf-8-sig"),
        ("Jo Murphy\nLine Cook", "utf-16"),
        ("José Müller, chef de cuisine à Orléans, “né” en 1990", "cp1252"),
        ("Резюме. Опыт работы: повар в ресторане. Образование: училище", "cp1251"),
        ("Резюме. Опыт работы: повар в ресторане. Образование: училище", "koi8_r"),
        ("履歴書 山田太郎 東京都 職務経歴 レストランでの調理", "shift_jis"),
        ("个人简历 王小明 工作经历 厨师 北京 教育背景 大学", "gb18030"),
        ("이력서 김민수 경력 사항 요리사 서울 학력 대학교", "euc_kr"),
    ],
)
def test_text_is_read_in_the_charset_it_was_saved_in(text: str, charset: str) -> None:
    assert decode(text.encode(charset)) == text


def test_bytes_that_fit_nowhere_still_give_text() -> None:
    assert decode(b"Jo \x81\x8d\x8f Murphy").startswith("Jo ")
