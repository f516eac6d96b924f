namespace Tidegate.Insight.InboundAlerts;

/// <summary>
/// The mark on alerts that went out, by which a Tidegate recognises its own when they come back, however many programs they went through. It names every
/// installation that passed them on: another Tidegate may page, ours must not page twice.
/// </summary>
public static class AlertMark
{
    /// <summary>Name of the label.</summary>
    public const string Label = "tidegate";

    private const char Between = ',';

    /// <summary>The mark with an installation added.</summary>
    /// <param name="mark">What the alert came with; empty for one of our own.</param>
    /// <param name="source">The installation, or its URI reference that ends with it.</param>
    public static string Add(string mark, string source)
    {
        ArgumentNullException.ThrowIfNull(mark);
        ArgumentNullException.ThrowIfNull(source);
        var installation = source[(source.LastIndexOf('/') + 1)..];
        return mark.Length == 0 ? installation : IsOf(mark, installation) ? mark : $"{mark}{Between}{installation}";
    }

    /// <summary>True when the alert went out of an installation before.</summary>
    public static bool IsOf(string mark, string installation)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return installation.Length > 0 && mark.Split(Between).Contains(installation, StringComparer.Ordinal);
    }
}
