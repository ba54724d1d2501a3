"""Reads HTML as strictly as a careful browser would warn about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "input", "br", "link", "img"})


@dataclass
class Element:
    """An element with its attributes and all its words, those of its children included."""

    tag: str
    attributes: dict[str, str]
    words: str = ""
    children: list[Element] = field(default_factory=list)

    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


class Page(HTMLParser):
    """Every element of a page or fragment, in order; fails unless all are closed in order, or one is named twice.

    Attributes:
        elements: all of them, in the order in which they open.
        story: (classes, words) of each piece of the article, without line numbers and marks.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.story: list[tuple[str, str]] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice: {attrs}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if self._open:
            self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self._in_story():
            self.story.append(("", "\n"))
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words += data
        classes = [element.classes() for element in self._open]
        if self._in_story() and not any(c & {"ref", "finding-ref", "line-number"} for c in classes):
            self.story.append(
                (self._open[-1].attributes.get("class", "") if self._open[-1].tag == "span" else "", data)
            )

    def _in_story(self) -> bool:
        classes = [e.classes() for e in self._open]
        inside = any(c & {"passage", "text"} for c in classes) and not any("notes" in c for c in classes)
        return inside and any(e.tag == "p" for e in self._open)

    @property
    def tags(self) -> set[str]:
        return {element.tag for element in self.elements}

    @property
    def words(self) -> str:
        """All that a reader can see."""
        hidden = {"style", "script"}
        return " ".join(e.words for e in self.elements if e.tag in {"body", "div"} and e.tag not in hidden)

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]

    def having(self, class_: str) -> list[Element]:
        return [element for element in self.elements if class_ in element.classes()]

    def marked(self, role: str) -> list[str]:
        """The words of the pieces that have a role."""
        return [words for classes, words in self.story if role in classes.split()]
