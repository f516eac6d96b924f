namespace Tidegate.Gateway.Request.Admit;

/// <summary>May this call go now: rates, calls in flight, body size.</summary>
internal sealed class AdmitStage
{
    /// <summary>False when the call was refused (413, 429).</summary>
    public ValueTask<bool> EnterAsync(GatewayCall call)
    {
        call.Priority = call.Caller.Model?.Config.Priority ?? call.Route.Config.Priority;
        return ValueTask.FromResult(true);
    }
}
