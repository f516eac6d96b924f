using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Services;

/// <summary>A fixed answer.</summary>
public sealed record StaticResponseConfig
{
    /// <summary>Status. Default 200.</summary>
    [Range(200, 599)]
    public int Status { get; init; } = 200;

    /// <summary>Body text. Default empty.</summary>
    public string Body { get; init; } = "";

    /// <summary>Default <c>application/json</c>.</summary>
    public string ContentType { get; init; } = "application/json";
}
