using System.Buffers;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Rules;

/// <summary>Names and labels are short and made of characters that need no quoting in addresses, metrics and files.</summary>
internal sealed class MetadataRule : ResourceRule<ResourceMetadata>
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    private const int LongestName = 128;
    private const int LongestLabel = 256;

    public override void Check(ResourceMetadata spec, ResourceScope scope)
    {
        if (!IsName(spec.Name))
        {
            scope.Error("bad_name", "metadata.name", NameProblem(spec.Name));
        }

        foreach (var (key, values) in spec.Labels)
        {
            if (!IsLabel(key) || key.Length == 0 || !values.All(IsLabel))
                scope.Error("bad_label", "metadata.labels", $"The label \"{Echo.Of(key)}\" is not legal: key and value have at most {LongestLabel} characters, none of them a control character.");
        }
    }

    internal static string NameProblem(string name) =>
        $"\"{Echo.Of(name)}\" is no legal name: use lower-case letters, digits, '-', '_' and '.', beginning with a letter or digit, at most {LongestName} characters.";

    private static bool IsLabel(string text) => text.Length <= LongestLabel && !HoldsControl(text);

    private static bool HoldsControl(string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character)) return true;
        }

        return false;
    }

    internal static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && (char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0]))
        && !name.AsSpan().ContainsAnyExcept(NameCharacters);
}
