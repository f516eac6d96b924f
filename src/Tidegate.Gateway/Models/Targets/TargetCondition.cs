using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>Which calls a target takes.</summary>
internal static class TargetCondition
{
    /// <summary>True when all that the document says holds.</summary>
    public static bool Holds(TargetModel target, GatewayCall call, ModelCall model)
    {
        if (target.Config.When is not { } when) return true;
        var tokens = model.EstimatedTokens;
        if (tokens < when.MinTokens || (when.MaxTokens > 0 && tokens > when.MaxTokens)) return false;
        if (when.Tools is { } tools && tools != model.Scan.HasTools) return false;
        if (when.Images is { } images && images != model.Scan.HasImages) return false;
        if (when.Consumers.Count > 0 && !when.Consumers.Contains(call.Caller.Consumer, StringComparer.Ordinal)) return false;
        foreach (var header in target.Headers)
            if (!header.HoldsIn(call.Http.Request.Headers)) return false;
        return true;
    }
}
