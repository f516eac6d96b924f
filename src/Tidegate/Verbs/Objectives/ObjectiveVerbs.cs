using System.CommandLine;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate slo</c> and <c>tidegate alerts</c> with their sub-verbs.</summary>
internal static class ObjectiveVerbs
{
    public static Command Slo => new("slo", "Objectives and their error budgets.") { new SloListVerb(), new SloShowVerb(), new SloReplayVerb(), new SloAttributionVerb(), new SloPushVerb() };

    public static Command Alerts => new("alerts", "Budgets that burn too fast, and why.") { new AlertsListVerb(), new AlertsShowVerb() };
}
