namespace Tidegate.Core.Resources.Services;

/// <summary>How a destination is probed.</summary>
public enum ProbeType
{
    /// <summary>GET of a path.</summary>
    Http,
    /// <summary>A connection that opens.</summary>
    Tcp,
    /// <summary><c>grpc.health.v1.Health/Check</c>.</summary>
    Grpc,
}
