"""The newsroom model as Stanza processors.

Stanza chooses a processor's implementation by a "variant" registered under a name; ours is "newsroom".  The
parser makes all layers in one pass, so whichever of our processors meets a document first fills in
everything, and the others hand it on.  ``tokenize`` builds the document from text; with pretokenized input
or documents from elsewhere, it is the first of the others that works on the words that are there.

The ``attribution`` processor is new to Stanza: it sets ``document.attributions`` and leaves a comment at
the sentence of each cue, because properties do not survive ``Document.to_serialized``::

    # attribution = cue 107:114; source 89:106; content 115:290; score 0.981

Offsets are characters of the document's text.  Tried with Stanza 1.15.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any

from stanza.models.common.doc import Document
from stanza.pipeline.ner_processor import NERProcessor
from stanza.pipeline.processor import Processor, ProcessorVariant, register_processor, register_processor_variant
from stanza.pipeline.registry import NAME_TO_PROCESSOR_CLASS
from stanza.pipeline.tokenize_processor import TokenizeProcessor

from attribution.parse.protocol import WordParser
from attribution.parse.stanza_documents import article_of, entries, fill, words_of
from attribution.records import Parse, Spans
from attribution.text import join_spans

NAME = "newsroom"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner", "attribution")

_LIKELY = 0.5
"""A word belongs to a cue's source or content if the tagger thinks so more likely than not."""

_PARSE = "_newsroom_parse"
"""The document attribute that says that the layers are ours, and holds them."""


@dataclass(frozen=True, slots=True)
class DocumentAttribution:
    """One attribution in a Stanza document, as the learned tagger reads it.

    Attributes:
        source, cue, content: characters of ``document.text``; source and content may be empty.
        score: the tagger's probability of the cue, in [0, 1].
    """

    source: Spans
    cue: Spans
    content: Spans
    score: float


def pipeline_arguments(parser: WordParser) -> dict[str, Any]:
    """Arguments for ``stanza.Pipeline("en", …)`` that run this parser.  Registers the processors."""
    register()
    arguments: dict[str, Any] = {
        "processors": dict.fromkeys(PROCESSORS, NAME),
        "package": None,
        "download_method": None,
        "use_gpu": False,
        "resources_filepath": str(resources.files("attribution.models").joinpath("stanza-resources.json")),
    }
    for processor in PROCESSORS:
        # Whatever is called PROCESSOR_model reaches that processor's configuration; the path is for str().
        arguments[f"{processor}_model"] = parser
        arguments[f"{processor}_model_path"] = NAME
    return arguments


def register() -> None:
    """Make the processors known to Stanza; doing so again changes nothing."""
    register_processor_variant("tokenize", NAME)(NewsroomTokenizer)
    for processor in ("mwt", "pos", "lemma", "depparse", "ner"):
        register_processor_variant(processor, NAME)(NewsroomLayer)
    # Not by register_processor, which would list the name a second time.
    NAME_TO_PROCESSOR_CLASS["ner"] = NERProcessorWithVariants
    if "attribution" in NAME_TO_PROCESSOR_CLASS:
        NAME_TO_PROCESSOR_CLASS["attribution"] = AttributionProcessor
    else:
        register_processor("attribution")(AttributionProcessor)


# ------------------------------------------------------------------------------------------ processors


class NewsroomTokenizer(ProcessorVariant):  # type: ignore[misc]
    """Text to a document with all layers."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.parser: WordParser = config["model"]
        self.pretokenized = bool(config.get("pretokenized"))

    def process(self, document: str | Document) -> Document:
        """The document of a text.  Stanza itself sees to pretokenized input."""
        return self._analysed(document if isinstance(document, str) else document.text)

    def bulk_process(self, docs: list[Document]) -> list[Document]:
        """The same for several documents; here Stanza leaves pretokenized input to the variant."""
        if self.pretokenized:
            return [copy.deepcopy(document) if document.sentences else _by_white_space(document) for document in docs]
        return [self._analysed(document.text) for document in docs]

    def _analysed(self, text: str) -> Document:
        parse = self.parser.parse(article_of(text))
        document = Document(entries(parse, text), text)
        setattr(document, _PARSE, parse)
        return document


class NewsroomLayer(ProcessorVariant):  # type: ignore[misc]
    """Any other layer of a document."""

    OVERRIDE = True

    def __init__(self, config: dict[str, Any]) -> None:
        self.parser: WordParser = config["model"]

    def process(self, document: Document) -> Document:
        """The document, its layers filled in unless they are already."""
        _ensure_layers(document, self.parser)
        return document


class NERProcessorWithVariants(NERProcessor):  # type: ignore[misc]
    """Stanza's entity processor, which as it stands cannot be set up with a variant."""

    def _set_up_final_config(self, config: dict[str, Any]) -> None:
        if not hasattr(self, "_variant"):
            super()._set_up_final_config(config)
            return
        self.trainers: list[Any] = []
        self.model_paths = [str(config.get("model_path", NAME))]
        self._config = config


class AttributionProcessor(Processor):  # type: ignore[misc]
    """Who is reported to have said what."""

    PROVIDES_DEFAULT = frozenset({"attribution"})
    REQUIRES_DEFAULT = frozenset({"tokenize"})

    def __init__(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        super().__init__(config, pipeline, device)
        self.parser: WordParser = config["model"]

    def process(self, document: Document) -> Document:
        """The document with its attributions set and noted in comments."""
        parse = _ensure_layers(document, self.parser)
        document.attributions = tuple(_attributions(parse, document.text or ""))
        for sentence in document.sentences:
            sentence.remove_comment("attribution")
        for tagged, attribution in zip(parse.tagged, document.attributions, strict=True):
            sentence = document.sentences[parse.tokens[tagged.cue[0]].sentence]
            sentence.add_comment(f"# attribution = {_comment(attribution)}")
        return document


def _by_white_space(document: Document) -> Document:
    text, sentences = TokenizeProcessor.process_pre_tokenized_text(None, document.text)
    return Document(sentences, text)


# ------------------------------------------------------------------- documents from elsewhere to layers


def _ensure_layers(document: Document, parser: WordParser) -> Parse:
    """The parse behind a document, made from the document's own words if it has none yet."""
    parse: Parse | None = getattr(document, _PARSE, None)
    if parse is None:
        sentences = words_of(document)
        parse = parser.annotate(article_of(document.text), sentences)
        fill(document, parse)
        setattr(document, _PARSE, parse)
    return parse


# ---------------------------------------------------------------------------------------- attributions


def _attributions(parse: Parse, text: str) -> Iterable[DocumentAttribution]:
    for tagged in parse.tagged:
        source, content = (
            join_spans((parse.tokens[i].span for i, probability in linked if probability >= _LIKELY), text)
            for linked in (tagged.source, tagged.content)
        )
        cue = join_spans((parse.tokens[i].span for i in tagged.cue), text)
        yield DocumentAttribution(source, cue, content, tagged.score)


def _comment(attribution: DocumentAttribution) -> str:
    roles = {"cue": attribution.cue, "source": attribution.source, "content": attribution.content}
    pieces = [f"{role} {','.join(f'{b}:{e}' for b, e in spans)}" for role, spans in roles.items() if spans]
    return "; ".join([*pieces, f"score {attribution.score:.3f}"])
