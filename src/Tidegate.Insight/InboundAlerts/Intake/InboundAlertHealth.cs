using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>Says when alerts from outside are refused.</summary>
internal sealed class InboundAlertHealth(InboundAlertCounts counts, TimeProvider time) : IModuleHealth
{
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(10);

    public string Module => InboundAlertsModule.Word;

    public IReadOnlyList<string> Problems => counts.RefusedAt is { } at && time.GetUtcNow() - at < Shown
        ? [$"Alerts from outside were refused at {at:u}: {IntakeLimits.MostOpen} fire, and no more are taken. 'tidegate alerts list' shows them; group them where they come from."]
        : [];
}
