namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>A count of one partition.</summary>
internal interface IPartition
{
    /// <summary>Whose count it is.</summary>
    PartitionKey Key { get; }
}
