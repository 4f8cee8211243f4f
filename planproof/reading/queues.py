"""Queues and the dead-letter queues that take what they give up."""

from __future__ import annotations

from planproof.document import Document, Resource

REDRIVES = ("aws_sqs_queue", "aws_sqs_queue_redrive_policy")


def takes_dead_letters(queue: Resource, document: Document) -> bool:
    """Whether another queue hands what it cannot deliver to this one."""
    return queue.address in document.once(_dead_letter_addresses)


def _dead_letter_addresses(document: Document) -> frozenset[str]:
    found = set()
    for source in document.of(*REDRIVES):
        found |= {one.address for one in source.references("redrive_policy") if one.attribute == "arn"}
    return frozenset(found)
