"""The values that flow through the program, from an article's text to its sourcing-quality table.

Every type here is frozen, slotted and picklable, and knows nothing but the standard library.  Stages are
plain functions from some of these values to others; nothing is changed in place.

Coordinates.  All spans are half-open ranges of characters (Unicode code points) into ``Article.text``.
There is no other coordinate system.  Token and sentence indices are zero-based within one ``Parse``.

The vocabulary (source, cue, content) is that of PARC 3.0 and PolNeAR.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from attribution.plot import Plots


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of ``Article.text``."""

    start: int
    end: int


Spans = tuple[Span, ...]
"""One discontinuous stretch of text, in text order; ``()`` where there is none."""


# ------------------------------------------------------------------------------------------- article


class BlockKind(StrEnum):
    """What part of a story a stretch of its text is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"  # the summary line under a headline
    BYLINE = "byline"
    DATELINE = "dateline"  # "BAMAKO, Nov 3 (AFP) -", up to where the sentence begins
    HEADING = "heading"  # a cross-head inside the story
    PARAGRAPH = "paragraph"
    QUOTE = "quote"  # a block quotation
    LIST_ITEM = "list-item"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article with one function.  Blocks are in text order and do not overlap."""

    kind: BlockKind
    span: Span

    @property
    def is_prose(self) -> bool:
        """Whether it is part of the story: bylines, credits and datelines report nothing and are not parsed."""
        return self.kind not in {BlockKind.BYLINE, BlockKind.DATELINE}


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment to this program in an article (``<!-- attribution: … -->``), which is never read as prose.

    Attributes:
        span: its characters; empty, at the words it stands at, where ``Article.text`` holds no comments (a web
            page); None where it stands at nothing that is part of the article.
        text: what follows "attribution:".
        closed: False where its end is missing.
    """

    span: Span | None
    text: str
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Ignore:
    """An entry of a file of decisions: findings that somebody accepts.

    Attributes:
        entry: how the file's entry is called in messages ("ignore 2").
        codes: of the rules; prefixes and ``ALL`` too.
        reason: None where it gives none.
        words: the passage concerned; None for the whole article.
    """

    entry: str
    codes: tuple[str, ...]
    reason: str | None
    words: str | None = None


class CorrectionKind(StrEnum):
    """What a correction says."""

    SAME_SOURCE = "same-source"  # these mentions are one source
    DIFFERENT_SOURCES = "different-sources"  # the second mention is not the first
    GRADE = "grade"  # this source's type or level is another
    NO_ATTRIBUTION = "no-attribution"  # nothing is attributed here


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of a file of decisions: what the program gets wrong about one article.

    Attributes:
        entry: how the file's entry is called in messages ("grade 1").
        words: the mentions or the passage concerned, as the text prints them.
        type, level: of the source, for a grade; None leaves it.
        reason: None where it gives none.
    """

    entry: str
    kind: CorrectionKind
    words: tuple[str, ...]
    type: str | None = None
    level: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of one correction.

    Attributes:
        stale: why it changed nothing, as the end of a sentence; None where it did.
        place: where its words stand, None if they do not.
    """

    correction: Correction
    stale: str | None = None
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people have decided about one article, outside its text (``story.attribution.toml``).

    Attributes:
        path: of the file.
        ignores: findings that are accepted.
        corrections: what the program is told to see differently.
        faults: what could not be understood in the file, and is not obeyed.
    """

    path: str
    ignores: tuple[Ignore, ...] = ()
    corrections: tuple[Correction, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """A story as read.

    Attributes:
        text: the exact text all offsets refer to.  For plain text, the decoded file without a byte-order
            mark, otherwise unchanged; for HTML and Word documents, the extracted text.
        blocks: headline, byline, dateline, paragraphs …; every sentence lies inside one block.
        path: where it came from, ``"-"`` for standard input, ``None`` for text given in Python.
        title: the headline's words, or ``None``.
        language: ISO 639-1 code.
        warnings: what a reader should know about how it was loaded.
        reading: what a parser should read instead of ``text``: the same text, character for character as
            long, with Markdown's markup blanked out; None where ``text`` itself is to be read.
        comments: what the writer says to this program, in text order.
        decisions: what people have decided about it in a file of their own, or None.
        extracted: ``text`` was taken out of a web page or a Word document, so that its lines are not those of the file.
    """

    text: str
    blocks: tuple[Block, ...]
    path: str | None = None
    title: str | None = None
    language: str = "en"
    warnings: tuple[str, ...] = ()
    reading: str | None = None
    comments: tuple[Comment, ...] = ()
    decisions: Decisions | None = None
    extracted: bool = False

    @property
    def prose(self) -> str:
        """The text without Markdown's markup, character for character as long as ``text``."""
        return self.text if self.reading is None else self.reading

    def __repr__(self) -> str:
        return f"<Article {self.title or self.text[:40]!r}: {len(self.text.split())} words>"


# --------------------------------------------------------------------------------------------- parse


@dataclass(frozen=True, slots=True)
class Token:
    """A syntactic word (Universal Dependencies v2).

    Attributes:
        index: position in ``Parse.tokens``.
        span: its characters.  Words of one multi-word token ("don't") share out its characters.
        head: index of its syntactic head in ``Parse.tokens``; its own index for the root of a sentence.
        deprel: UD relation to the head, with subtype ("nsubj:pass").
        feats: UD features as written in CoNLL-U ("Number=Sing|Tense=Past"), "" for none.
        ner: BIO tag of the named entity it belongs to ("B-PER", "I-ORG", "B-LOC", "O").
        sentence: index of its sentence in ``Parse.sentences``.
        joined: it belongs to the same multi-word token as the word before it ("n't" in "don't").
    """

    index: int
    span: Span
    text: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    ner: str
    sentence: int
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` (exclusive) of ``Parse.tokens`` and the characters they cover."""

    index: int
    span: Span
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TaggedCue:
    """What the learned tagger sees around one cue: plain numbers, so that nothing later needs a model.

    Attributes:
        cue: token indices of the cue.
        score: probability that these words are an attribution cue, in [0, 1], uncalibrated.
        source, content: (token index, probability that this token belongs to the cue's source or
            content), in token order; tokens below 0.05 are left out.
    """

    cue: tuple[int, ...]
    score: float
    source: tuple[tuple[int, float], ...]
    content: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Parse:
    """The linguistic analysis of one article.

    Attributes:
        tagged: the learned tagger's reading; empty where the parse comes without one.
        model: what made it ("newsroom 1.0", "stanza 1.15.0 en default", "conllu").
    """

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    tagged: tuple[TaggedCue, ...] = ()
    model: str = "conllu"

    def __repr__(self) -> str:
        return f"<Parse by {self.model}: {len(self.sentences)} sentences, {len(self.tokens)} words>"


# --------------------------------------------------------------------------------------- attribution


class QuotationKind(StrEnum):
    """How a stretch in quotation marks functions."""

    SPEECH = "speech"
    SCARE = "scare"  # a distanced word or phrase: so-called "peace council"
    TITLE = "title"  # of a work: "Hamlet"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks.

    Attributes:
        span: with its marks.
        inner: without them.
        depth: 0 for an outermost quotation, 1 for one inside it, …
        closed: False where no closing mark was found (the span then ends with its paragraph).
        continues: index of the quotation that this one goes on from (a new opening mark in the next
            paragraph while the last was never closed), or None.
    """

    span: Span
    inner: Span
    kind: QuotationKind
    depth: int
    closed: bool
    continues: int | None = None


class Quote(StrEnum):
    """How much of an attribution's content is in the source's own words."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Kind(StrEnum):
    """What the source is said to have done.  Tables, metrics and rules count ``REPORTED`` by default."""

    SPEECH = "speech"
    WRITING = "writing"
    BELIEF = "belief"
    PERCEPTION = "perception"
    DECREE = "decree"
    INTENTION = "intention"
    SENTIMENT = "sentiment"
    OTHER = "other"


REPORTED = frozenset({Kind.SPEECH, Kind.WRITING, Kind.BELIEF, Kind.PERCEPTION, Kind.DECREE})
"""The kinds that tables and metrics count unless asked otherwise (design decision: an editor who asks
who said what does not want every "X wants Y")."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source-cue-content relation: what the text says that somebody said.

    Attributes:
        id: "a1", "a2" … in text order.
        source: the source's words; empty where the text names none ("reportedly", a bare quotation).
        cue: the words that make it an attribution; may be empty for a bare quotation.
        content: what is attributed.
        parent: id of the attribution in whose content this one stands, or None.
        polarity: "negative" where the source denies the content or is said not to have said it.
        hypothetical: a question, a condition, a wish: nobody is reported to have said it.
        recipient: who was told, in the text's words ("AFP"); never the source.
        channel: "interview", "statement", "press conference", "social post", "document" …, or None.
        confidence: probability that this is an attribution and rightly delimited, in [0, 1].
        evidence: what found it: "pattern:ccomp", "quotation:pairing", "tagger" …
        source_id, claim_id: set by the later stages.  ``source_id`` stays None only for a quotation
            whose speaker was not found.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    quote: Quote
    kind: Kind = Kind.SPEECH
    parent: str | None = None
    polarity: str = "positive"
    hypothetical: bool = False
    recipient: str | None = None
    channel: str | None = None
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()
    source_id: str | None = None
    claim_id: str | None = None


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that keeps the outlet's distance without attributing: "the alleged plot" (ruling 15).

    ``claim_id`` names the claim it stands in, None where its sentence is the outlet's own.
    """

    span: Span
    text: str
    claim_id: str | None = None


# -------------------------------------------------------------------------------------------- source


class SourceType(StrEnum):
    """Who a source speaks as (standards §3.1), independent of how hidden they are."""

    GOVERNMENT = "gov"
    SECURITY = "sec"
    JUDICIAL = "jud"
    POLITICAL = "pol"
    INTERGOVERNMENTAL = "igo"
    BUSINESS = "biz"
    CIVIL_SOCIETY = "civ"
    EXPERT = "exp"
    PROFESSIONAL = "pro"
    CITIZEN = "cit"
    ARMED = "arm"
    MEDIA = "med"
    DOCUMENT = "doc"
    OBSERVATION = "obs"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """How close the text brings a reader to an accountable speaker (standards §3.2).  Lower is closer."""

    A0 = "A0"
    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    A4 = "A4"
    A5 = "A5"

    @property
    def word(self) -> str:
        """The level in one or two words, for people who do not know the codes."""
        return _LEVEL_WORDS[self]


_LEVEL_WORDS = {
    Level.A0: "named",
    Level.A1: "named body",
    Level.A2: "partly named",
    Level.A3: "placed",
    Level.A4: "vague",
    Level.A5: "opaque",
}


@dataclass(frozen=True, slots=True)
class SourceMention:
    """Words of the text that stand for a source, with the level these words alone would have."""

    span: Span
    level: Level


@dataclass(frozen=True, slots=True)
class Source:
    """Who stands behind one or more claims, after resolution across the article.

    Attributes:
        id: "s1", "s2" … in order of first mention.
        name: the canonical designation: the fullest name, or the most informative description.
        type: primary type; ``types`` holds all of them, primary first ("security and military sources").
        level: the best (lowest) level among its mentions (standards §3.2).
        granted: the text says that anonymity was asked for or granted.
        reason: "none", "boilerplate" or "specific" (ruling 17).
        collective: a plural or class ("officials"), not one person, body or document.
        count: "1", a stated number ("3"), ">=2" for bare plurals, "?" for classes, "0" for agentless.
        organisation, role: as the text gives them, or None.
        proximity: "direct", "second-hand" or "unknown".
        inherited: the type is that of the principal the source is close to (an aide, an associate).
        institutional: plural officials of a named body with no anonymity wording (standards §3.3).
        confidence: probability that this is who the text means, at the right level, in [0, 1].
        member_of: id of the source, a group, that it is singled out of ("one of the officials"), or None.
    """

    id: str
    name: str
    type: SourceType
    types: tuple[SourceType, ...]
    level: Level
    mentions: tuple[SourceMention, ...]
    granted: bool = False
    reason: str = "none"
    collective: bool = False
    count: str = "1"
    organisation: str | None = None
    role: str | None = None
    proximity: str = "unknown"
    inherited: bool = False
    institutional: bool = False
    confidence: float = 1.0
    member_of: str | None = None


# --------------------------------------------------------------------------------------------- claim


class ClaimClass(StrEnum):
    """What sort of assertion a claim is."""

    FACT = "fact"
    FIGURE = "figure"
    ALLEGATION = "allegation"
    OPINION = "opinion"
    PREDICTION = "prediction"


@dataclass(frozen=True, slots=True)
class Claim:
    """The content of one or more attributions, as an assertion.

    Attributes:
        id: "c1", "c2" … in text order.
        text: the content as printed, pieces joined by " … ".
        sources: ids of the sources it rests on, the outermost first.
        level: the worst level in its chain of sources (standards §3.3, nested attributions).
        hedges: the hedging words inside it, as printed.
        cluster: id of the cluster of claims that say the same, None if it stands alone.
    """

    id: str
    attribution_ids: tuple[str, ...]
    text: str
    span: Spans
    sources: tuple[str, ...]
    level: Level
    hedges: tuple[str, ...] = ()
    cluster: str | None = None
    claim_class: ClaimClass = ClaimClass.FACT


@dataclass(frozen=True, slots=True)
class Merge:
    """Two sources that are counted as one origin, and why (standards §4.2).

    Attributes:
        origin: what both trace to where the text says so (a shared body, or the one that the other relays); None
            where they are taken as one only because they could be.
    """

    first: str
    second: str
    why: str
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimCluster:
    """Claims that say the same.

    Attributes:
        independent: (min, max) number of independent origins; max is None where it has no bound
            ("multiple sources").
        merged: the pairs of sources that the minimum counts as one.
    """

    id: str
    claim_ids: tuple[str, ...]
    source_ids: tuple[str, ...]
    independent: tuple[int, int | None]
    merged: tuple[Merge, ...] = ()


# ------------------------------------------------------------------------------------------ findings


class Severity(StrEnum):
    """How much a finding weighs.  ``--fail-on`` names the least that fails a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _SEVERITY_RANKS[self]


_SEVERITY_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Confidence(StrEnum):
    """How sure a rule is of one finding.  "High" is a class measured right at least four times in five."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Standard:
    """A published newsroom standard that a rule rests on.

    Attributes:
        name: the outlet or body that set it ("AP").
        year: of the text that is meant, None where it bears none.
        reference: title, and where it was read.
    """

    name: str
    year: int | None
    reference: str


class Decider(StrEnum):
    """Where it is written that a finding does not count."""

    COMMENT = "comment"  # in the article's own text
    SIDECAR = "side-car"  # in the file of decisions beside it
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count, in the words of whoever decided it."""

    reason: str
    by: Decider = Decider.COMMENT


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired at one place.

    Attributes:
        code, name: of the rule ("SRC303", "agentless-attribution").
        path: of the article, None for text given in Python.
        span: characters of ``Article.text`` that it is about.
        line, column, end_line, end_column: the same for people, 1-based; the end is exclusive.
        message: what was seen and why it matters.
        excerpt: the words of ``span``, on one line.
        question: what the desk should ask, which the text cannot answer; None for most rules.
        standards: the newsroom standards behind the rule.
        source_id, claim_id: what it is about, where it is about one source or claim.
        evidence: what was looked at, for findings that something is missing.
        related: other places that belong to it, such as the source's other mentions.
        confidence: how sure the rule is here.
        fingerprint: the same for the same rule on the same words, wherever their lines have moved.
        suppressed: set where the writer or a baseline has accepted it; it then counts for nothing.
    """

    code: str
    name: str
    severity: Severity
    path: str | None
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    excerpt: str
    question: str | None = None
    standards: tuple[Standard, ...] = ()
    source_id: str | None = None
    claim_id: str | None = None
    evidence: tuple[str, ...] = ()
    related: Spans = ()
    confidence: Confidence = Confidence.HIGH
    fingerprint: str = ""
    suppressed: Suppression | None = None


# ------------------------------------------------------------------------------------------- results

MetricValue = int | float | tuple[int, int | None] | Mapping[str, int | float] | None


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure with what it was made from.

    Attributes:
        value: None where it is undefined (a share of nothing), a (min, max) pair where counting is
            uncertain.
        numerator, denominator: None where the figure is a plain count or a range.
    """

    value: MetricValue
    numerator: int | float | None = None
    denominator: int | float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Analysis:
    """Everything found in one article.

    Attributes:
        corrections: what came of the corrections in the article's file of decisions.
    """

    article: Article
    parse: Parse
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    clusters: tuple[ClaimCluster, ...]
    hedges: tuple[Hedge, ...]
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    corrections: tuple[Corrected, ...] = ()

    def __repr__(self) -> str:
        found = f"{len(self.attributions)} attributions, {len(self.sources)} sources, {len(self.claims)} claims"
        return f"<Analysis of {self.article.title or self.article.text[:40]!r}: {found}>"

    def _repr_html_(self) -> str:
        """The article with its attributions marked, and its tables: what Jupyter shows."""
        from attribution.notebook import analysis_html  # a later layer; only a notebook needs it

        return analysis_html(self)

    @property
    def plot(self) -> Plots:
        """Its figures, drawn with Matplotlib: ``analysis.plot.strip()``, ``.levels()``, ``.types()``, ``.graph()``."""
        from attribution.plot import Plots  # a later layer; only who draws needs it

        return Plots(self)


@dataclass(frozen=True, slots=True)
class ArticleError:
    """An article that could not be analysed; the rest of a batch goes on."""

    path: str | None
    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class Program:
    """What made a report."""

    name: str
    version: str
    parser: str
    model: str


@dataclass(frozen=True, slots=True)
class Report:
    """What renderers get: analyses and errors in input order.

    Attributes:
        kinds: what tables and metrics count.
        basis: what the editorial check ran under, in words ("profile ap, genre news").
    """

    program: Program
    items: tuple[Analysis | ArticleError, ...]
    kinds: frozenset[Kind] = REPORTED
    basis: str = ""
