"""A small network of any Terraform: two tiers, a service, a database; written by hand, not by our modules."""

from __future__ import annotations

import json
from typing import Any

Raw = dict[str, Any]


def network(subnets: int = 1) -> Raw:
    """A configuration in which `api` may call `data` on 5432."""
    door = {"from_port": 5432, "to_port": 5432, "ip_protocol": "tcp"}
    near, far = "${aws_security_group.api.id}", "${aws_security_group.data.id}"
    container = {
        "name": "api",
        "image": "public.example/api:1",
        "environment": [{"name": "HOST", "value": "${aws_db_instance.data.address}"}],
    }
    return {
        "resource": {
            "aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}},
            "aws_subnet": {
                "app": {"vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.1.0/24"},
                **{
                    f"data{number}": {"vpc_id": "${aws_vpc.main.id}", "cidr_block": f"10.0.{number + 2}.0/24"}
                    for number in range(subnets)
                },
            },
            "aws_security_group": {
                "api": {"vpc_id": "${aws_vpc.main.id}"},
                "data": {"vpc_id": "${aws_vpc.main.id}"},
            },
            "aws_vpc_security_group_egress_rule": {
                "out": {**door, "security_group_id": near, "referenced_security_group_id": far}
            },
            "aws_vpc_security_group_ingress_rule": {
                "in": {**door, "security_group_id": far, "referenced_security_group_id": near}
            },
            "aws_db_subnet_group": {
                "data": {"name": "data", "subnet_ids": [f"${{aws_subnet.data{n}.id}}" for n in range(subnets)]}
            },
            "aws_db_instance": {
                "data": {
                    "engine": "postgres",
                    "port": 5432,
                    "db_subnet_group_name": "${aws_db_subnet_group.data.name}",
                    "vpc_security_group_ids": [far],
                }
            },
            "aws_ecs_task_definition": {"api": {"container_definitions": json.dumps([container])}},
            "aws_ecs_service": {
                "api": {
                    "name": "api",
                    "task_definition": "${aws_ecs_task_definition.api.arn}",
                    "network_configuration": {"subnets": ["${aws_subnet.app.id}"], "security_groups": [near]},
                }
            },
        }
    }
