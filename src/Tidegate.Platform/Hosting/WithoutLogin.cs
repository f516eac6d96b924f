namespace Tidegate.Platform.Hosting;

/// <summary>Endpoint metadata: reachable without a login.</summary>
public sealed record WithoutLogin;
