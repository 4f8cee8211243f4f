"""The metrics that AWS publishes, with their dimensions: one row a namespace, each with its page.

The namespaces that our platform uses, and below those of other stores; a metric of another one is not judged.
"""

from __future__ import annotations

from typing import Final

from planproof.reading.metrics_of_stores import OTHERS
from planproof.reading.published import published

# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html and dimensions.html
_RDS: Final = published(
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
    # https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
    "AbortedClients ActiveTransactions AuroraBinlogReplicaLag AuroraDMLRejectedMasterFull "
    "AuroraDMLRejectedWriterFull AuroraEstimatedSharedMemoryBytes AuroraMemoryHealthState "
    "AuroraOptimizedReadsCacheHitRatio "
    "AuroraReplicaLagMaximum AuroraReplicaLagMinimum AuroraSlowConnectionHandleCount AuroraSlowHandshakeCount "
    "AuroraVolumeBytesLeftTotal AvailableStorage BackupRetentionPeriodStorageUsed BlockedTransactions "
    "BufferCacheHitRatio CommitLatency CommitThroughput DDLLatency DDLThroughput DMLLatency DMLThroughput "
    "DeleteLatency DeleteThroughput EngineUptime FreeEphemeralStorage InsertLatency InsertThroughput LoginFailures "
    "NetworkThroughput NumBinaryLogFiles OldestReadReplicaLag PurgeBoundary PurgeFinishedPoint Queries "
    "RDSToAuroraPostgreSQLReplicaLag "
    "ResultSetCacheHitRatio RollbackSegmentHistoryListLength RowLockTime SelectLatency SelectThroughput "
    "SnapshotStorageUsed StorageNetworkReceiveThroughput StorageNetworkThroughput StorageNetworkTransmitThroughput "
    "SumBinaryLogSize TempStorageIops TempStorageThroughput TotalBackupStorageBilled TransactionAgeMaximum "
    "TruncateFinishedPoint UpdateLatency UpdateThroughput VolumeReadIOPs VolumeWriteIOPs "
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
    "DbClusterIdentifier EngineName",
    families=("AuroraGlobalDB", "Aurora_pq_", "Forwarding"),
)

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
_BALANCER: Final = published(
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
    "LambdaTargetProcessedBytes LambdaUserError ActiveZonalShiftHostCount AppCookieNonStickinessCount "
    "ExcessiveLowReputationPackets StandardProcessedBytes",
    "LoadBalancer",
    "AvailabilityZone LoadBalancer",
    "LoadBalancer TargetGroup",
    "TargetGroup",
    "AvailabilityZone LoadBalancer TargetGroup",
    "AvailabilityZone TargetGroup",
    families=("TargetControl",),
)

# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
_ECS: Final = published(
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
_INSIGHTS: Final = published(
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
_SQS: Final = published(
    "ApproximateAgeOfOldestMessage ApproximateNumberOfGroupsWithInflightMessages ApproximateNumberOfMessagesDelayed "
    "ApproximateNumberOfMessagesNotVisible ApproximateNumberOfMessagesVisible NumberOfDeduplicatedSentMessages "
    "NumberOfEmptyReceives NumberOfMessagesDeleted NumberOfMessagesReceived NumberOfMessagesSent SentMessageSize "
    "ApproximateNumberOfNoisyGroups ApproximateAgeOfOldestMessageInQuietGroups "
    "ApproximateNumberOfMessagesDelayedInQuietGroups ApproximateNumberOfMessagesNotVisibleInQuietGroups "
    "ApproximateNumberOfMessagesVisibleInQuietGroups",
    "QueueName",
)

# https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html and CacheMetrics.Redis.html
_CACHE: Final = published(
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
    "NodeGroupId ReplicationGroupId",
    "CacheClusterId CacheNodeId Tier",
    "clusterId",
    families=(
        "Allocator", "BlockedConnections", "BytesReadInto", "BytesUsedFor", "BytesWrittenOut", "Cas", "ClusterBased",
        "Cmd", "CurrConfig", "CurrItemsWith", "DatabaseAuth", "Decr", "Delete", "Durability", "EvalBased", "Evicted",
        "Expired", "GeoSpatial", "Get", "HashBased", "HyperLogLog", "Incr", "JsonBased", "KeyBased", "ListBased",
        "MajorPage", "NetworkBaseline", "NetworkLinkLocal", "NewItems", "NonKeyType", "ProcessedCommands", "PubSub",
        "ReclaimedFields", "RejectedConnections", "Search", "SetBased", "SetType", "Slabs", "SortedSet",
        "StreamBased", "StringBased", "Touch", "UnusedMemory", "UsedMemory",
    ),
)  # fmt: skip

# https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
_NAT: Final = published(
    "ActiveConnectionCount BytesInFromDestination BytesInFromSource BytesOutToDestination BytesOutToSource "
    "ConnectionAttemptCount ConnectionEstablishedCount ErrorPortAllocation IdleTimeoutCount PacketsDropCount "
    "PacketsInFromDestination PacketsInFromSource PacketsOutToDestination PacketsOutToSource PeakBytesPerSecond "
    "PeakPacketsPerSecond",
    "NatGatewayId",
    "AvailabilityZone NatGatewayId",
)

# https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
_SNS: Final = published(
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
    **OTHERS,
}

# What people write for a namespace of AWS that is called otherwise; CloudWatch tells capitals apart.
MISNAMED: Final = {
    **{space.lower(): space for space in PUBLISHED},
    "aws/alb": "AWS/ApplicationELB",
    "aws/aurora": "AWS/RDS",
    "aws/documentdb": "AWS/DocDB",
    "aws/opensearch": "AWS/ES",
    "aws/opensearchservice": "AWS/ES",
}
