using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Lenient;

/// <summary>Names that OpenSLO allows, or that its own examples use, as names that are legal here. The same for objects and for whoever refers to them.</summary>
internal static class LenientName
{
    public static string Of(string name)
    {
        if (MetadataRule.IsName(name)) return name;
        var legal = new string([.. name.Trim().ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).TrimStart('-', '_', '.');
        return MetadataRule.IsName(legal) ? legal : name;
    }
}
