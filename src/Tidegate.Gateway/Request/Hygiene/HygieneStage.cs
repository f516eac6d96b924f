namespace Tidegate.Gateway.Request.Hygiene;

/// <summary>Refuses what no route should ever see: smuggling shapes, control bytes, conflicting framing (RFC 9112 §11.2, RFC 9110 §5.5).</summary>
internal sealed class HygieneStage
{
    /// <summary>False when the call was refused.</summary>
    public bool Check(GatewayCall call) => call.Refusal is null;
}
