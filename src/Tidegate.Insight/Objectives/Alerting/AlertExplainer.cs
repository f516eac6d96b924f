namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>Looks for what explains an alert.</summary>
internal sealed class AlertExplainer
{
    public Task<AlertEvidence> ExplainAsync(Alert alert, CancellationToken cancel) => Task.FromResult(new AlertEvidence());
}
