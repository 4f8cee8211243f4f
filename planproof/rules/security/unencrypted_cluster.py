"""A cluster of databases, a warehouse or a migration is not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_encrypt, must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SWITCHED: Final = {  # what encrypts only when it is told to: the switch, and the key
    "aws_rds_cluster": ("storage_encrypted", "kms_key_id"),
    "aws_docdb_cluster": ("storage_encrypted", "kms_key_id"),
    "aws_neptune_cluster": ("storage_encrypted", "kms_key_arn"),
    "aws_redshift_cluster": ("encrypted", "kms_key_id"),
}
ALWAYS: Final = {  # what always encrypts, with a key of AWS unless it is told another
    "aws_docdbelastic_cluster": "kms_key_id",
    "aws_dms_replication_instance": "kms_key_arn",
    "aws_dsql_cluster": "kms_encryption_key",
    "aws_neptunegraph_graph": "kms_key_identifier",
    "aws_qldb_ledger": "kms_key",
    "aws_redshiftserverless_namespace": "kms_key_id",
    "aws_timestreamwrite_database": "kms_key_id",
}
GLOBAL: Final = ("aws_rds_global_cluster", "aws_docdb_global_cluster", "aws_neptune_global_cluster")
OURS: Final = "${aws_kms_key.data.arn}"


def check(cluster: Resource, document: Document) -> Iterator[Outcome]:
    """Encrypted, with our key; a replica, or a global cluster made of another, takes both from its source."""
    if cluster.type in ALWAYS:
        yield from must_use_our_key(cluster, ALWAYS[cluster.type], document)
    elif cluster.type in GLOBAL:
        if cluster.get("source_db_cluster_identifier") is None:
            yield from must(cluster, "storage_encrypted", equals=True)
    elif cluster.get("replication_source_identifier") is None:
        yield from must_encrypt(cluster, *SWITCHED[cluster.type], document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(*SWITCHED, *ALWAYS, *GLOBAL),
    why="Whoever obtains a snapshot or a disk can read every row.",
    fix="Turn encryption on and give the key's attribute the arn of a customer key.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html",
    controls=(
        "pci-dss-4.0.1/3.5.1",
        "aws-fsbp/RDS.27",
        "aws-fsbp/DocumentDB.1",
        "aws-fsbp/Neptune.1",
        "aws-fsbp/Redshift.10",
    ),
    check=check,
    mutations=(
        *(Mutation(on, value, kind) for kind, (on, _) in SWITCHED.items() for value in (False, ABSENT)),
        *(
            Mutation(key, value, kind)
            for kind, key in (*ALWAYS.items(), *((one, key) for one, (_, key) in SWITCHED.items()))
            for value in (ABSENT, "alias/aws/rds")
        ),
        *(Mutation("storage_encrypted", ABSENT, kind) for kind in GLOBAL),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            **{kind: {"store": {on: True, key: OURS}} for kind, (on, key) in SWITCHED.items()},
            **{kind: {"store": {key: OURS}} for kind, key in ALWAYS.items()},
            **{kind: {"world": {"storage_encrypted": True}} for kind in GLOBAL},
        }
    },
)
