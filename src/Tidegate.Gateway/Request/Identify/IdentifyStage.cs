namespace Tidegate.Gateway.Request.Identify;

/// <summary>Who calls, and may they call this route.</summary>
internal sealed class IdentifyStage
{
    /// <summary>False when the call was refused (401, 403).</summary>
    public ValueTask<bool> CheckAsync(GatewayCall call) => ValueTask.FromResult(call.Refusal is null);
}
