"""GuardDuty: features of a detector, each switched by itself, which moto replaces as a whole.

Pages: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator.handler import Call, Params, emulates


@emulates("guardduty", "UpdateDetector")
def update_detector(call: Call) -> Params:
    """Change what is named; a feature that is not named stays as it was."""
    detector = call.backend().get_detector(call.params["DetectorId"])
    features = {feature["name"]: feature for feature in map(_stored, detector.features)}
    answer = call.moto()
    features |= {feature["name"]: feature for feature in map(_stored, call.params.get("Features", []))}
    detector.features = list(features.values())
    return answer


def _stored(feature: Params) -> Params:
    """Give the feature as the wire has it, which is how moto keeps it."""
    return {key[:1].lower() + key[1:]: value for key, value in feature.items()}
