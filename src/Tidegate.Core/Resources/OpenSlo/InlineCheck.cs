using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo;

/// <summary>Objects that are written where they are used say what they are and what they are called.</summary>
internal static class InlineCheck
{
    public static void Check(string? kind, ResourceMetadata? metadata, string expected, string path, ResourceScope scope)
    {
        if (kind is null) scope.Error("missing_key", path, $"The key \"kind\" is missing: what is written here is of kind {expected}.");
        Check(metadata, path, scope);
    }

    public static void Check(ResourceMetadata? metadata, string path, ResourceScope scope)
    {
        if (metadata is null) scope.Error("missing_key", path, "The key \"metadata\" is missing: give name: and a name.");
        else if (!MetadataRule.IsName(metadata.Name)) scope.Error("bad_name", $"{path}.metadata.name", MetadataRule.NameProblem(metadata.Name));
    }
}
