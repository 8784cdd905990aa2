"""What spelling knows: which syllables keep company, which stand by themselves, which phrases are known slips.

Read when the first text is checked, not when the reader is imported.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache, cached_property, lru_cache

from broadcaster.text.datafiles import rows, words
from broadcaster.text.spelling_shapes import bare, dropped, is_bare, mistyped, shape, slips

LONGEST_PHRASE = 4
"""Syllables."""

HALF = "~"
"""Marks a neighbour that only begins a longer phrase: `bị thiệt~` hại."""
RARE = 2
"""Pairs of the table that a syllable is in: `thự` is in few but `biệt thự`."""


class Company:
    """The compounds and set phrases of the genre, as pairs of neighbours; all words are shapes."""

    def __init__(self) -> None:
        self.pairs: set[str] = set()
        """All neighbours that are nothing unusual."""
        self.compounds: set[str] = set()
        """Those of them that are whole by themselves: what a slip may have been."""
        self.uses: Counter[str] = Counter()
        self.written: dict[str, str] = {}
        """A syllable as it is to be suggested: kỹ rather than kĩ, hòa rather than hoà."""
        for head, followers in rows("spelling_compounds.tsv"):
            first = self._learn(head)
            for follower in followers.split():
                second = self._learn(follower.rstrip(HALF))
                self.pairs.add(f"{first} {second}")
                if follower.endswith(HALF):
                    continue
                self.compounds.add(f"{first} {second}")
                self.uses[first] += 1
                self.uses[second] += 1
        lists = {name: members.split() for name, members in rows("spelling_lists.tsv")}
        self.free = frozenset(map(self._learn, lists["free"]))
        """Words that stand by themselves beside anything: a slip to one of these proves nothing."""
        self.grammar = frozenset(map(shape, lists["grammar"]))
        """Words that hold sentences together: in a known pair they prove nothing about the other word."""
        self.offices = frozenset(map(shape, lists["offices"]))
        """Words after which a capital begins an office's name, not a person's."""
        self.once = frozenset(map(shape, lists["once"]))
        """Words that nobody says twice running."""
        self.wrong_tones = frozenset(map(shape, words("spelling_tones.txt")))
        """Syllables that only a hỏi in place of a ngã makes, or the other way round."""
        self.leaning = frozenset(map(shape, lists["leans"]))
        """Words that something must follow: at the end of a clause they are slips."""
        self.phrases = frozenset(" ".join(map(shape, phrase.split("_"))) for phrase in lists["phrases"])
        self.slips = {" ".join(map(shape, wrong.split())): right for wrong, right in rows("spelling_slips.tsv")}
        """Phrases of real words that are nearly always slips, and what was meant."""
        self.slip_heads = frozenset(wrong.split()[0] for wrong in self.slips)

    def _learn(self, word: str) -> str:
        form = shape(word)
        self.written[form] = max(word, self.written.get(form, ""), key=lambda same: (same.count("y"), same))
        return form

    def knows(self, first: str, second: str) -> bool:
        """Whether the two stand side by side in correct texts."""
        return f"{first} {second}" in self.pairs

    def joins(self, first: str, second: str) -> bool:
        """Whether the two are a compound or a phrase of their own."""
        return f"{first} {second}" in self.compounds

    @cached_property
    def by_bare(self) -> dict[str, list[str]]:
        """All syllables that look alike once they have lost their marks."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for form in self.written:
            found[bare(form)].append(form)
        return dict(found)

    @cached_property
    def shortened(self) -> dict[str, list[str]]:
        """A syllable with a letter missing, to what it may have been."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for form in self.written:
            for letters in set(dropped(form[:-1])):
                found[letters + form[-1]].append(form)
        return dict(found)

    def near(self, form: str) -> tuple[str, ...]:
        """Syllables of which `form` may be a slip; of the finger only where it is a rare one."""
        others = [*slips(form), *(self.by_bare.get(bare(form), ()) if is_bare(form) else ())]
        if self.uses[form] <= RARE:
            others += [*mistyped(form), *self.shortened.get(form, ())]
        return tuple(dict.fromkeys(other for other in others if other in self.written and other != form))


@cache
def company() -> Company:
    """The one table of the process."""
    return Company()


@lru_cache(maxsize=20_000)
def near(form: str) -> tuple[str, ...]:
    """`Company.near`, remembered."""
    return company().near(form)
