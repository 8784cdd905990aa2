"""What an engine is given to say: clean words, never empty, and how many syllables their sound must hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Phrase

LONGEST_PHRASE = 20_000
"""Characters; about half an hour in one breath, more is a file without punctuation."""
MOST_IN_ONE_GO = 6_000
"""Syllables; about 38 minutes with their pauses, 200 MB of sound that is held twice while it is joined and levelled."""
LONGEST_RUN = 40
"""Letters without a space; espeak-ng drops most of longer ones (5,000 letters gave 70 s of sound instead of 470)."""
_GAPS = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_ORDINARY_WORD = 12
"""Letters; longer ones an engine may spell."""
_MUTE_END = re.compile("[b-df-hj-np-tv-xz]e$", re.IGNORECASE)
_WORDS_HELD = 4096
"""Vietnamese has about 7,000 syllables, and a text some hundreds of them."""


def cleaned(text: str) -> str:
    """One NFC line; control characters (a NUL ends the text for espeak-ng) become spaces, invisible ones vanish."""
    if not text.isprintable():
        categories = ((char, unicodedata.category(char)) for char in text)
        text = "".join(" " if category in _GAPS else char for char, category in categories if category != "Cf")
    return " ".join(unicodedata.normalize("NFC", text).split())


def bare(text: str) -> str:
    """Without the punctuation that ends it: each engine adds what its own intonation needs."""
    return text.rstrip(" .,;:!?…")


def phrases_to_say(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The phrases, cleaned, with endless words broken up. Raises `SpeechFault` where one has nothing to say."""
    if not phrases:
        raise SpeechFault(
            "Không có lời nào để đọc.", remedy="Bài còn trống, hoặc chỉ có ký hiệu: viết thêm lời rồi đọc lại."
        )
    return tuple(replace(phrase, text=_to_say(phrase.text)) for phrase in phrases)


def phrases_in_one_go(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """As `phrases_to_say`, for a sound that is held in memory whole: refuses more than half an hour of it."""
    said = phrases_to_say(phrases)
    syllables = sum(least_syllables(phrase.text) for phrase in said)
    if syllables > MOST_IN_ONE_GO:
        hours = f"{syllables / 3.1 / 3600:.1f}".replace(".", ",")
        raise SpeechFault(
            f"Bài dài {syllables} tiếng, đọc khoảng {hours} giờ; một lần đọc tối đa nửa giờ.",
            remedy="Chia bài thành loạt bài: broadcaster import TỆP --series, hoặc tách thành nhiều bài.",
        )
    return said


def _to_say(text: str) -> str:
    clean = cleaned(text)
    if not any(char.isalnum() for char in clean):
        raise SpeechFault(
            f"Đoạn {clean[:40]!r} không có chữ hay số nào để đọc.",
            remedy="Xóa đoạn này hoặc viết thành lời, rồi đọc lại.",
        )
    if len(clean) > LONGEST_PHRASE:
        raise SpeechFault(
            f"Đoạn bắt đầu bằng {clean[:40]!r} dài {len(clean)} ký tự mà không có dấu ngắt câu.",
            remedy="Thêm dấu chấm, dấu phẩy để ngắt đoạn này thành câu, rồi đọc lại.",
        )
    return re.sub(rf"\S{{{LONGEST_RUN}}}(?=\S)", r"\g<0> ", clean)


def least_syllables(text: str) -> int:
    """Syllables that are heard at the very least: a vowel group each, one for any other word or number.

    The last "e" of a foreign word is mute: image, website.
    """
    return sum(max(1, _vowel_groups(word) - bool(_MUTE_END.search(word))) for word in _words(text))


def fewest_words(text: str) -> int:
    """Words and numbers, each a syllable or more; a Vietnamese one is just that."""
    return len(_words(text))


def most_syllables(text: str) -> int:
    """Syllables that may be heard at most: what is no plain word may be spelled, or an emoji called by its name."""
    total = 0
    for word in _words(text):
        plain = word.isalpha() and len(word) <= _ORDINARY_WORD and _vowel_groups(word)
        total += _vowel_groups(word) if plain else 4 * len(word)
    return total + sum(12 for char in text if unicodedata.category(char) in {"So", "Sk", "Sm", "Sc"})


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", cleaned(text))


@lru_cache(maxsize=_WORDS_HELD)
def _vowel_groups(word: str) -> int:
    letters = unicodedata.normalize("NFD", word.casefold())
    return len(re.findall("[aeiouy]+", "".join(char for char in letters if not unicodedata.combining(char))))
