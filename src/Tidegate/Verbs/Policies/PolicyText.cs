namespace Tidegate.Verbs.Policies;

/// <summary>Policies as people read them.</summary>
internal static class PolicyText
{
    /// <summary>Colour of a state.</summary>
    public static string? Style(string state) => state switch { "acting" or "active" => "red", "leaving" or "cooling" or "dry_run" => "yellow", _ => null };
}
