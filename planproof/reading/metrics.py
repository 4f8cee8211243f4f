"""The metrics that AWS publishes, with their dimensions: one row a namespace, each with its page.

Only the namespaces that platforms like ours use; a metric of another namespace is not judged.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Published(Struct, frozen=True):
    """The metrics of one namespace, and the sets of dimensions under which they are kept."""

    metrics: frozenset[str]
    dimensions: frozenset[frozenset[str]]


def _published(metrics: str, *dimensions: str) -> Published:
    return Published(frozenset(metrics.split()), frozenset(frozenset(one.split()) for one in dimensions))


# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html and dimensions.html
_RDS: Final = _published(
    "BinLogDiskUsage BurstBalance CheckpointLag ConnectionAttempts CPUUtilization CPUCreditUsage CPUCreditBalance "
    "CPUSurplusCreditBalance CPUSurplusCreditsCharged DatabaseConnections DiskQueueDepth DiskQueueDepthLogVolume "
    "EBSByteBalance% EBSIOBalance% FailedSQLServerAgentJobsCount FreeableMemory FreeLocalStorage "
    "FreeLocalStoragePercent FreeStorageSpace FreeStorageSpaceLogVolume MaximumUsedTransactionIDs "
    "NetworkReceiveThroughput NetworkTransmitThroughput OldestLogicalReplicationSlotLag OldestReplicationSlotLag "
    "ReadIOPS ReadIOPSLocalStorage ReadIOPSLogVolume ReadLatency ReadLatencyLocalStorage ReadLatencyLogVolume "
    "ReadThroughput ReadThroughputLogVolume ReadThroughputLocalStorage ReplicaLag ReplicationChannelLag "
    "ReplicationSlotDiskUsage SwapUsage TransactionLogsDiskUsage TransactionLogsGeneration WriteIOPS "
    "WriteIOPSLocalStorage WriteIOPSLogVolume WriteLatency WriteLatencyLocalStorage WriteLatencyLogVolume "
    "WriteThroughput WriteThroughputLogVolume WriteThroughputLocalStorage DBLoad DBLoadCPU DBLoadNonCPU "
    "DBLoadRelativeToNumVCPUs AuroraReplicaLag Deadlocks VolumeBytesUsed ServerlessDatabaseCapacity ACUUtilization "
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html
    "AvailabilityPercentage ClientConnections ClientConnectionsClosed ClientConnectionsSetupSucceeded "
    "DatabaseConnectionRequests DatabaseConnectionsBorrowLatency DatabaseConnectionsCurrentlyBorrowed "
    "DatabaseConnectionsCurrentlySessionPinned DatabaseConnectionsSetupFailed QueryRequests "
    "MaxDatabaseConnectionsAllowed QueryDatabaseResponseLatency",
    "",
    "DBInstanceIdentifier",
    "DBClusterIdentifier",
    "DBClusterIdentifier Role",
    "DatabaseClass",
    "EngineName",
    "SourceRegion",
    "ProxyName",
    "ProxyName Target TargetGroup",
    "ProxyName TargetGroup",
    "ProxyName TargetGroup TargetRole",
    "ProxyName EndpointName",
)

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
_BALANCER: Final = _published(
    "ActiveConnectionCount BYoIPUtilPercentage ClientTLSNegotiationErrorCount ConsumedLCUs "
    "DesyncMitigationMode_NonCompliant_Request_Count "
    "DroppedInvalidHeaderRequestCount MitigatedHostCount ForwardedInvalidHeaderRequestCount GrpcRequestCount "
    "HTTP_Fixed_Response_Count HTTP_Redirect_Count HTTP_Redirect_Url_Limit_Exceeded_Count HTTPCode_ELB_3XX_Count "
    "HTTPCode_ELB_4XX_Count HTTPCode_ELB_5XX_Count HTTPCode_ELB_500_Count HTTPCode_ELB_502_Count "
    "HTTPCode_ELB_503_Count HTTPCode_ELB_504_Count HTTPCode_Target_2XX_Count HTTPCode_Target_3XX_Count "
    "HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count HealthyHostCount HealthyStateDNS HealthyStateRouting "
    "IPv6ProcessedBytes IPv6RequestCount LowReputationPacketsDropped LowReputationRequestsDenied "
    "NewConnectionCount NonStickyRequestCount PeakLCUs ProcessedBytes RejectedConnectionCount RequestCount "
    "RequestCountPerTarget ReservedLCUs RuleEvaluations AnomalousHostCount TargetConnectionErrorCount "
    "TargetResponseTime TargetTLSNegotiationErrorCount UnHealthyHostCount UnhealthyStateDNS UnhealthyStateRouting "
    "UnhealthyRoutingRequestCount ZonalShiftedHostCount ELBAuthError ELBAuthFailure ELBAuthLatency "
    "ELBAuthRefreshTokenSuccess ELBAuthSuccess ELBAuthUserClaimsSizeExceeded LambdaInternalError "
    "LambdaTargetProcessedBytes LambdaUserError",
    "LoadBalancer",
    "AvailabilityZone LoadBalancer",
    "LoadBalancer TargetGroup",
    "TargetGroup",
    "AvailabilityZone LoadBalancer TargetGroup",
    "AvailabilityZone TargetGroup",
)

# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
_ECS: Final = _published(
    "CPUReservation CPUUtilization MemoryReservation MemoryUtilization EBSFilesystemUtilization GPUReservation "
    "ActiveConnectionCount NewConnectionCount ProcessedBytes RequestCount GrpcRequestCount HTTPCode_Target_2XX_Count "
    "HTTPCode_Target_3XX_Count HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count RequestCountPerTarget "
    "TargetProcessedBytes TargetResponseTime ClientTLSNegotiationErrorCount TargetTLSNegotiationErrorCount",
    "ClusterName",
    "ClusterName ServiceName",
    "DiscoveryName",
    "DiscoveryName ServiceName ClusterName",
    "TargetDiscoveryName",
    "TargetDiscoveryName ServiceName ClusterName",
)

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
_INSIGHTS: Final = _published(
    "ContainerInstanceCount CpuReserved CpuUtilized DeploymentCount DesiredTaskCount EBSFilesystemSize "
    "EBSFilesystemUtilized EphemeralStorageReserved EphemeralStorageUtilized MemoryReserved MemoryUtilized "
    "NetworkRxBytes NetworkTxBytes PendingTaskCount RestartCount RunningTaskCount ServiceCount StorageReadBytes "
    "StorageWriteBytes TaskCount TaskSetCount TaskCpuUtilization TaskMemoryUtilization ContainerCpuUtilization "
    "ContainerMemoryUtilization UnHealthyContainerHealthStatus",
    "ClusterName",
    "ClusterName ServiceName",
    "ClusterName TaskDefinitionFamily",
    "ClusterName ServiceName TaskId",
    "ClusterName ServiceName TaskId ContainerName",
)

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
_SQS: Final = _published(
    "ApproximateAgeOfOldestMessage ApproximateNumberOfGroupsWithInflightMessages ApproximateNumberOfMessagesDelayed "
    "ApproximateNumberOfMessagesNotVisible ApproximateNumberOfMessagesVisible NumberOfDeduplicatedSentMessages "
    "NumberOfEmptyReceives NumberOfMessagesDeleted NumberOfMessagesReceived NumberOfMessagesSent SentMessageSize "
    "ApproximateNumberOfNoisyGroups",
    "QueueName",
)

# https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html and CacheMetrics.Redis.html
_CACHE: Final = _published(
    "CPUUtilization CPUCreditBalance CPUCreditUsage FreeableMemory NetworkBytesIn NetworkBytesOut NetworkPacketsIn "
    "NetworkPacketsOut NetworkBandwidthInAllowanceExceeded NetworkConntrackAllowanceExceeded "
    "NetworkBandwidthOutAllowanceExceeded NetworkPacketsPerSecondAllowanceExceeded NetworkMaxBytesIn "
    "NetworkMaxBytesOut NetworkMaxPacketsIn NetworkMaxPacketsOut SwapUsage ActiveDefragHits "
    "AuthenticationFailures BytesUsedForCache BytesReadFromDisk BytesWrittenToDisk CacheHits CacheMisses "
    "CommandAuthorizationFailures CacheHitRate ChannelAuthorizationFailures CurrConnections CurrItems "
    "CurrVolatileItems DatabaseCapacityUsagePercentage DatabaseCapacityUsageCountedForEvictPercentage "
    "DatabaseMemoryUsagePercentage DatabaseMemoryUsageCountedForEvictPercentage DB0AverageTTL EngineCPUUtilization "
    "Evictions GlobalDatastoreReplicationLag IamAuthenticationExpirations IamAuthenticationThrottling "
    "IsMaster IsPrimary KeyAuthorizationFailures KeysTracked MemoryFragmentationRatio NewConnections "
    "NumItemsReadFromDisk "
    "NumItemsWrittenToDisk MasterLinkHealthStatus PrimaryLinkHealthStatus Reclaimed ReplicationBytes ReplicationLag "
    "SaveInProgress TrafficManagementActive SuccessfulReadRequestLatency SuccessfulWriteRequestLatency ErrorCount "
    "ElastiCacheProcessingUnits TotalCmdsCount ThrottledCmds",
    "CacheClusterId",
    "CacheClusterId CacheNodeId",
    "ReplicationGroupId",
    "ReplicationGroupId Role",
    "clusterId",
)

# https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
_NAT: Final = _published(
    "ActiveConnectionCount BytesInFromDestination BytesInFromSource BytesOutToDestination BytesOutToSource "
    "ConnectionAttemptCount ConnectionEstablishedCount ErrorPortAllocation IdleTimeoutCount PacketsDropCount "
    "PacketsInFromDestination PacketsInFromSource PacketsOutToDestination PacketsOutToSource PeakBytesPerSecond "
    "PeakPacketsPerSecond",
    "NatGatewayId",
)

# https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
_SNS: Final = _published(
    "NumberOfMessagesPublished NumberOfNotificationsDelivered NumberOfNotificationsFailed "
    "NumberOfNotificationsFilteredOut NumberOfNotificationsFilteredOut-InvalidAttributes "
    "NumberOfNotificationsFilteredOut-NoMessageAttributes NumberOfNotificationsRedrivenToDlq "
    "NumberOfNotificationsFailedToRedriveToDlq PublishSize SMSMonthToDateSpentUSD SMSSuccessRate",
    "TopicName",
    "Application",
    "PhoneNumber",
)

PUBLISHED: Final = {
    "AWS/RDS": _RDS,
    "AWS/ApplicationELB": _BALANCER,
    "AWS/ECS": _ECS,
    "ECS/ContainerInsights": _INSIGHTS,
    "AWS/SQS": _SQS,
    "AWS/ElastiCache": _CACHE,
    "AWS/NATGateway": _NAT,
    "AWS/SNS": _SNS,
}
