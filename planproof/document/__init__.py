"""Terraform JSON, plan and state as one model: documents of resources."""

from planproof.document.decoding import decode
from planproof.document.document import Document, Output
from planproof.document.reading import load, parse
from planproof.document.resource import Block, Resource
from planproof.document.typed import among, items, mapping, mappings, text
from planproof.document.values import ABSENT, Reference, Sensitive, Unknown, UnknownValueError

__all__ = [
    "ABSENT",
    "Block",
    "Document",
    "Output",
    "Reference",
    "Resource",
    "Sensitive",
    "Unknown",
    "UnknownValueError",
    "among",
    "decode",
    "items",
    "load",
    "mapping",
    "mappings",
    "parse",
    "text",
]
