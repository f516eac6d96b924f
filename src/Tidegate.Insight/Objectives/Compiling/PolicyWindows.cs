using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>Windows that error budget policies look at, besides those of alerts.</summary>
internal sealed class PolicyWindows
{
    private readonly Dictionary<string, HashSet<TimeSpan>> _bySlo = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<TimeSpan>> _byService = new(StringComparer.Ordinal);

    public static PolicyWindows None { get; } = new();

    public static PolicyWindows Of(ConfigDocument document)
    {
        var windows = new PolicyWindows();
        foreach (var policy in document.OfKind<ErrorBudgetPolicyConfig>())
        {
            var asked = policy.Spec.Rules.SelectMany(r => new[] { r.When.Over, r.Exit.Over }).OfType<Core.Resources.OpenSlo.DurationShorthand>().Select(o => o.Length).Where(l => l > TimeSpan.Zero).ToList();
            foreach (var slo in policy.Spec.For.Slos) Add(windows._bySlo, slo, asked);
            foreach (var service in policy.Spec.For.Services) Add(windows._byService, service, asked);
        }

        return windows;
    }

    /// <summary>Those of one objective.</summary>
    public IEnumerable<TimeSpan> For(Objective objective)
    {
        IEnumerable<TimeSpan> bySlo = _bySlo.TryGetValue(objective.Slo, out var slo) ? slo : [];
        return _byService.TryGetValue(objective.Service, out var service) ? bySlo.Union(service) : bySlo;
    }

    private static void Add(Dictionary<string, HashSet<TimeSpan>> windows, string name, List<TimeSpan> asked)
    {
        if (asked.Count == 0) return;
        if (!windows.TryGetValue(name, out var known)) windows[name] = known = [];
        known.UnionWith(asked);
    }
}
