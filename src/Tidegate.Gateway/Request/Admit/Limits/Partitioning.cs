using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>Whose count a call belongs to.</summary>
internal static class Partitioning
{
    private static readonly PartitionKey Everybody = new("", 0);

    /// <summary>The partition of a call.</summary>
    public static PartitionKey KeyOf(GatewayCall call, LimitKey by, string? header) => by switch
    {
        LimitKey.Consumer when call.Caller.Consumer.Length > 0 => PartitionKey.Of(call.Caller.Consumer),
        LimitKey.Key when call.Caller.KeyId.Length > 0 => PartitionKey.Of(call.Caller.KeyId),
        LimitKey.Route => Everybody,
        LimitKey.Header => PartitionKey.Of(call.Http.Request.Headers[header ?? ""].ToString()),
        _ => PartitionKey.Of(call.ClientAddress),
    };
}
