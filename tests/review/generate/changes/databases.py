"""Changes to the PostgreSQL instance and what belongs to it."""

from __future__ import annotations

from tests.review.generate.change import BLOCKED, HUMAN, SAFE, change
from tests.review.generate.stack import Stack

INSTANCE = "aws_db_instance.database_instance"
PARAMETERS = "aws_db_parameter_group.database_parameters"
UNPROTECTED = {"deletion_protection": False, "skip_final_snapshot": True, "backup_retention_period": 0}


@change(HUMAN, ("data-destroyed", INSTANCE))
def database_is_deleted(stack: Stack) -> None:
    """The database is taken out of the code; deletion protection and a final snapshot stand in the way."""
    stack.remove("database/instance")


@change(
    BLOCKED,
    ("data-destroyed", INSTANCE),
    ("protection-removed", "aws_backup_selection.backup_selection"),
    earlier={"database/instance": UNPROTECTED},
)
def database_is_deleted_without_a_trace(stack: Stack) -> None:
    """The database and its backup plan are removed after earlier changes gave up its protection and final snapshot."""
    stack.remove("backup/selection", "backup/plan", "database/instance")


@change(HUMAN, ("data-replaced", INSTANCE), ("downtime", INSTANCE))
def database_is_unencrypted(stack: Stack) -> None:
    """Storage encryption is switched off, which makes a new and empty instance."""
    stack.set("database/instance", storage_encrypted=False)
    stack.without("database/instance", "kms_key_id")


@change(HUMAN, ("data-replaced", INSTANCE), ("downtime", INSTANCE))
def database_gets_another_user(stack: Stack) -> None:
    """The master user is renamed, which makes a new and empty instance."""
    stack.set("database/instance", username="payflow_owner")


@change(
    BLOCKED,
    ("data-replaced", INSTANCE),
    ("downtime", INSTANCE),
    earlier={"database/instance": UNPROTECTED},
)
def database_gets_another_name_without_backups(stack: Stack) -> None:
    """The initial database is renamed, which replaces an instance that has neither snapshot nor backups."""
    stack.remove("backup/selection", "backup/plan")
    stack.set("database/instance", db_name="payments")


@change(HUMAN, ("downtime", INSTANCE))
def database_is_renamed(stack: Stack) -> None:
    """The instance gets another identifier: its address changes, and whoever holds the old one loses it."""
    stack.set("database/instance", identifier="payflow-books-staging")


@change(HUMAN, ("data-replaced", INSTANCE), ("downtime", INSTANCE))
def database_key_is_replaced(stack: Stack) -> None:
    """The database is encrypted with another key, which makes a new and empty instance."""
    stack.set("database/instance", kms_key_id=f"${{{stack.address('backup-key/key')}.arn}}")


@change(HUMAN, ("downtime", INSTANCE), ("deleted", PARAMETERS))
def database_parameters_are_removed(stack: Stack) -> None:
    """The own parameter group is given up for the default one, which needs a reboot."""
    stack.set("database/instance", parameter_group_name="default.postgres16")
    stack.remove("database/parameters")


@change(HUMAN, ("downtime", PARAMETERS))
def database_parameter_needs_a_reboot(stack: Stack) -> None:
    """Another library is loaded at the start: it takes effect with the next reboot only."""
    _parameter(stack, "shared_preload_libraries", "pg_stat_statements,pgaudit,pg_cron")


@change(SAFE, ("updated", PARAMETERS))
def database_parameter_works_at_once(stack: Stack) -> None:
    """Statements are logged when they take two seconds rather than one, at once and without a reboot."""
    _parameter(stack, "log_min_duration_statement", "2000")


@change(HUMAN, ("protection-removed", PARAMETERS))
def database_accepts_plain_connections(stack: Stack) -> None:
    """Connections without TLS are let in."""
    _parameter(stack, "rds.force_ssl", "0")


@change(HUMAN, ("downtime", INSTANCE), ("cost-up", INSTANCE))
def database_grows_in_its_window(stack: Stack) -> None:
    """A larger instance class is taken in the next maintenance window."""
    stack.set("database/instance", instance_class="db.r6g.large")


@change(HUMAN, ("downtime", INSTANCE), ("cost-up", INSTANCE))
def database_grows_at_once(stack: Stack) -> None:
    """A larger instance class is taken at once, in the middle of the day."""
    stack.set("database/instance", instance_class="db.r6g.large", apply_immediately=True)


