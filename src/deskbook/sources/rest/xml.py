"""XML as an API sends it: parsed without DTD, so without entities and bombs, and its elements as JSON objects.

Namespaces are left out: `ns:ticket` is `ticket`, both in an XPath and in a mapping.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final
from xml.etree.ElementTree import Element, ElementTree, ParseError

from deskbook.errors import ConfigError, Unreadable

DEEPEST: Final = 100
TEXT: Final = "#text"


class Broken(ValueError):
    """It is no sound XML: the answer broke off, or it is none at all."""


def parsed(content: bytes, place: str) -> Element:
    """The document's root.

    Args:
        place: what messages call it.

    Raises:
        Broken: it is no sound XML.
        Unreadable: it declares a document type, or nests too deep.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable(
            f"{place} sends XML with a document type (DTD), by which a few bytes can be made to fill the memory or to "
            "read files of this machine. Nothing of it was read. Ask for XML without one, or for JSON."
        ) from None
    except ParseError as error:
        raise Broken(str(error)) from None
    _plain(root, place)
    return root


def _plain(root: Element, place: str) -> None:
    """Take the namespaces out of the names; level by level, as a document may be deeper than Python's stack."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Unreadable(f"{place} sends XML that nests deeper than {DEEPEST} elements. Nothing of it was read.")
        for one in level:
            one.tag = one.tag.rpartition("}")[2]
            for name in [name for name in one.attrib if "}" in name]:
                one.attrib[name.rpartition("}")[2]] = one.attrib.pop(name)
        level = [child for one in level for child in one]


def found(document: Element, path: str, place: str) -> list[Element]:
    """The elements that an XPath leads to, in document order.

    Args:
        path: of XPath 2.0, from the document on: `/tickets/ticket`, `//ticket[contains(subject, 'refund')]`.

    Raises:
        ConfigError: it is no XPath, or leads to values.
    """
    held = _selected(document, path, place)
    wrong = next((one for one in held if not isinstance(one, Element)), None)
    if wrong is not None:
        raise ConfigError(f"{place}: '{path}' leads to values such as {wrong!r}; wanted elements, one a row.")
    return held


def text_at(document: Element, path: str, place: str) -> str | None:
    """The first thing that an XPath leads to as text: an element's, an attribute, what a function makes of them."""
    for told in _selected(document, path, place)[:1]:
        text = told.text if isinstance(told, Element) else str(told)
        return text.strip() or None if text else None
    return None


def _selected(document: Element, path: str, place: str) -> list[Any]:
    from elementpath import ElementPathError, XPath2Parser, select

    try:  # of version 2: the functions of version 3 can read files and addresses
        held = select(ElementTree(document), path, parser=XPath2Parser)
    except ElementPathError as error:
        raise ConfigError(
            f"{place}: '{path}' is no XPath ({error}). Write one of XPath 2.0, such as //ticket or "
            "/answer/tickets/ticket[@state='open']."
        ) from None
    return held if isinstance(held, list) else [held]


def as_object(element: Element, lists: Collection[str] = ()) -> Any:
    """An element as JSON: attributes under `@name`, children by name, several of one name as a list.

    Args:
        lists: names of children that are a list even where there is one.

    Returns:
        Its text where it has neither; None where that is empty too.
    """
    out: dict[str, Any] = {f"@{name}": value for name, value in element.attrib.items()}
    many: set[str] = set()
    for child in element:
        value = as_object(child, lists)
        if child.tag in many:
            out[child.tag].append(value)
        elif child.tag in out:
            out[child.tag] = [out[child.tag], value]
            many.add(child.tag)
        else:
            out[child.tag] = [value] if child.tag in lists else value
            many |= {child.tag} & set(lists)
    text = (element.text or "").strip() or None
    if not out:
        return text
    return out | ({TEXT: text} if text else {})
