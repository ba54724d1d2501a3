"""Words by rule, as the English UD treebanks EWT and GUM divide them.

The rules are those of the treebanks' raw text: hyphenated compounds are three words ("well - known") but
prefixes stay on ("anti-government", "e-mail"); contractions are multi-word tokens ("do|n't", "John|'s",
"can|not"); abbreviations keep their full stop ("Mr.", "U.S.", "J."); signs are words of their own
("$ 5", "10 %"), dates, times and telephone numbers are one.  What cannot be said as a rule (abbreviations,
contractions without an apostrophe, prefixes, units) stands in the model's table ``tokenizer.tsv``, which
``attribution.train.tables`` learns from the treebanks.

No decision depends on a model, and none looks further than the span it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from attribution.records import Span


class Word(NamedTuple):
    """A syntactic word and where it stands.

    Attributes:
        span: its characters (half-open, into the text given).
        text: those characters.
        token: the characters of the surface token it belongs to: its own, but for the words of a
            multi-word token ("don't" is "do" and "n't"), which have one token together.
    """

    span: Span
    text: str
    token: Span

    @property
    def in_multiword_token(self) -> bool:
        """Whether it shares its surface token with other words."""
        return self.span != self.token


def tokenize(text: str, span: Span) -> list[Word]:
    """The words of a stretch of text, in text order.

    Words are not empty, do not overlap, lie inside ``span`` and together cover all of it but white space
    (zero-width spaces and byte-order marks count as white space).  Time is linear in the span's length.

    Args:
        text: an article's text.
        span: the characters to tokenize; best a paragraph, so that single quotation marks find their pairs.
    """
    words: list[Word] = []
    for piece in _assemble(text[span.start : span.end]):
        token = Span(span.start + piece.start, span.start + piece.end)
        cuts = [token.start, *(token.start + cut for cut in _cuts(piece)), token.end]
        for start, end in pairwise(cuts):
            words.append(Word(Span(start, end), text[start:end], token))
    return words


# ------------------------------------------------------------------------------------ the model's table


@dataclass(frozen=True, slots=True)
class _Table:
    abbreviations: frozenset[str]  # keep their full stop wherever they stand
    end_abbreviations: frozenset[str]  # lose it where a sentence ends
    titles: frozenset[str]  # those abbreviations that stand before a name and never end a sentence
    contractions: Mapping[str, tuple[int, ...]]  # form in lower case: where its words are cut
    prefixes: frozenset[str]  # stay on with their hyphen
    suffixes: frozenset[str]
    units: frozenset[str]  # stand off their number: "5 km"
    whole: frozenset[str]  # one word in spite of an apostrophe, a hyphen or a slash: "w/o"
    starters: frozenset[str]  # words whose capital means that a sentence begins, not a name


@cache
def _table() -> _Table:
    name = "newsroom/tables/tokenizer.tsv"
    lines = resources.files("attribution.models").joinpath(name).read_text(encoding="utf-8").splitlines()
    entries: dict[str, list[str]] = {}
    for line in lines:
        if not line.startswith("#"):
            kind, form = line.split("\t")
            entries.setdefault(kind, []).append(form)
    contractions = {}
    for form in entries["contraction"]:
        words = form.split(" ")
        contractions["".join(words)] = tuple(len("".join(words[:i])) for i in range(1, len(words)))
    return _Table(
        abbreviations=frozenset(entries["abbreviation"] + entries["title"]),
        end_abbreviations=frozenset(entries["end-abbreviation"]),
        contractions=contractions,
        titles=frozenset(entries["title"]),
        prefixes=frozenset(entries["prefix"]),
        suffixes=frozenset(entries["suffix"]),
        units=frozenset(entries["unit"]),
        whole=frozenset(entries["whole"]),
        starters=frozenset(entries["starter"]),
    )


# ------------------------------------------------------------------------------------------- scanning


class _Piece(NamedTuple):
    kind: str
    start: int
    end: int
    text: str


_WORD = r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200c\u200d])+"
_DOMAINS = "com|org|net|gov|edu|mil|int|info|biz"
_COUNTRIES = "tv|co|ac|uk|us|eu|de|fr|au|nz|ca|za|in|dk|mx|es|kr|ie|news"
_FILES = "docx?|xlsx?|pdf|txt|html?|jpe?g|png|gif|mp[34]|exe|zip|url|ppt|csv"

# First match wins.  Repetitions that may fail late are bounded, which keeps scanning linear.
_SCANNER = re.compile(
    rf"""
    (?P<space>    [\s\u200b\ufeff\u2060]+ )
  | (?P<address>  (?:https?://|ftp://|www\.|mailto:|doi:)[^\s<>"“”«»]+ )
  | (?P<email>    [\w.+%\-]{{1,64}}@[\w\-]{{1,63}}(?:\.[\w\-]{{1,63}}){{0,6}} )
  | (?P<site>     (?:[^\W_][\w\-]{{0,62}}\.){{1,6}}(?:(?i:{_DOMAINS}|{_FILES})|{_COUNTRIES})(?![\w@])
                | [a-z]{{2,20}}(?:\.[a-z]{{2,20}}){{2,8}}(?!\w) )
  | (?P<handle>   @(?=[^\W\d])\w+(?:\.\w+)* | \#(?=[^\W\d])\w+ )
  | (?P<acronym>  (?:[^\W\d_]\.){{2,12}}(?!\w) | (?:[^\W\d_]\.){{1,12}}[^\W\d_](?![\w.])
                | (?:[A-Z][a-z]?\.){{2,6}}(?!\w) )
  | (?P<joined>   \+\d+(?:[\-.]\d+)*(?!\w)
                | (?:\d-)?(?:\d{{3}}[\-./])?\d{{3}}[\-.]\d{{4}}(?![\w\-])
                | \d{{1,4}}/\d{{1,2}}/\d{{2,4}}(?![\w/]) | \d{{1,4}}-\d{{1,2}}-\d{{1,4}}(?![\w\-])
                | \d{{5}}-\d{{4}}(?![\w\-]) | (?:9/11|1/[2-9]|2/3|3/4)(?![\w/]) )
  | (?P<decade>   \d*0['’]?s(?!\w) | ['’]\d\d['’]?s(?!\w) | ’\d\d(?!\w) | '\d\d(?!\w|\s+[a-z]) )
  | (?P<ordinal>  \d+(?:,\d{{3}}){{0,9}}(?:st|nd|rd|th)(?!\w) )
  | (?P<number>   \d{{1,3}}(?:,\d{{3}}){{1,9}}(?:\.\d+)?(?!,?\d) | \d+(?:[.:]\d+)* | (?<!\w)\.\d+(?!\w) )
  | (?P<clipped>  ['’‘](?:em|til|tis|twas|n['’]?)(?!\w) | ’(?:cause|cos|bout|round)(?!\w) )
  | (?P<clitic>   ['’](?:s|d|m|ll|re|ve)(?![\w\-]) )
  | (?P<currency> (?:US|U|C|A|HK|NZ|S|AU|CA|R)\$ )
  | (?P<word>     [A-Z]{{1,4}}&[A-Z]{{1,4}}(?!\w) | {_WORD}(?:_+{_WORD})*(?:['’`]{_WORD})* )
  | (?P<smiley>   [:;=]['’]?-?[)(DPp](?!\w) | <3(?!\w) | \^_+\^ )
  | (?P<run>      \.{{2,}} | …+\.? | \.?[!?]{{2,}} | \.[!?] | -{{2,}}>? | <- | -> | << | >> | '' | ‘‘ | ’’ | ``
                | (?P<repeated>[=*_~+\#$/\\—–])(?P=repeated)+ | [=*\-+~|<>]{{4,}} )
  | (?P<emoji>    [\U0001f1e6-\U0001f1ff]{{2}}
                | [\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*
                  (?:\u200d[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*)* )
  | (?P<sign>     . )
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDLIKE = frozenset({"word", "number", "acronym", "decade", "ordinal", "joined"})


def _scan(text: str) -> Iterator[_Piece]:
    at = 0
    while at < len(text):
        match = _SCANNER.match(text, at)
        assert match is not None  # "sign" takes anything
        kind, end = str(match.lastgroup), match.end()
        if kind == "address":
            end = at + len(_without_closing_marks(match.group()))
        if kind != "space":
            yield _Piece(kind, at, end, text[at:end])
        at = end


def _without_closing_marks(address: str) -> str:
    """An address without the punctuation of the sentence around it; a bracket it opened itself stays."""
    end = len(address)
    unmatched = address.count(")") - address.count("(")
    while end > 1 and address[end - 1] in ".,;:!?'’)]}…*":
        if address[end - 1] == ")":
            if unmatched <= 0:
                break
            unmatched -= 1
        end -= 1
    return address[:end]


# ----------------------------------------------------------------------------------------- assembling


def _assemble(text: str) -> list[_Piece]:
    """Pieces put together to surface tokens."""
    pieces = list(_scan(text))
    possessive = _possessive_marks(pieces)
    tokens: list[_Piece] = []
    i = 0
    while i < len(pieces):
        last = _last_of_compound(pieces, i)
        if _touches(pieces, last) and _keeps_full_stop(_join(pieces, i, last), pieces[last + 1 : last + 3]):
            last += 1
        token = _join(pieces, i, last)
        if _touches(pieces, last):
            following = pieces[last + 1]
            clitic = following.kind == "clitic" and token.kind in _WORDLIKE
            if clitic or last + 1 in possessive:
                kind = "with-clitic" if clitic else "possessive"
                token = _Piece(kind, token.start, following.end, token.text + following.text)
                last += 1
        tokens.append(token)
        i = last + 1
    return tokens


def _touches(pieces: Sequence[_Piece], i: int) -> bool:
    """Whether the next piece follows without a space."""
    return i + 1 < len(pieces) and pieces[i + 1].start == pieces[i].end


def _join(pieces: Sequence[_Piece], first: int, last: int) -> _Piece:
    if first == last:
        return pieces[first]
    text = "".join(piece.text for piece in pieces[first : last + 1])
    return _Piece("word", pieces[first].start, pieces[last].end, text)


def _last_of_compound(pieces: Sequence[_Piece], first: int) -> int:
    """Index of the last piece that makes one word with piece ``first`` ("anti-war", "4chan")."""
    table, last = _table(), first
    if pieces[first].kind not in _WORDLIKE:
        return first
    while _touches(pieces, last):
        head, mark = pieces[last], pieces[last + 1]
        if head.kind == "number" and mark.kind == "word":
            if head.text[-1].isdigit() and mark.text.partition("'")[0].lower() in table.units:
                break
            last += 1
            continue
        if mark.text not in ("-", "/") or not _touches(pieces, last + 1) or pieces[last + 2].kind not in _WORDLIKE:
            break
        tail = pieces[last + 2]
        left, right = head.text.lower(), tail.text.lower()
        initials = head.text.isupper() and tail.text.islower() and len(left) > 1  # "UN-backed" is no "un-"
        affixed = mark.text == "-" and not initials and (left in table.prefixes or right in table.suffixes)
        if affixed or left + mark.text + right in table.whole:
            last += 2
            continue
        break
    return last


def _keeps_full_stop(piece: _Piece, after: Sequence[_Piece]) -> bool:
    """Whether a word keeps a full stop that may come right after it.

    Args:
        after: the next piece, which touches it, and the one after that, if there is one.
    """
    stop, beyond = after[0], after[1] if len(after) > 1 else None
    if stop.text != ".":
        return False
    form = piece.text + "."
    table = _table()
    ends_sentence = beyond is None or (beyond.start > stop.end and beyond.text[0].isupper())
    if form in table.abbreviations:
        return True
    if form in table.end_abbreviations:
        return not ends_sentence
    if form == "No.":
        return beyond is not None and beyond.text[0].isdigit()
    if len(piece.text) != 1 or not piece.text.isupper() or piece.text == "I" or beyond is None:
        return False
    before_name = beyond.kind in _WORDLIKE and beyond.text.lower() not in table.starters
    return before_name or beyond.text in ",;:)"


_BEFORE_OPENING = frozenset('([{“"-—–')


def _possessive_marks(pieces: Sequence[_Piece]) -> frozenset[int]:
    """Indices of the apostrophes that make a possessive of a plural ("the workers' union").

    The same character closes a single quotation.  After an s inside an open quotation, an apostrophe is a
    possessive only if another mark later closes the quotation before one opens again.
    """
    found: set[int] = set()
    pending: int | None = None  # an apostrophe after an s that may have closed the open quotation
    is_open = False
    for i, piece in enumerate(pieces):
        if piece.text not in ("'", "’", "‘"):
            continue
        before = pieces[i - 1] if i and _touches(pieces, i - 1) else None
        after_word = before is not None and before.kind in _WORDLIKE
        opens = not after_word and _touches(pieces, i) and (before is None or before.text in _BEFORE_OPENING)
        if opens or piece.text == "‘":
            is_open, pending = True, None
        elif before is not None and before.kind == "word" and before.text[-1] in "sSzx":
            if not is_open:
                found.add(i)
            else:
                if pending is not None:
                    found.add(pending)
                pending = i
        else:
            if pending is not None:
                found.add(pending)
            is_open, pending = False, None
    return frozenset(found)


# ---------------------------------------------------------------------------------------- contractions

_CLITIC = re.compile(r"(?:n['’]t|['’`](?:s|m|d|re|ve|ll))$", re.IGNORECASE)
_LONGEST_CLITIC = 3


def _cuts(piece: _Piece) -> list[int]:
    """Where a surface token divides into words, as offsets from its start."""
    if piece.kind == "possessive":
        return [len(piece.text) - 1]
    if piece.kind == "with-clitic":
        return [max(piece.text.rfind("'"), piece.text.rfind("’"))]
    if piece.kind != "word":
        return []
    form = piece.text.lower().replace("’", "'")
    if len(form) != len(piece.text):  # some capitals are two characters in lower case
        return []
    table = _table()
    if form in table.contractions:
        return list(table.contractions[form])
    if form in table.whole:
        return []
    cuts: list[int] = []
    end = len(form)
    while match := _CLITIC.search(form, max(end - _LONGEST_CLITIC, 1), end):
        end = match.start()
        cuts.append(end)
    return cuts[::-1]


# ------------------------------------------------------------------------------- sentence boundaries

_STOPS = frozenset(".?!…:;")
_OPENING = frozenset("([{“‘«")
_CLOSING = frozenset(")]}”’»\"'")
_NEVER_FIRST = frozenset(".?!…,:;%") | _CLOSING  # without a space before them
_NEVER_LAST = frozenset(",$£€#@&/")


def may_end_sentence(words: Sequence[Word], i: int) -> bool:
    """Whether a sentence could end after ``words[i]``: nearly every real end, many places that are none.

    A word could be the last before a stop, a closing mark, a dash or another sign; before white space wider
    than one character (a line break with indentation, a column); and before a capital, for text that does
    without stops.  It cannot be where its token or its punctuation goes on, or after a title ("Mr.").
    """
    if i + 1 >= len(words):
        return True
    word, following = words[i], words[i + 1]
    gap = following.span.start - word.span.end
    last, first = word.text[-1], following.text[0]
    if following.token == word.token or (gap == 0 and first in _NEVER_FIRST):
        return False
    if last in _NEVER_LAST or last in _OPENING or word.text in _table().titles:
        return False
    return gap > 1 or not last.isalnum() or first.isupper()


def split_by_rule(text: str, words: Sequence[Word]) -> list[range]:
    """Sentences without a model, as ranges of word indices that follow each other and leave no word out.

    A sentence ends after a stop and the marks that close with it, if what follows begins like a sentence;
    after an abbreviation or an initial only before a word that is no name; and at a blank line.
    """
    sentences: list[range] = []
    start = 0
    for i in range(len(words)):
        if i + 1 == len(words) or _ends_by_rule(text, words, i):
            sentences.append(range(start, i + 1))
            start = i + 1
    return sentences


def _ends_by_rule(text: str, words: Sequence[Word], i: int) -> bool:
    gap = text[words[i].span.end : words[i + 1].span.start]
    if gap.count("\n") > 1:
        return True
    if not gap or not may_end_sentence(words, i):
        return False
    stop = i
    while stop > 0 and words[stop].text in _CLOSING and words[stop - 1].span.end == words[stop].span.start:
        stop -= 1
    mark, following = words[stop].text, words[i + 1].text
    if mark[-1] not in ".?!…":
        return False
    if mark[-1] == "…" or mark.endswith(".."):
        return following[0].isupper()
    if mark[-1] == "." and mark[0].isalnum():
        return following[0].isupper() and following.lower() in _table().starters
    return following[0].isupper() or not following[0].isalpha()
