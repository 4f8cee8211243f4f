"""The metrics of data stores, functions and APIs that our own platform does not have: one row a namespace.

Sources: the page named above each, and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/SupportedMetricsForResourceTagsForTelemetry.html
"""

from __future__ import annotations

from typing import Final

from planproof.reading.published import published

# https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
_FUNCTION: Final = published(
    "Invocations Errors DeadLetterErrors DestinationDeliveryFailures Throttles CPUThrottles MemoryThrottles "
    "DiskThrottles ConcurrencyThrottles OversizedRecordCount ProvisionedConcurrencyInvocations "
    "ProvisionedConcurrencySpilloverInvocations RecursiveInvocationsDropped SignatureValidationErrors Duration "
    "PostRuntimeExtensionsDuration IteratorAge OffsetLag ConcurrentExecutions ProvisionedConcurrentExecutions "
    "ProvisionedConcurrencyUtilization UnreservedConcurrentExecutions ClaimedAccountConcurrency AsyncEventsReceived "
    "AsyncEventAge AsyncEventsDropped PolledEventCount FilteredOutEventCount InvokedEventCount "
    "FailedInvokeEventCount DroppedEventCount OnFailureDestinationDeliveredEventCount DeletedEventCount "
    "CommittedEventCount PollingErrorCount InvokeErrorCount OnFailureDestinationDeliveryErrorCount "
    "SchemaRegistryErrorCount CommitErrorCount MaxOffsetLag SumOffsetLag ProvisionedPollers EventPollerUnit "
    # https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html
    "EventPollerThroughputInBytes UrlRequestCount Url4xxCount Url5xxCount UrlRequestLatency",
    "",
    "FunctionName",
    "FunctionName Resource",
    "FunctionName Resource ExecutedVersion",
    "FunctionName ExecutedVersion",
    "EventSourceMappingUUID",
    "EventSourceMappingUUID FunctionName",
    finer=("CapacityProviderName", "InstanceType"),
)

# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
_TABLE: Final = published(
    "AccountMaxReads AccountMaxTableLevelReads AccountMaxTableLevelWrites AccountMaxWrites "
    "AccountProvisionedReadCapacityUtilization AccountProvisionedWriteCapacityUtilization "
    "AgeOfOldestUnreplicatedRecord ConditionalCheckFailedRequests ConsumedChangeDataCaptureUnits "
    "ConsumedReadCapacityUnits ConsumedWriteCapacityUnits FailedToReplicateRecordCount "
    "FaultInjectionServiceInducedErrors MaxProvisionedTableReadCapacityUtilization "
    "MaxProvisionedTableWriteCapacityUtilization OnDemandMaxReadRequestUnits OnDemandMaxWriteRequestUnits "
    "OnlineIndexConsumedWriteCapacity OnlineIndexPercentageProgress OnlineIndexThrottleEvents "
    "PendingReplicationCount ProvisionedReadCapacityUnits ProvisionedWriteCapacityUnits "
    "ReadAccountLimitThrottleEvents ReadKeyRangeThroughputThrottleEvents ReadMaxOnDemandThroughputThrottleEvents "
    "ReadProvisionedThroughputThrottleEvents ReadThrottleEvents ReplicationLatency ReturnedBytes "
    "ReturnedItemCount ReturnedRecordsCount SuccessfulRequestLatency SystemErrors TimeToLiveDeletedItemCount "
    "ThrottledPutRecordCount ThrottledRequests TransactionConflict UserErrors WriteAccountLimitThrottleEvents "
    "WriteKeyRangeThroughputThrottleEvents WriteMaxOnDemandThroughputThrottleEvents "
    "WriteProvisionedThroughputThrottleEvents WriteThrottleEvents",
    "",
    "TableName",
    "Operation",
    finer=(
        "DelegatedOperation",
        "GlobalSecondaryIndexName",
        "Operation",
        "OperationType",
        "ReceivingRegion",
        "Source",
        "StreamLabel",
        "Verb",
    ),
)

