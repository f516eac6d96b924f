namespace Tidegate.Core.Resources.OpenSlo.Slos;

/// <summary>What follows <c>/</c> in the id of one of several objectives of an SLO.</summary>
public static class ObjectivePart
{
    /// <summary>Of its <c>displayName</c>: in small letters, with a hyphen for whatever is not a letter a to z, a digit, a dot or a hyphen.</summary>
    public static string Of(string displayName)
    {
        ArgumentNullException.ThrowIfNull(displayName);
        return new([.. displayName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-')]);
    }
}
