using System.Text.Json;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Prompts;

/// <summary>A prompt, as the API shows it.</summary>
/// <param name="Name">Name in the document.</param>
/// <param name="Description">What it is for; null when nobody said.</param>
/// <param name="Path">Path it is published at.</param>
/// <param name="Release">Version in force.</param>
/// <param name="Versions">All versions, in the order of the document.</param>
public sealed record PromptEntry(string Name, string? Description, string Path, string Release, IReadOnlyList<PromptVersionEntry> Versions)
{
    internal static PromptEntry Of(Resource<PromptConfig> prompt) => new(
        prompt.Metadata.Name, prompt.Spec.Description, PromptPath.Of(prompt.Metadata.Name, prompt.Spec), prompt.Spec.Release, [.. prompt.Spec.Versions.Select(PromptVersionEntry.Of)]);
}

/// <summary>A version of it.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Description">What is new in it; null when nobody said.</param>
/// <param name="Model">Model alias that answers.</param>
/// <param name="Canary">Share of the calls that pin no version, while it is not released; null for none.</param>
/// <param name="Variables">Its variables.</param>
public sealed record PromptVersionEntry(string Version, string? Description, string Model, double? Canary, IReadOnlyList<PromptVariableEntry> Variables)
{
    internal static PromptVersionEntry Of(PromptVersionConfig version) =>
        new(version.Version, version.Description, version.Model, version.Canary, [.. version.Variables.Select(PromptVariableEntry.Of)]);
}

/// <summary>A variable of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><c>string</c>, <c>number</c>, <c>integer</c>, <c>boolean</c>, <c>enum</c>, <c>array</c> or <c>object</c>.</param>
/// <param name="Required">Calls must give it.</param>
/// <param name="Description">What to put there; null when nobody said.</param>
public sealed record PromptVariableEntry(string Name, string Type, bool Required, string? Description)
{
    internal static PromptVariableEntry Of(VariableConfig variable) =>
        new(variable.Name, JsonNamingPolicy.CamelCase.ConvertName(variable.Type.ToString()), variable.Required && variable.Default is null, variable.Description);
}