# https://docs.aws.amazon.com/documentdb/latest/developerguide/cloud_watch.html
_DOCUMENTS: Final = published(
    "AvailableMVCCIds BackupRetentionPeriodStorageUsed BufferCacheHitRatio CPUCreditBalance CPUCreditUsage "
    "CPUSurplusCreditBalance CPUSurplusCreditsCharged CPUUtilization ChangeStreamLogSize "
    "DBClusterReplicaLagMaximum DBClusterReplicaLagMinimum DBInstanceReplicaLag DatabaseConnections "
    "DatabaseConnectionsActive DatabaseConnectionsLimit DatabaseConnectionsMax DatabaseCursors "
    "DatabaseCursorsLimit DatabaseCursorsMax DatabaseCursorsTimedOut DiskQueueDepth DocumentsDeleted "
    "DocumentsInserted DocumentsReturned DocumentsUpdated EngineUptime FreeLocalStorage FreeNVMeStorage "
    "FreeableMemory GlobalClusterDataTransferBytes GlobalClusterReplicatedWriteIO GlobalClusterReplicationLag "
    "IndexBufferCacheHitRatio LowMemNumOperationsThrottled LowMemNumOperationsTimedOut "
    "LowMemThrottleMaxQueueDepth LowMemThrottleQueueDepth NVMeStorageCacheHitRatio NetworkReceiveThroughput "
    "NetworkThroughput NetworkTransmitThroughput OpcountersCommand OpcountersDelete OpcountersGetmore "
    "OpcountersInsert OpcountersQuery OpcountersUpdate ReadIOPS ReadIOPSNVMeStorage ReadLatency "
    "ReadLatencyNVMeStorage ReadThroughput ReadThroughputNVMeStorage ServerlessDatabaseCapacity DCUUtilization "
    "SnapshotStorageUsed StorageNetworkReceiveThroughput StorageNetworkThroughput "
    "StorageNetworkTransmitThroughput SwapUsage TTLDeletedDocuments TotalBackupStorageBilled "
    "TransactionsAborted TransactionsCommitted TransactionsOpen TransactionsOpenLimit TransactionsOpenMax "
    "TransactionsStarted VolumeBytesUsed VolumeReadIOPs VolumeWriteIOPs WriteIOPS WriteIOPSNVMeStorage "
    "WriteLatency WriteLatencyNVMeStorage WriteThroughput WriteThroughputNVMeStorage",
    "",
    "DBClusterIdentifier",
    "DBClusterIdentifier Role",
    "DBClusterIdentifier SourceRegion",
    "DBInstanceIdentifier",
    "DatabaseClass",
    "EngineName",
    families=("Longest",),
)

# https://docs.aws.amazon.com/redshift/latest/mgmt/metrics-listing.html
_WAREHOUSE: Final = published(
    "CPUUtilization CommitQueueLength ConcurrencyScalingActiveClusters ConcurrencyScalingSeconds "
    "DatabaseConnections HealthStatus MaintenanceMode MaxConfiguredConcurrencyScalingClusters "
    "NetworkReceiveThroughput NetworkTransmitThroughput NumExceededSchemaQuotas PercentageDiskSpaceUsed "
    "PercentageQuotaUsed QueriesCompletedPerSecond QueryDuration QueryRuntimeBreakdown ReadIOPS ReadLatency "
    "ReadThroughput RedshiftManagedStorageTotalCapacity RgUniqueSnapshotStorage SchemaQuota StorageUsed "
    "TotalTableCount UsageLimitAvailable UsageLimitConsumed WLMQueriesCompletedPerSecond WLMQueryDuration "
    "WLMQueueLength WLMQueueWaitTime WLMRunningQueries WriteIOPS WriteLatency WriteThroughput",
    "",
    "ClusterIdentifier",
    finer=(
        "Database",
        "FeatureType",
        "NodeID",
        "QueryPriority",
        "QueueName",
        "Schema",
        "UsageLimitId",
        "latency",
        "service class",
        "stage",
        "wlmid",
    ),
)

