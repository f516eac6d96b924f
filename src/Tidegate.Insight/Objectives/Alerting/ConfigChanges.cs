using Tidegate.Platform.ConfigStore;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>Changes of the configuration: revisions and overlays.</summary>
internal sealed class ConfigChanges(RevisionStore revisions, OverlayStore overlays) : IAlertChanges
{
    private const int Most = 50;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AlertChange>> BetweenAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var made = (await revisions.ListAsync(null, Most, cancel)).Where(r => r.Time >= from && r.Time <= until)
            .Select(r => new AlertChange("revision", r.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), r.Time, r.Author, r.Message.Length > 0 ? $"{r.Message} ({r.Summary})" : r.Summary));
        var laid = (await overlays.ListAsync(all: true, cancel)).Where(o => o.CreatedAt <= until && (o.RevokedAt ?? o.ExpiresAt) >= from)
            .Select(o => new AlertChange("overlay", o.Id, o.CreatedAt, o.Author, $"{o.Reason} ({string.Join(", ", o.Patches.Keys)})"));
        return [.. made, .. laid];
    }
}
