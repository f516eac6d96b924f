using System.Text.Json;

namespace Tidegate.Prompts;

/// <summary>Body of a dry run.</summary>
/// <param name="Version">Version to render; null for the one in force.</param>
/// <param name="Variables">Values by name; left out for none.</param>
internal sealed record RenderBody(string? Version, JsonElement? Variables);
