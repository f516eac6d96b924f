namespace Tidegate.Platform.Hosting;

/// <summary>Endpoint metadata: a token may come as the password of basic authentication (RFC 7617).</summary>
public sealed record BasicAccepted;
