"""A network as the AWS API describes it, in the shape of a Terraform state: read by describe calls alone.

Nothing comes from Terraform but what a host is called, so that claims can be compared by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

Client = Callable[[str], Any]
Body = dict[str, Any]

LAST_RULE = 32767
"""The rule * of a network ACL, which denies the rest."""


def described(aws: Client, vpc: str, called: Mapping[str, str]) -> Body:
    """Everything in a VPC that a packet can meet; `called` gives hosts, by id or ARN, the names that proofs use."""
    found = [*_network(aws("ec2"), vpc), *_filters(aws("ec2"), vpc), *_hosts(aws, vpc)]
    resources = [_resource(kind, called.get(str(values["id"]), str(values["id"])), values) for kind, values in found]
    return {"format_version": "1.0", "values": {"root_module": {"resources": resources}}}


def _resource(kind: str, name: str, values: Body) -> Body:
    return {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "values": values}


def _of(ec2: Any, operation: str, vpc: str, key: str = "vpc-id") -> Iterator[Body]:
    """What a describe call tells of one VPC, all pages."""
    for page in ec2.get_paginator(operation).paginate(Filters=[{"Name": key, "Values": [vpc]}]):
        yield from next(value for value in page.values() if isinstance(value, list))


def _network(ec2: Any, vpc: str) -> Iterator[tuple[str, Body]]:
    """The VPC, its subnets, tables and gateways."""
    (one,) = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    answers = {
        name: ec2.describe_vpc_attribute(VpcId=vpc, Attribute=attribute)[key]["Value"]
        for name, attribute, key in (
            ("enable_dns_support", "enableDnsSupport", "EnableDnsSupport"),
            ("enable_dns_hostnames", "enableDnsHostnames", "EnableDnsHostnames"),
        )
    }
    yield "aws_vpc", {"id": vpc, "cidr_block": one["CidrBlock"], **answers}
    for gate in _of(ec2, "describe_internet_gateways", vpc, "attachment.vpc-id"):
        yield "aws_internet_gateway", {"id": gate["InternetGatewayId"], "vpc_id": vpc}
    for nat in _of(ec2, "describe_nat_gateways", vpc):
        if nat["State"] == "available":
            kind = nat["ConnectivityType"]
            yield (
                "aws_nat_gateway",
                {"id": nat["NatGatewayId"], "subnet_id": nat["SubnetId"], "connectivity_type": kind},
            )
    for subnet in _of(ec2, "describe_subnets", vpc):
        yield "aws_subnet", {"id": subnet["SubnetId"], "vpc_id": vpc, "cidr_block": subnet["CidrBlock"]}
    for table in _of(ec2, "describe_route_tables", vpc):
        name = table["RouteTableId"]
        routes = [_route(route) for route in table["Routes"] if "DestinationPrefixListId" not in route]
        yield "aws_route_table", {"id": name, "vpc_id": vpc, "route": routes}
        for joined in table["Associations"]:
            kind = "aws_main_route_table_association" if joined["Main"] else "aws_route_table_association"
            end = {"vpc_id": vpc} if joined["Main"] else {"subnet_id": joined["SubnetId"]}
            yield kind, {"id": joined["RouteTableAssociationId"], "route_table_id": name, **end}


def _route(route: Body) -> Body:
    return {
        "cidr_block": route["DestinationCidrBlock"],
        "gateway_id": route.get("GatewayId"),
        "nat_gateway_id": route.get("NatGatewayId"),
    }


def _filters(ec2: Any, vpc: str) -> Iterator[tuple[str, Body]]:
    """Security groups with their rules, and network ACLs with theirs."""
    groups = [group["GroupId"] for group in _of(ec2, "describe_security_groups", vpc)]
    for group in groups:
        yield "aws_security_group", {"id": group, "vpc_id": vpc}
        for rule in _of(ec2, "describe_security_group_rules", group, "group-id"):
            way = "egress" if rule["IsEgress"] else "ingress"
            yield (
                f"aws_vpc_security_group_{way}_rule",
                {
                    "id": rule["SecurityGroupRuleId"],
                    "security_group_id": group,
                    "ip_protocol": rule["IpProtocol"],
                    "from_port": rule["FromPort"],
                    "to_port": rule["ToPort"],
                    "cidr_ipv4": rule.get("CidrIpv4"),
                    "prefix_list_id": rule.get("PrefixListId"),
                    "referenced_security_group_id": rule.get("ReferencedGroupInfo", {}).get("GroupId"),
                },
            )
    for acl in _of(ec2, "describe_network_acls", vpc):
        entries = [entry for entry in acl["Entries"] if entry["RuleNumber"] != LAST_RULE]
        values = {
            "id": acl["NetworkAclId"],
            "vpc_id": vpc,
            "subnet_ids": [joined["SubnetId"] for joined in acl["Associations"]],
            "ingress": [_entry(entry) for entry in entries if not entry["Egress"]],
            "egress": [_entry(entry) for entry in entries if entry["Egress"]],
        }
        yield "aws_network_acl", values


def _entry(entry: Body) -> Body:
    ports = entry.get("PortRange", {})
    return {
        "rule_no": entry["RuleNumber"],
        "action": entry["RuleAction"],
        "protocol": entry["Protocol"],
        "cidr_block": entry["CidrBlock"],
        "from_port": ports.get("From", 0),
        "to_port": ports.get("To", 0),
    }


def _hosts(aws: Client, vpc: str) -> Iterator[tuple[str, Body]]:
    """Whatever has an address in the VPC."""
    for endpoint in _of(aws("ec2"), "describe_vpc_endpoints", vpc):
        yield (
            "aws_vpc_endpoint",
            {
                "id": endpoint["VpcEndpointId"],
                "vpc_id": vpc,
                "service_name": endpoint["ServiceName"],
                "vpc_endpoint_type": endpoint["VpcEndpointType"],
                "route_table_ids": endpoint["RouteTableIds"],
                "subnet_ids": endpoint["SubnetIds"],
                "security_group_ids": [group["GroupId"] for group in endpoint["Groups"]],
                "private_dns_enabled": endpoint["PrivateDnsEnabled"],
                "policy": endpoint["PolicyDocument"],
                "prefix_list_id": _addresses_of(aws("ec2"), endpoint["ServiceName"]),
            },
        )
    for balancer in aws("elbv2").describe_load_balancers()["LoadBalancers"]:
        if balancer["VpcId"] == vpc:
            yield (
                "aws_lb",
                {
                    "id": balancer["LoadBalancerArn"],
                    "load_balancer_type": balancer["Type"],
                    "internal": balancer.get("Scheme", "internet-facing") == "internal",
                    "subnets": [zone["SubnetId"] for zone in balancer["AvailabilityZones"]],
                    "security_groups": balancer["SecurityGroups"],
                },
            )
    subnets = {subnet["SubnetId"] for subnet in _of(aws("ec2"), "describe_subnets", vpc)}
    yield from _services(aws("ecs"), subnets)
    yield from _databases(aws("rds"), vpc)
    yield from _caches(aws("elasticache"), vpc)


def _addresses_of(ec2: Any, service: str) -> str | None:
    """The prefix list that stands for the addresses of a service, where AWS keeps one."""
    lists = ec2.describe_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": [service]}])["PrefixLists"]
    return lists[0]["PrefixListId"] if lists else None


def _services(ecs: Any, here: set[str]) -> Iterator[tuple[str, Body]]:
    """The services whose tasks lie in the subnets `here`, in any cluster; ECS describes ten at a time."""
    for cluster in ecs.list_clusters()["clusterArns"]:
        pages = ecs.get_paginator("list_services").paginate(cluster=cluster, PaginationConfig={"PageSize": 10})
        found = [
            ecs.describe_services(cluster=cluster, services=names)["services"]
            for page in pages
            if (names := page["serviceArns"])
        ]
        for service in chain.from_iterable(found):
            place = service.get("networkConfiguration", {}).get("awsvpcConfiguration")
            if place is None or here.isdisjoint(place["subnets"]):
                continue
            network = {"subnets": place["subnets"], "security_groups": place["securityGroups"]}
            public = place.get("assignPublicIp") == "ENABLED"
            values = {"id": service["serviceArn"], "network_configuration": [{**network, "assign_public_ip": public}]}
            yield "aws_ecs_service", values


def _databases(rds: Any, vpc: str) -> Iterator[tuple[str, Body]]:
    for group in rds.describe_db_subnet_groups()["DBSubnetGroups"]:
        if group["VpcId"] == vpc:
            name = group["DBSubnetGroupName"]
            subnets = [subnet["SubnetIdentifier"] for subnet in group["Subnets"]]
            yield "aws_db_subnet_group", {"id": name, "name": name, "subnet_ids": subnets}
    for database in rds.describe_db_instances()["DBInstances"]:
        if database["DBSubnetGroup"]["VpcId"] == vpc:
            yield (
                "aws_db_instance",
                {
                    "id": database["DBInstanceArn"],
                    "engine": database["Engine"],
                    "port": database["Endpoint"]["Port"],
                    "publicly_accessible": database["PubliclyAccessible"],
                    "db_subnet_group_name": database["DBSubnetGroup"]["DBSubnetGroupName"],
                    "vpc_security_group_ids": [one["VpcSecurityGroupId"] for one in database["VpcSecurityGroups"]],
                },
            )


def _caches(elasticache: Any, vpc: str) -> Iterator[tuple[str, Body]]:
    groups = elasticache.describe_cache_subnet_groups()["CacheSubnetGroups"]
    here = {group["CacheSubnetGroupName"]: group for group in groups if group.get("VpcId") == vpc}
    for name, group in here.items():
        subnets = [subnet["SubnetIdentifier"] for subnet in group["Subnets"]]
        yield "aws_elasticache_subnet_group", {"id": name, "name": name, "subnet_ids": subnets}
    members = {node["CacheClusterId"]: node for node in elasticache.describe_cache_clusters()["CacheClusters"]}
    for cache in elasticache.describe_replication_groups()["ReplicationGroups"]:
        member = members[cache["MemberClusters"][0]]
        if member["CacheSubnetGroupName"] in here:
            yield (
                "aws_elasticache_replication_group",
                {
                    "id": cache["ARN"],
                    "port": cache["NodeGroups"][0]["PrimaryEndpoint"]["Port"],
                    "engine": member["Engine"],
                    "subnet_group_name": member["CacheSubnetGroupName"],
                    "security_group_ids": [one["SecurityGroupId"] for one in member["SecurityGroups"]],
                },
            )