@change(HUMAN, ("downtime", INSTANCE), ("cost-down", INSTANCE))
def database_shrinks(stack: Stack) -> None:
    """A smaller instance class is taken in the next maintenance window."""
    stack.set("database/instance", instance_class="db.t4g.small")


@change(SAFE, ("updated", INSTANCE), ("cost-up", INSTANCE))
def database_storage_grows(stack: Stack) -> None:
    """The disk grows from 50 to 80 GiB, which RDS does while it runs."""
    stack.set("database/instance", allocated_storage=80)


@change(HUMAN, ("downtime", INSTANCE))
def database_gets_a_minor_version(stack: Stack) -> None:
    """PostgreSQL 16.9 becomes 16.10 in the maintenance window."""
    stack.set("database/instance", engine_version="16.10")


@change(HUMAN, ("downtime", INSTANCE))
def database_gets_a_major_version(stack: Stack) -> None:
    """PostgreSQL 16 becomes 17 with a parameter group of the new family: an outage with no way back but a restore."""
    stack.set("database/parameters", family="postgres17", name="payflow-database-17-staging")
    stack.part("database/parameters")["lifecycle"] = {"create_before_destroy": True}
    stack.set("database/instance", engine_version="17.5", allow_major_version_upgrade=True)


@change(HUMAN, ("protection-removed", INSTANCE), ("cost-down", INSTANCE))
def database_loses_its_standby(stack: Stack) -> None:
    """Multi-AZ is switched off: the failure of one zone stops payments."""
    stack.set("database/instance", multi_az=False)


@change(HUMAN, ("protection-removed", INSTANCE), ("downtime", INSTANCE))
def database_loses_its_backups(stack: Stack) -> None:
    """Automated backups are switched off, which deletes those there are and restarts the instance."""
    stack.set("database/instance", backup_retention_period=0)


@change(HUMAN, ("protection-removed", INSTANCE))
def database_backups_are_kept_shorter(stack: Stack) -> None:
    """Automated backups are kept for 3 days rather than 14."""
    stack.set("database/instance", backup_retention_period=3)


@change(SAFE, ("protection-added", INSTANCE))
def database_backups_are_kept_longer(stack: Stack) -> None:
    """Automated backups are kept for 35 days rather than 14."""
    stack.set("database/instance", backup_retention_period=35)


@change(HUMAN, ("protection-removed", INSTANCE))
def database_may_be_deleted(stack: Stack) -> None:
    """Deletion protection is switched off."""
    stack.set("database/instance", deletion_protection=False)


@change(HUMAN, ("protection-removed", INSTANCE))
def database_leaves_no_snapshot(stack: Stack) -> None:
    """No final snapshot will be made when the instance is deleted one day."""
    stack.set("database/instance", skip_final_snapshot=True)


@change(HUMAN, ("access-widened", INSTANCE))
def database_gets_a_public_address(stack: Stack) -> None:
    """The instance is made publicly accessible; its group and its subnets still let nobody in."""
    stack.set("database/instance", publicly_accessible=True)


@change(HUMAN, ("protection-removed", INSTANCE))
def database_passwords_come_back(stack: Stack) -> None:
    """Login with IAM is switched off."""
    stack.set("database/instance", iam_database_authentication_enabled=False)


@change(HUMAN, ("protection-removed", INSTANCE))
def database_log_is_not_exported(stack: Stack) -> None:
    """The PostgreSQL log is no longer sent to CloudWatch."""
    stack.set("database/instance", enabled_cloudwatch_logs_exports=["upgrade"])


@change(SAFE, ("updated", INSTANCE))
def database_window_is_moved(stack: Stack) -> None:
    """Maintenance is done on Tuesdays rather than Sundays."""
    stack.set("database/instance", maintenance_window="tue:02:30-tue:03:30")


@change(HUMAN, ("data-destroyed", "aws_db_instance.database-readers_replica-1"), environment="prod")
def read_replica_is_deleted(stack: Stack) -> None:
    """The read replica of prod is taken out of the code: the books stay where they are, reports lose their source."""
    stack.remove("database-readers/replica-1")


def _parameter(stack: Stack, name: str, value: str) -> None:
    found = next(item for item in stack.part("database/parameters")["parameter"] if item["name"] == name)
    found["value"] = value
