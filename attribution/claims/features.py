"""What a claim says, reduced to what can be compared: events, who did them to whom, names, figures, times.

Works on any Universal Dependencies parse.  Nothing here decides whether two claims agree; ``compare`` does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from attribution.claims.places import countries
from attribution.claims.quantities import Quantity, calendar_words, quantities_of
from attribution.lexicon import read_table, word_list
from attribution.records import Parse, Spans, Token

UNKNOWN = "?"
"""A participant that the claim does not name: a pronoun."""


@dataclass(frozen=True, slots=True)
class Event:
    """One assertion of a claim.

    Attributes:
        concept: what kind of event or state ("arrest" for "detained", "made arrests", "the detentions").
        agents, patients: head concepts or names of those who act and those it happens to; ``UNKNOWN``
            for a pronoun; empty where the claim is silent.
        negated: the event is said not to be so.
        status: "done" (it is or was so), "future", "possible", "obliged", or "open" for an infinitive ("to leave",
            "that police release the film"), which leaves it to the verb of saying.
    """

    concept: str
    agents: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    negated: bool = False
    status: str = "done"


@dataclass(frozen=True, slots=True)
class ClaimFeatures:
    """A claim in comparable form.

    Attributes:
        events: its main assertions in text order; for a noun phrase, the one its head names.
        nominal: the claim is a noun phrase ("the arrests"), not a clause.
        definite: that noun phrase refers to something known ("the", "this", "his").
        eventive: that noun phrase names a kind of event ("the arrests"), not a person or thing.
        concepts: concepts of all its content words, events and participants included, names excluded.
        names: names of people, bodies and places, each as its lower-case words.
        quantities: figures.
        times: calendar words ("monday", "2021", "yesterday").
        conditional: it holds only under a condition stated in it.
    """

    events: tuple[Event, ...]
    nominal: bool = False
    definite: bool = False
    eventive: bool = False
    concepts: frozenset[str] = frozenset()
    names: frozenset[frozenset[str]] = frozenset()
    quantities: frozenset[Quantity] = frozenset()
    times: frozenset[str] = frozenset()
    conditional: bool = False


def features(parse: Parse, content: Spans, *, denied: bool = False) -> ClaimFeatures:
    """The comparable form of a claim.

    Args:
        content: the claim's characters.
        denied: the source denies it, so that what is claimed is the opposite.
    """
    return _Reader(parse, content).read(denied)


def tokens_in(parse: Parse, spans: Spans) -> list[Token]:
    """The words that stand wholly in some spans, in text order."""
    found = []
    for begin, end in sorted(spans):
        first = bisect_left(parse.tokens, begin, key=lambda t: t.span.start)
        for token in islice(parse.tokens, first, None):
            if token.span.start >= end:
                break
            if token.span.end <= end:
                found.append(token)
    return found


@dataclass(frozen=True, slots=True)
class MainClause:
    """A claim's main assertions: the words they hang on, and all their words.

    Words in relative, participial and adverbial clauses, appositions and asides are left out.
    """

    heads: tuple[Token, ...]
    words: tuple[Token, ...]


def main_clause(parse: Parse, content: Spans) -> MainClause:
    """The main clause of the claim that stands in these characters."""
    return _Reader(parse, content).main_clause()


_CONTENT_CLASSES = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
_CLAUSE_RELATIONS = frozenset({"nsubj", "csubj", "cop", "aux", "expl"})
_SUBORDINATE = frozenset({"acl", "advcl", "appos", "parataxis", "vocative", "discourse"})
_FUTURE = frozenset({"will", "shall", "would", "'ll", "’ll", "wo", "'d", "’d"})
_POSSIBLE = frozenset({"may", "might", "could", "can"})
_OBLIGED = frozenset({"must", "should", "ought"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "none", "nobody", "nothing", "without"})


@cache
def _concept_table() -> dict[tuple[str, str], tuple[str, str]]:
    rows = read_table(
        "claim_concepts.tsv",
        ("lemma", "upos", "concept", "role"),
        key=("lemma", "upos"),
        allowed={"upos": {"VERB", "NOUN", "ADJ"}, "role": {"agent", "patient", "none"}},
    )
    return {(row["lemma"], row["upos"]): (row["concept"], row["role"]) for row in rows}


class _Reader:
    """Reads the features of one claim off the parse."""

    def __init__(self, parse: Parse, content: Spans) -> None:
        inside = tokens_in(parse, content)
        self.all = inside
        self.tokens = {t.index: t for t in inside}
        self.children: dict[int, list[Token]] = {}
        for token in inside:
            if token.head != token.index:
                self.children.setdefault(token.head, []).append(token)

    def read(self, denied: bool) -> ClaimFeatures:
        heads = self._main_heads()
        nominal = len(heads) == 1 and self._is_nominal(heads[0])
        # What a noun phrase adds after a comma does not say which thing it means.
        skip = self._nonrestrictive(heads[0]) if nominal else frozenset()
        tokens = [t for t in self.all if t.index not in skip]
        quantities, in_quantities = quantities_of(tokens, self.concept)
        names, in_names = self._names(tokens)
        times = {t.text.lower() for t in tokens if _is_time(t)}
        concepts = {
            self.concept(t)
            for t in tokens
            if t.upos in _CONTENT_CLASSES
            and t.index not in in_names
            and t.index not in in_quantities
            and not self._is_title(t, in_names)
            and not _is_time(t)
            and t.lemma.lower() not in word_list("empty_words.tsv") | _NEGATIONS
        }
        events = tuple(self._event(head, denied) for head in heads)
        carriers = {h.lemma.lower() for h in heads if self._event_noun(h) is not None}
        concepts -= carriers - {e.concept for e in events}
        return ClaimFeatures(
            events=events,
            nominal=nominal,
            definite=nominal and self._is_definite(heads[0]),
            eventive=nominal and self._entry(heads[0])[1] != "none",
            concepts=frozenset(concepts | {e.concept for e in events}),
            names=frozenset(names),
            quantities=frozenset(quantities),
            times=frozenset(times),
            conditional=any(
                t.deprel == "mark" and t.lemma.lower() in {"if", "unless"} and t.head in self.tokens for t in self.all
            ),
        )

    def main_clause(self) -> MainClause:
        """See ``MainClause``."""
        found: dict[int, Token] = {}
        heads = self._main_heads()
        for head in heads:
            self._collect(head, found)
        return MainClause(tuple(heads), tuple(found[index] for index in sorted(found)))

    def _collect(self, token: Token, found: dict[int, Token]) -> None:
        found[token.index] = token
        for child in self.children.get(token.index, ()):
            if child.deprel.partition(":")[0] not in _SUBORDINATE:
                self._collect(child, found)

    # ------------------------------------------------------------------------------------ structure

    def _kids(self, token: Token, *relations: str) -> Iterator[Token]:
        for child in self.children.get(token.index, ()):
            if child.deprel in relations or child.deprel.partition(":")[0] in relations:
                yield child

    def _main_heads(self) -> list[Token]:
        """The words the claim's assertions hang on: its topmost words and their coordinated clauses."""
        tops = [
            t
            for t in self.all
            if (t.head not in self.tokens or t.head == t.index)
            and t.upos not in {"PUNCT", "SYM", "SCONJ", "CCONJ", "ADP", "DET", "INTJ", "PART", "AUX"}
        ]
        if not tops:
            tops = [t for t in self.all if t.head not in self.tokens][:1]
        clausal = [t for t in tops if not self._is_nominal(t)]
        heads: list[Token] = []
        for top in clausal or tops:
            subject = self._cut_off_subject(top)
            if subject is not None:
                heads.append(subject)
                continue
            heads.append(top)
            heads.extend(c for c in self._kids(top, "conj", "parataxis") if not self._is_nominal(c) and _assertive(c))
        return sorted(heads, key=lambda t: t.index)

    def _cut_off_subject(self, verb: Token) -> Token | None:
        """The noun that a participle after a comma really describes ("the arrests, carried out on Monday").

        Parsers now and then make the noun its subject; but no comma stands between a subject and its verb.
        """
        between = self.tokens.get(verb.index - 1)
        noun = self.tokens.get(verb.index - 2)
        if verb.upos != "VERB" or between is None or between.text != "," or noun is None:
            return None
        return noun if noun.head == verb.index and noun.deprel.startswith("nsubj") else None

    def _is_nominal(self, token: Token) -> bool:
        if token.upos not in {"NOUN", "PROPN", "PRON", "NUM"}:
            return False
        return not any(True for _ in self._kids(token, *_CLAUSE_RELATIONS))

    def _is_definite(self, head: Token) -> bool:
        if head.upos == "PROPN":
            return True
        return any(
            d.lemma.lower() in {"the", "this", "that", "these", "those"} for d in self._kids(head, "det")
        ) or any(c.deprel == "nmod:poss" for c in self.children.get(head.index, ()))

    def _nonrestrictive(self, head: Token) -> frozenset[int]:
        skipped: set[int] = set()
        following = self.tokens.get(head.index + 1)
        if following is not None and following.text == "," and not any(True for _ in self._kids(head, "conj")):
            skipped.update(index for index in self.tokens if index > following.index)
        for child in self._kids(head, "acl", "appos", "advcl"):
            before = self.tokens.get(self._first(child) - 1)
            if before is not None and before.text in {",", "–", "—", "("}:
                skipped.update(t.index for t in self._subtree(child))
        return frozenset(skipped)

    def _first(self, token: Token) -> int:
        # The comma may hang on the modifier itself.
        return min((t.index for t in self._subtree(token) if t.upos != "PUNCT"), default=token.index)

    def _subtree(self, token: Token) -> Iterator[Token]:
        yield token
        for child in self.children.get(token.index, ()):
            if child.index != token.index:
                yield from self._subtree(child)

    # ------------------------------------------------------------------------------------- meaning

    def concept(self, token: Token) -> str:
        """The concept a word stands for, its own lemma where no table knows better."""
        return self._entry(token)[0]

    def _entry(self, token: Token) -> tuple[str, str]:
        lemma = token.lemma.lower()
        table = _concept_table()
        particle = self._particle(token)
        if particle and (f"{lemma} {particle}", token.upos) in table:
            return table[f"{lemma} {particle}", token.upos]
        if (lemma, token.upos) in table:
            return table[lemma, token.upos]
        # Participles are tagged now as verbs, now as adjectives ("the wounded", "12 dead").
        for upos in ("VERB", "ADJ") if token.upos in {"VERB", "ADJ"} else ():
            if (lemma, upos) in table:
                return table[lemma, upos]
        return (f"{lemma} {particle}" if particle else lemma), "none"

    def _particle(self, verb: Token) -> str | None:
        """The particle of a verb ("step down", "take place"), however the parser attached it."""
        if verb.upos != "VERB":
            return None
        for child in self.children.get(verb.index, ()):
            follows = child.index == verb.index + 1 and child.upos in {"ADP", "ADV"}
            if child.deprel == "compound:prt" or (follows and child.deprel in {"advmod", "case", "mark"}):
                return child.lemma.lower()
            if child.lemma.lower() == "place" and child.deprel == "obj":
                return "place"
        # "Pulled out of the deal": the particle hangs on "deal".
        following = self.tokens.get(verb.index + 1)
        known = following is not None and (f"{verb.lemma} {following.lemma}".lower(), verb.upos) in _concept_table()
        return following.lemma.lower() if following is not None and known else None

    def _event(self, head: Token, denied: bool) -> Event:
        negated = denied != self._is_negated(head)
        for complement in self._kids(head, "xcomp") if head.lemma.lower() == "fail" else ():
            inner = self._event(complement, denied)
            subjects = self._fillers(self._kids(head, "nsubj"))
            return replace(inner, agents=inner.agents or subjects, negated=not inner.negated, status=self._status(head))
        status = self._status(head)
        carrier = self._event_noun(head)
        if carrier is not None:
            agents, patients = self._noun_roles(carrier)
            if not self._is_passive(head):
                agents = agents or self._fillers(self._kids(head, "nsubj"), besides=carrier)
            agents = agents or self._agent_phrase(head)
            return Event(self.concept(carrier), agents, patients, negated, status)
        concept, role = self._entry(head)
        if head.upos in {"NOUN", "PROPN"} and self._is_nominal(head):
            agents, patients = self._noun_roles(head)
            return Event(concept, agents, patients, negated, status)
        subjects = self._fillers(self._kids(head, "nsubj"))
        objects = self._fillers(self._kids(head, "obj"))
        if self._is_passive(head):
            return Event(concept, self._agent_phrase(head), subjects, negated, status)
        if role == "patient":
            return Event(concept, frozenset(), subjects, negated, status)
        return Event(concept, subjects, objects, negated, status)

    def _event_noun(self, head: Token) -> Token | None:
        """The noun that names the event where the verb only carries it ("arrests have been made")."""
        particle = self._particle(head)
        verb = head.lemma.lower() + (f" {particle}" if particle else "")
        if any(True for _ in self._kids(head, "expl")) and head.lemma.lower() == "be":
            relations: tuple[str, ...] = ("nsubj",)  # "there was an explosion"
        elif verb not in word_list("light_verbs.tsv") and head.lemma.lower() not in word_list("light_verbs.tsv"):
            return None
        else:
            relations = ("nsubj",) if self._is_passive(head) or particle == "place" else ("obj", "nsubj")
        for relation in relations:
            for candidate in self._kids(head, relation):
                if candidate.upos == "NOUN" and self._entry(candidate)[1] in {"agent", "patient"}:
                    return candidate
        return None

    def _noun_roles(self, noun: Token) -> tuple[frozenset[str], frozenset[str]]:
        agents: set[str] = set()
        patients: set[str] = set()
        of_role = self._entry(noun)[1]
        for child in self._kids(noun, "nmod"):
            case = next((c.lemma.lower() for c in self._kids(child, "case")), "")
            filler = self._fillers([child])
            if child.deprel == "nmod:poss" or case == "of":
                (patients if of_role == "patient" else agents).update(filler)
            elif case == "by":
                agents.update(filler)
            elif case in {"on", "against"}:
                patients.update(filler)
        return frozenset(agents), frozenset(patients)

    def _agent_phrase(self, head: Token) -> frozenset[str]:
        phrases = [
            c
            for c in self._kids(head, "obl")
            if c.deprel == "obl:agent"
            or (self._is_passive(head) and any(k.lemma.lower() == "by" for k in self._kids(c, "case")))
        ]
        return self._fillers(p for p in phrases if not _is_time(p))

    def _fillers(self, tokens: Iterable[Token], besides: Token | None = None) -> frozenset[str]:
        fillers: set[str] = set()
        for token in tokens:
            if token is besides:
                continue
            for one in (token, *self._kids(token, "conj")):
                fillers.add(UNKNOWN if one.upos in {"PRON", "DET"} else self._filler(one))
        return frozenset(fillers)

    def _filler(self, token: Token) -> str:
        if token.upos == "NUM":
            return UNKNOWN  # "20 were arrested"
        if _in_name(token):
            parts = [token, *self._kids(token, "flat", "compound")]
            named = sorted((p for p in parts if _in_name(p)), key=lambda t: t.index)
            words = " ".join(t.text.lower() for t in named)
            return countries().get(words, words)
        return self.concept(token)

    def _is_passive(self, head: Token) -> bool:
        return any(c.deprel in {"nsubj:pass", "aux:pass", "csubj:pass"} for c in self.children.get(head.index, ())) or (
            head.deprel == "acl" and "VerbForm=Part" in head.feats and "Tense=Past" in head.feats
        )

    def _is_negated(self, head: Token) -> bool:
        if any(
            c.lemma.lower() in _NEGATIONS or c.text.lower() in _NEGATIONS for c in self._kids(head, "advmod", "det")
        ):
            return True
        participants = list(self._kids(head, "nsubj", "obj"))
        if any(d.lemma.lower() in {"no", "neither"} for p in participants for d in self._kids(p, "det")):
            return True
        return any(p.lemma.lower() in {"none", "nobody", "nothing", "no one"} for p in participants)

    def _status(self, head: Token) -> str:
        auxiliaries = {c.text.lower() for c in self._kids(head, "aux")} | {
            c.lemma.lower() for c in self._kids(head, "aux")
        }
        perfect = "have" in auxiliaries
        if auxiliaries & _FUTURE and not (perfect and auxiliaries & {"'d", "’d"}):
            return "future"
        if auxiliaries & _POSSIBLE:
            return "possible"
        if auxiliaries & _OBLIGED:
            return "obliged"
        return "open" if "VerbForm=Inf" in head.feats and "do" not in auxiliaries else "done"

    def _is_title(self, token: Token, in_names: set[int]) -> bool:
        """Whether a word only says what somebody is whose name follows ("Treasurer Paul Adeyo")."""
        if token.upos != "NOUN" or token.index + 1 not in in_names:
            return False
        name = self.tokens[token.index + 1]
        return token.head in in_names or (name.head == token.index and name.deprel in {"flat", "appos"})

    def _names(self, tokens: list[Token]) -> tuple[set[frozenset[str]], set[int]]:
        """Names, and the tokens they are made of; adjectives of nationality count as their country."""
        names: set[frozenset[str]] = set()
        used: set[int] = set()
        run: list[Token] = []
        for token in [*tokens, None]:
            inside = token is not None and _in_name(token)
            if token is not None and inside and run and token.index == run[-1].index + 1 and token.ner[:1] != "B":
                run.append(token)
                continue
            if run:
                words = [t.text.lower().removesuffix("'s").removesuffix("’s") for t in run]
                place = countries().get(" ".join(words))
                names.add(frozenset({place} if place else (w for w in words if w and w not in {"the", "of", "and"})))
                used.update(t.index for t in run)
            run = [token] if token is not None and inside else []
        for token in tokens:
            place = countries().get(token.text.lower())
            if place and token.upos == "ADJ":
                names.add(frozenset({place}))
                used.add(token.index)
        return {n for n in names if n}, used


def _in_name(token: Token) -> bool:
    # A recogniser now and then takes "the hospital" for a name; copy writes names with a capital.
    named = token.upos == "PROPN" or (token.ner != "O" and token.text[:1].isupper())
    return named and not _is_time(token) and token.upos != "PUNCT"


def _is_time(token: Token) -> bool:
    lower = token.text.lower()
    if lower in {"may", "march"}:
        return token.upos == "PROPN"
    return lower in calendar_words() or (len(lower) == 4 and lower.isdigit() and 1900 <= int(lower) <= 2100)


def _assertive(token: Token) -> bool:
    return token.deprel in {"conj", "parataxis"} and token.upos in {"VERB", "ADJ", "NOUN", "PROPN", "ADV"}
