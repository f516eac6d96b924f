using System.Text.Json;

namespace Tidegate.Models.Chat;

/// <summary>A tool the model may call.</summary>
/// <param name="Name">Name.</param>
/// <param name="Description">What it does; null when the caller gave none.</param>
/// <param name="Schema">JSON Schema of the arguments, as the caller wrote it; undefined when none was given.</param>
public sealed record ToolDefinition(string Name, string? Description, JsonElement Schema)
{
    /// <summary>The arguments must follow the schema exactly; null: not said.</summary>
    public bool? Strict { get; init; }

    /// <summary>See <see cref="Part.CacheHint"/>.</summary>
    public string? CacheHint { get; init; }
}
