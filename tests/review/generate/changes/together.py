"""Many changes in one plan, as a release brings them: each has to be named, and the worst one decides.

Members are changes of the other files that touch different resources.
"""

from __future__ import annotations

from tests.review.generate.change import Change, together
from tests.review.generate.changes import (
    buckets,
    caches,
    combined,
    databases,
    entrance,
    harmless,
    moves,
    network,
    permissions,
    secrets,
    services,
    stores,
    watching,
)

PROTECTION_IS_WORN_AWAY: Change = together(
    "protection-is-worn-away",
    "Sixteen protections become weaker in one release; no store is touched.",
    databases.database_may_be_deleted,
    caches.cache_loses_its_snapshots,
    stores.queue_forgets_sooner,
    stores.key_is_not_rotated,
    stores.images_can_be_overwritten,
    stores.backups_are_kept_shorter,
    watching.log_gives_up_our_key,
    watching.trail_cannot_be_proved,
    watching.guardduty_is_suspended,
    watching.alarm_is_silenced,
    watching.budget_tells_nobody,
    entrance.firewall_only_counts,
    entrance.balancer_may_be_deleted,
    services.service_is_not_rolled_back,
    buckets.bucket_forgets_old_versions,
    buckets.trail_is_kept_shorter,
)

PROTECTION_IS_REMOVED: Change = together(
    "protection-is-removed",
    "Twenty-five protections are removed in one release: snapshots, backups, alarms, audit, firewall and logs.",
    databases.database_leaves_no_snapshot,
    caches.cache_does_not_fail_over,
    stores.queue_accepts_plain_http,
    stores.key_can_be_deleted_within_a_week,
    stores.backups_are_stopped,
    stores.backups_can_be_deleted,
    watching.trail_covers_one_region,
    watching.guardduty_is_deleted,
    watching.alarm_comes_too_late,
    watching.customers_alarm_is_deleted,
    watching.nobody_is_alerted,
    watching.root_login_goes_unnoticed,
    watching.standard_is_not_checked,
    watching.configuration_is_not_recorded,
    network.traffic_is_not_recorded,
    entrance.firewall_is_taken_away,
    entrance.balancer_is_not_logged,
    entrance.old_tls_is_accepted,
    entrance.plain_http_is_forwarded,
    services.containers_are_not_measured,
    buckets.bucket_accepts_plain_http,
    buckets.bucket_gives_up_our_key,
    buckets.account_may_have_public_buckets,
    buckets.bucket_may_be_public,
    permissions.payments_loses_its_boundary,
)

MAINTENANCE_WEEKEND: Change = together(
    "maintenance-weekend",
    "Database and cache get new versions, the load balancer and a target group are made anew, payments is stopped.",
    databases.database_gets_a_minor_version,
    caches.cache_gets_a_new_version,
    entrance.balancer_becomes_internal,
    entrance.target_port_is_changed,
    services.service_is_stopped,
)

MAJOR_UPGRADE: Change = together(
    "major-upgrade",
    "PostgreSQL 17, larger cache nodes, a renamed service and a subnet with other addresses.",
    databases.database_gets_a_major_version,
    caches.cache_grows,
    services.service_is_renamed,
    network.subnet_gets_other_addresses,
)

ACCESS_IS_WIDENED: Change = together(
    "access-is-widened",
    "Fourteen doors and permissions are opened further, none of them to everybody.",
    databases.database_gets_a_public_address,
    network.database_is_open_to_the_office,
    caches.cache_user_may_do_everything,
    network.ledger_may_call_anybody,
    network.access_list_lets_everybody_in,
    network.database_subnet_gets_a_way_out,
    network.endpoint_serves_any_account,
    services.service_moves_to_the_public_subnets,
    permissions.payments_may_pass_any_role,
    permissions.another_account_becomes_payments,
    permissions.any_branch_deploys,
    permissions.boundary_lets_roles_be_changed,
    permissions.ledger_becomes_administrator,
    buckets.bucket_is_read_by_another_account,
)

ANYONE_MAY_COME: Change = together(
    "anyone-may-come",
    "Cache, database and a way to log in are opened to the internet, and a queue to every account.",
    network.cache_is_open_to_the_internet,
    network.database_is_put_on_the_internet,
    network.ssh_is_open_to_the_internet,
    stores.queue_is_open_to_anyone,
)

