using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Routes;

/// <summary>Answers with a redirect. Parts left out are taken from the request.</summary>
public sealed record RedirectConfig
{
    /// <summary>301, 302, 303, 307 or 308. Default 308.</summary>
    [AllowedValues(301, 302, 303, 307, 308)]
    public int Status { get; init; } = 308;

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>Host, with port where needed.</summary>
    public string? Host { get; init; }

    /// <summary>Path template; may use the parameters of <c>match.path</c>: <c>/new/{id}</c>.</summary>
    public string? Path { get; init; }
}
