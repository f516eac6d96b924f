using System.Text.Json;

namespace Tidegate.Core.Resources.Prompts;

/// <summary>Values of variables that show how a version is called.</summary>
public sealed record PromptExampleConfig
{
    /// <summary>Its name: small letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Values by name.</summary>
    public required JsonElement Variables { get; init; }
}
