namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>A dashboard.</summary>
/// <param name="Json">What Grafana imports.</param>
/// <param name="Notes">What could not be expressed, or only nearly.</param>
public sealed record GrafanaDashboardResult(string Json, IReadOnlyList<Finding> Notes);
