using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Core.Resources;

/// <summary>All kinds a document may hold.</summary>
public static class ResourceKinds
{
    /// <summary>One line per kind.</summary>
    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        new ServiceKind(),
        new RouteKind(),
        new ConsumerKind(),
        new ProviderKind(),
        new ModelKind(),
        new GuardrailKind(),
        new BudgetKind(),
    ];

    /// <summary>The kind with this word, or null.</summary>
    public static ResourceKind? Find(string apiVersion, string name) =>
        All.FirstOrDefault(k => string.Equals(k.Name, name, StringComparison.Ordinal) && string.Equals(k.ApiVersion, apiVersion, StringComparison.Ordinal));
}
