"""Access to the XML parts of a Word file."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(data)).read(name))


def body(data: bytes) -> etree._Element:
    return part(data)[0]


def get(element: etree._Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(W + name)


def find(element: etree._Element, path: str) -> etree._Element | None:
    return element.find("/".join(W + step for step in path.split("/")))


def texts(element: etree._Element) -> str:
    return "".join(element.itertext(W + "t"))


def tables(data: bytes) -> list[etree._Element]:
    return body(data).findall(W + "tbl")