# https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-cloudwatchmetrics.html
_SEARCH: Final = published(
    "2xx 3xx 4xx 5xx ActiveDataNode AutomatedSnapshotFailure AvgPointInTimeAliveTime BurstBalance CPUCreditBalance "
    "CPUUtilization ClusterIndexWritesBlocked ClusterStatus.green ClusterStatus.red ClusterStatus.yellow "
    "ClusterUsedSpace ComponentTemplateCount ConcurrentSearchLatency ConcurrentSearchRate "
    "CoordinatingWriteRejected CurrentPointInTime DataNodes DeletedDocuments DiskQueueDepth ElasticsearchRequests "
    "FollowerCheckPoint FreeStorageSpace HasActivePointInTime HasUsedPointInTime HighSwapUsage ISMPolicyCount "
    "InFlightFetches IndexingLatency IndexingRate InvalidHostHeaderRequests IopsThrottle JVMMemoryPressure "
    "KMSKeyError KMSKeyInaccessible LeaderCheckPoint MasterCPUCreditBalance MasterCPUUtilization "
    "MasterFreeStorageSpace MasterJVMMemoryPressure MasterOldGenJVMMemoryPressure MasterReachableFromNode "
    "MasterSysMemoryUtilization MaxProvisionedThroughput Nodes OldGenJVMMemoryPressure OpenContexts "
    "OpenSearchRequests PrimaryWriteRejected ReadIOPS ReadIOPSMicroBursting ReadLatency ReadThroughput "
    "ReadThroughputMicroBursting ReplicaWriteRejected RequestCount SearchLatency SearchRate "
    "SearchShardTaskCancelled SearchTaskCancelled SearchableDocuments SegmentCount ShardCount SnapshotCount "
    "SnapshotFailures SysMemoryUtilization TLSNegotiationError ThreadCount ThroughputThrottle TotalPointInTime "
    "TotalRemoteReindexCallsFailed TotalRemoteReindexCallsSucceeded VolumeStalledIOCheck WriteIOPS "
    "WriteIOPSMicroBursting WriteLatency WriteThroughput WriteThroughputMicroBursting",
    "ClientId DomainName",
    families=(
        "AD", "Alerting", "Async", "AutoFollow", "AutoTune", "CanMatch", "Cold", "Coordinator", "CrossCluster",
        "DataNodesShards.", "Dfs", "ESReporting", "EnforcedWorkload", "Expand", "Fetch", "Forecast",
        "HCForecaster", "Hot", "JVMGC", "KNN", "Kibana", "LTR", "ML", "Ml", "OpenContexts-", "OpenSearchDashboards",
        "OpensearchDashboards", "PPL", "Query", "Remote", "Replication", "SQL", "Scroll", "SearchIdle",
        "SearchPipeline", "Shards.", "SingleStream", "SoftWorkload", "Threadpool", "Took", "Warm", "Workload", "warm",
    ),
    finer=(
        "ActiveAZ", "AutotuningType", "ConnectionId", "InstanceId", "LeaderAlias", "NodeId", "Processor",
        "RemoteDomain", "Repository", "ShardRole", "TargetId",
    ),
)  # fmt: skip

# https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html (REST),
# http-api-metrics.html and apigateway-websocket-api-logging.html
_API: Final = published(
    "4XXError 5XXError CacheHitCount CacheMissCount Count IntegrationLatency Latency 4xx 5xx DataProcessed "
    "ClientError ConnectCount ExecutionError IntegrationError MessageCount",
    "",
    "ApiName",
    "ApiName Stage",
    "ApiName Method Resource Stage",
    "ApiId",
    "ApiId Stage",
    "ApiId Method Resource Stage",
    "ApiId Route Stage",
)

OTHERS: Final = {
    "AWS/Lambda": _FUNCTION,
    "AWS/DynamoDB": _TABLE,
    "AWS/DocDB": _DOCUMENTS,
    "AWS/Redshift": _WAREHOUSE,
    "AWS/ES": _SEARCH,
    "AWS/ApiGateway": _API,
}
