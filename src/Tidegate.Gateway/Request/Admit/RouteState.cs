namespace Tidegate.Gateway.Request.Admit;

/// <summary>What a route remembers across snapshots: its limiters.</summary>
internal sealed class RouteState;
