namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>A rule file.</summary>
/// <param name="Yaml">The file.</param>
/// <param name="Groups">Groups in it, one per SLO.</param>
/// <param name="Notes">What could not be expressed, or only nearly.</param>
public sealed record PrometheusRulesResult(string Yaml, int Groups, IReadOnlyList<Finding> Notes);
