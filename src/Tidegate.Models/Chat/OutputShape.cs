using System.Text.Json;

namespace Tidegate.Models.Chat;

/// <summary>Shape the answer must have: JSON of a schema, or any JSON object when there is none.</summary>
/// <param name="Name">Name of the schema; null when not said.</param>
/// <param name="Schema">JSON Schema as the caller wrote it; undefined: any JSON object.</param>
public sealed record OutputShape(string? Name, JsonElement Schema)
{
    /// <summary>For the model.</summary>
    public string? Description { get; init; }

    /// <summary>The schema holds exactly; null: not said.</summary>
    public bool? Strict { get; init; }
}
