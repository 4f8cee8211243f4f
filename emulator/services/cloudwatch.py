"""CloudWatch: composite alarms, which moto cannot put.

Pages: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

import re
from typing import Final

from emulator.handler import AwsError, Call, emulates

_NAMED_ALARM: Final = re.compile(r"(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*[\"']?([^\"')]+?)[\"']?\s*\)")


@emulates("cloudwatch", "PutCompositeAlarm")
def put_composite_alarm(call: Call) -> None:
    """Put an alarm on alarms; its rule may name only alarms that exist."""
    params = call.params
    backend = call.backend()
    for name in _NAMED_ALARM.findall(params["AlarmRule"]):
        if name.rsplit(":", 1)[-1] not in backend.alarms:
            raise AwsError("ValidationError", f"AlarmRule names an alarm that does not exist: {name}", 400)
    backend.put_metric_alarm(
        name=params["AlarmName"],
        namespace="",
        metric_name="",
        comparison_operator="",
        evaluation_periods=0,
        period=0,
        threshold=0.0,
        statistic="",
        description=params.get("AlarmDescription", ""),
        dimensions=[],
        alarm_actions=params.get("AlarmActions", []),
        ok_actions=params.get("OKActions", []),
        insufficient_data_actions=params.get("InsufficientDataActions", []),
        actions_enabled=params.get("ActionsEnabled", True),
        rule=params["AlarmRule"],
        tags=params.get("Tags"),
    )
