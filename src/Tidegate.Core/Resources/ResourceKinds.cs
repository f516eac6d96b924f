using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.CompositeSlos;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Core.Resources.Objectives.Exclusions;
using Tidegate.Core.Resources.Objectives.FreezeCalendars;
using Tidegate.Core.Resources.Objectives.Inhibitions;
using Tidegate.Core.Resources.Objectives.MaintenanceWindows;
using Tidegate.Core.Resources.Objectives.NotificationTargets;
using Tidegate.Core.Resources.Objectives.Silences;
using Tidegate.Core.Resources.Objectives.Slas;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.AlertConditions;
using Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets;
using Tidegate.Core.Resources.OpenSlo.AlertPolicies;
using Tidegate.Core.Resources.OpenSlo.DataSources;
using Tidegate.Core.Resources.OpenSlo.Services;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Prompts;
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
        new PromptKind(),
        new GuardrailKind(),
        new BudgetKind(),
        new SloKind(),
        new SliKind(),
        new SloServiceKind(),
        new DataSourceKind(),
        new AlertPolicyKind(),
        new AlertConditionKind(),
        new AlertNotificationTargetKind(),
        new AlertSetKind(),
        new CompositeSloKind(),
        new SlaKind(),
        new ExclusionKind(),
        new ErrorBudgetPolicyKind(),
        new NotificationTargetKind(),
        new SilenceKind(),
        new MaintenanceWindowKind(),
        new InhibitionKind(),
        new FreezeCalendarKind(),
    ];

    /// <summary>
    /// A kind's word in ids. OpenSLO and Tidegate both have a kind Service: OpenSLO's is <c>openslo.Service</c>, which no kind can be called, all others are
    /// their own word.
    /// </summary>
    public static string Word(string apiVersion, string kind) => kind == "Service" && apiVersion == OpenSloVersion.V1 ? "openslo.Service" : kind;

    /// <summary>The kind with this word, or null.</summary>
    public static ResourceKind? Find(string apiVersion, string name)
    {
        // Asked for every object that is read.
        for (int i = 0; i < All.Count; i++)
        {
            if (string.Equals(All[i].Name, name, StringComparison.Ordinal) && string.Equals(All[i].ApiVersion, apiVersion, StringComparison.Ordinal)) return All[i];
        }

        return null;
    }
}
