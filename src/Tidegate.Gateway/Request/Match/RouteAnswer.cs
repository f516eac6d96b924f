namespace Tidegate.Gateway.Request.Match;

/// <summary>An answer a route gives without asking a service. Identify and Admit have spoken before.</summary>
internal abstract class RouteAnswer
{
    /// <summary>Writes the answer.</summary>
    public abstract ValueTask WriteAsync(GatewayCall call);
}
