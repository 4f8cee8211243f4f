"""CloudWatch: composite alarms."""

from __future__ import annotations

import re

from emulator.handler import AwsError, Call, emulates

SERVICE = "cloudwatch"


@emulates(SERVICE, "PutCompositeAlarm")
def put_composite_alarm(call: Call) -> None:
    params = call.params
    backend = call.backend()
    for name in re.findall(r'(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*"?([^")]+?)"?\s*\)', params["AlarmRule"]):
        if name.rsplit(":", 1)[-1] not in backend.alarms:
            raise AwsError("ValidationError", f"AlarmRule names an alarm that is not there: {name}", 400)
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
