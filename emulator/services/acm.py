"""ACM: the kind of key that a certificate was asked for, which moto forgets.

Pages: https://docs.aws.amazon.com/acm/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator.handler import Call, Params, emulates


@emulates("acm", "RequestCertificate")
def request_certificate(call: Call) -> Params:
    """Let moto make the certificate, and keep the algorithm of its key."""
    answer = call.moto()
    if algorithm := call.params.get("KeyAlgorithm"):
        call.table("key-algorithms")[answer["CertificateArn"]] = algorithm
    return answer


@emulates("acm", "DescribeCertificate")
def describe_certificate(call: Call) -> Params:
    """Give the certificate with the algorithm that was asked for."""
    answer = call.moto()
    algorithm = call.table("key-algorithms").get(call.params["CertificateArn"])
    if algorithm is not None:
        answer["Certificate"]["KeyAlgorithm"] = algorithm
    return answer
