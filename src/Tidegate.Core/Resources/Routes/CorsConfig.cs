using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes;

/// <summary>Cross-origin rules (Fetch standard). The gateway answers preflights itself.</summary>
public sealed record CorsConfig
{
    /// <summary>Origins allowed, <c>https://app.example.com</c> or <c>*</c>.</summary>
    [MinLength(1)]
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>Methods allowed. Default: the route's methods, or any.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Request headers allowed. Default: those asked for.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Response headers scripts may read.</summary>
    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];

    /// <summary>Cookies and credentials allowed; not together with origin <c>*</c>. Default false.</summary>
    public bool Credentials { get; init; }

    /// <summary>How long a preflight may be kept. Default 10 min.</summary>
    [DurationRange("0s", "1d")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(10);
}
