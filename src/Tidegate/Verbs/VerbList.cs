using Tidegate.Cli;
using Tidegate.Verbs.Access;
using Tidegate.Verbs.Audit;
using Tidegate.Verbs.Breakers;
using Tidegate.Verbs.Calls;
using Tidegate.Verbs.Delivery;
using Tidegate.Verbs.Incidents;
using Tidegate.Verbs.Models;
using Tidegate.Verbs.Notifications;
using Tidegate.Verbs.Objectives;
using Tidegate.Verbs.Policies;
using Tidegate.Verbs.PostMortems;
using Tidegate.Verbs.Prompts;
using Tidegate.Verbs.Reports;

namespace Tidegate.Verbs;

/// <summary>Every verb, in the order of the help. A new verb is a file beside this one and a line here.</summary>
internal static class VerbList
{
    /// <summary>Makes all verbs anew.</summary>
    public static IReadOnlyList<VerbGroup> Groups =>
    [
        new("Run", [
            new ServeVerb(),
            new DemoVerb(),
            new StatusVerb(),
        ]),
        new("Configuration", [
            new PlanVerb(),
            new ApplyVerb(),
            new DiffVerb(),
            new RollbackVerb(),
            new RevisionsVerb(),
            new GetVerb(),
            new OverlayVerb(),
            new ValidateVerb(),
            new SchemaVerb(),
        ]),
        new("Calls", [
            new CallsVerb(),
            ModelsVerbs.All,
            PromptsVerbs.All,
            new BudgetsVerb(),
            BreakersVerbs.All,
        ]),
        new("Objectives", [
            ObjectiveVerbs.Slo,
            ObjectiveVerbs.Alerts,
            NotificationsVerbs.All,
            IncidentsVerbs.All,
            PostMortemsVerbs.All,
            PoliciesVerbs.All,
            ReportVerbs.All,
            new EventsVerb(),
            ImportVerbs.All,
            ExportVerbs.All,
        ]),
        new("Releases", [
            new GateVerb(),
            DeliveryVerbs.Release,
            RolloutVerbs.All,
            new CanaryVerb(),
            DeliveryVerbs.Freeze,
        ]),
        new("Access", [
            new LoginVerb(),
            new LogoutVerb(),
            AccessVerbs.Keys,
            AccessVerbs.Tokens,
            AccessVerbs.Users,
            AuditVerbs.All,
        ]),
        new("Other", [
            new CompletionVerb(),
            new VersionVerb(),
        ]),
    ];
}