STORES_ARE_GIVEN_UP: Change = together(
    "stores-are-given-up",
    "Cache, key, secret, images, backups and audit records are given up; for each there is a way back.",
    caches.cache_is_deleted,
    stores.key_is_deleted,
    stores.secret_is_deleted,
    stores.images_are_deleted,
    stores.vault_is_deleted,
    buckets.trail_bucket_is_deleted,
)

STORES_ARE_LOST: Change = together(
    "stores-are-lost",
    "Cache, database, secret, access logs, dead letters and a log are given up with no way back.",
    caches.cache_is_deleted_without_a_trace,
    databases.database_gets_another_name_without_backups,
    stores.secret_is_deleted_at_once,
    buckets.access_logs_are_emptied_and_deleted,
    stores.dead_letters_are_deleted,
    watching.log_is_deleted,
)

STORES_ARE_MADE_ANEW: Change = together(
    "stores-are-made-anew",
    "Database, cache and the bucket of the audit trail are made anew and empty, each by one harmless-looking setting.",
    databases.database_key_is_replaced,
    caches.cache_is_unencrypted_at_rest,
    buckets.trail_bucket_is_renamed,
)

HOUSEKEEPING: Change = together(
    "housekeeping",
    "Nineteen changes that nobody has to be asked about.",
    databases.database_storage_grows,
    databases.database_window_is_moved,
    databases.database_backups_are_kept_longer,
    databases.database_parameter_works_at_once,
    caches.cache_parameter_is_tuned,
    stores.backups_are_kept_longer,
    buckets.trail_is_kept_longer,
    watching.log_is_kept_longer,
    entrance.balancer_waits_longer,
    entrance.health_is_asked_elsewhere,
    entrance.certificate_is_replaced,
    services.environment_variable_is_added,
    services.most_tasks_are_more,
    services.service_grows_in_the_evening,
    harmless.alarm_is_added,
    harmless.budget_is_raised,
    network.entrance_is_open_to_the_office_only,
    permissions.payments_asks_the_queue_nothing,
    permissions.deployment_may_not_touch_data,
)

SECRETS_EVERYWHERE: Change = together(
    "secrets-everywhere",
    "Six secrets in one plan: in a task's environment, in an output, in a parameter and in the code.",
    secrets.secret_token,
    secrets.secret_private_key,
    secrets.secret_password,
    secrets.secret_in_an_output,
    secrets.secret_in_a_parameter,
    secrets.secret_version_is_written,
)

SAVINGS: Change = together(
    "savings",
    "Smaller database, one cache node, smaller and fewer tasks, no NAT, one endpoint and one service less.",
    databases.database_shrinks,
    caches.cache_loses_its_replica,
    services.tasks_shrink,
    services.fewest_tasks_are_one,
    network.way_out_is_removed,
    network.endpoint_is_removed,
    combined.a_service_is_given_up,
)

ROADS_ARE_CLOSED: Change = together(
    "roads-are-closed",
    "Payments loses its database and its customers, the trail its key; nobody is let in who was not before.",
    network.payments_loses_its_database,
    stores.key_is_closed_to_the_trail,
    entrance.route_to_payments_is_removed,
    services.service_does_not_scale_with_its_cpu,
)

NAMES_ARE_CHANGED: Change = together(
    "names-are-changed",
    "Payments is renamed with moved blocks, the dashboard and the queue without: the queue is lost.",
    moves.service_is_moved,
    moves.dashboard_is_called_otherwise_without_a_word,
    moves.queue_is_called_otherwise_without_a_word,
)

HARDENING_IS_UNDONE: Change = together(
    "hardening-is-undone",
    "Twelve settings that an auditor asks for are taken back.",
    databases.database_accepts_plain_connections,
    databases.database_passwords_come_back,
    databases.database_log_is_not_exported,
    databases.database_backups_are_kept_shorter,
    caches.cache_accepts_plain_connections,
    entrance.balancer_passes_invalid_headers,
    network.only_refused_traffic_is_recorded,
    permissions.payments_may_use_every_queue,
    services.task_becomes_root,
    services.service_is_deployed_all_at_once,
    watching.trail_is_deleted,
    watching.topic_is_deleted,
)

NEW_NAMES: Change = together(
    "new-names",
    "Database and load balancer get other names, the cache loses TLS and its users, tasks become larger and more.",
    databases.database_is_renamed,
    databases.database_parameters_are_removed,
    caches.cache_is_unencrypted_in_transit,
    entrance.balancer_is_renamed,
    services.tasks_grow,
    services.service_starts_more_tasks,
)
