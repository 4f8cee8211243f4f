"""RDS Proxy in front of the database: pools connections and survives a failover.

Always: TLS, IAM authentication of each service under its own database user.
"""

from __future__ import annotations

from collections.abc import Mapping

from cdktf import Fn, TerraformLocal
from cdktf_cdktf_provider_aws.db_proxy import DbProxy, DbProxyAuth
from cdktf_cdktf_provider_aws.db_proxy_default_target_group import (
    DbProxyDefaultTargetGroup,
    DbProxyDefaultTargetGroupConnectionPoolConfig,
)
from cdktf_cdktf_provider_aws.db_proxy_target import DbProxyTarget
from constructs import Construct

from modules.boundary import Boundary
from modules.connections import Connections
from modules.database import PORT, Database
from modules.deployment import Deployment
from modules.grants import Resource
from modules.network import Network
from modules.role import Role
from modules.secret import READ_SECRET, Secret


class DatabaseProxy(Construct):
    """One proxy in front of one database.

    `users` holds, by service, the secret with the credentials of its database user.

    Outputs: `name`, `endpoint`, `connections`, `variables`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        boundary: Boundary,
        network: Network,
        database: Database,
        users: Mapping[str, Secret],
    ) -> None:
        super().__init__(scope, id)
        self.name = id
        self.deployment = deployment
        self.connections = Connections(self, deployment=deployment, vpc_id=network.vpc_id, ports=(PORT,))
        role = Role(self, "role", deployment=deployment, boundary=boundary, component=id, service="rds")
        for user in users.values():
            role.grants.allow(READ_SECRET, user, "log in as the service")
        proxy = DbProxy(
            self,
            "proxy",
            name=deployment.name(id),
            engine_family="POSTGRESQL",
            require_tls=True,
            role_arn=role.arn,
            vpc_subnet_ids=network.database.subnet_ids,
            vpc_security_group_ids=[self.connections.group_id],
            auth=[
                DbProxyAuth(auth_scheme="SECRETS", iam_auth="REQUIRED", secret_arn=user.arn, description=service)
                for service, user in sorted(users.items())
            ],
        )
        DbProxyDefaultTargetGroup(
            self,
            "pool",
            db_proxy_name=proxy.name,
            connection_pool_config=DbProxyDefaultTargetGroupConnectionPoolConfig(
                max_connections_percent=90, max_idle_connections_percent=50, connection_borrow_timeout=10
            ),
        )
        DbProxyTarget(
            self,
            "target",
            db_proxy_name=proxy.name,
            target_group_name="default",
            db_instance_identifier=database.identifier,
        )
        self.connections.allow_to(database, "pass on what the services ask")
        self._proxy_id: str = TerraformLocal(self, "id", Fn.element(Fn.split(":", proxy.arn), 6)).as_string
        self.endpoint: str = proxy.endpoint
        self.variables = {**database.variables, "DATABASE_HOST": proxy.endpoint}

    def user(self, service: str) -> Resource:
        """The database user of one service, as the proxy knows it.

        https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connecting.html
        """
        return Resource(self.name, (self.deployment.arn("rds-db", f"dbuser:{self._proxy_id}/{service}"),))
