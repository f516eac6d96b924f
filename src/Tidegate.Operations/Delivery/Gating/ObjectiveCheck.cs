using System.Globalization;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Services;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Gating;

/// <summary>Error budgets of the service: what is left, and how fast it goes. No data is said, never taken for good.</summary>
internal sealed class ObjectiveCheck(ObjectiveReader objectives) : IGateCheck
{
    private const string Hour = "1h";

    /// <inheritdoc/>
    public Task<IReadOnlyList<GateReason>> LookAsync(GateCase question, CancellationToken cancel)
    {
        // "No objective" would be untrue, and a used up budget would not be heard.
        if (!objectives.HasBegun)
            throw new ProblemException(Problems.Unavailable("This node has just started and has judged no objective yet: it cannot say how budgets stand.", "Ask again in 10 s; 'tidegate gate --wait 1m' does.").Problem);
        var found = new List<GateReason>();
        var known = objectives.All.Where(o => o.Service == question.Request.Service).ToList();
        foreach (var status in known) found.AddRange(Of(status, question));
        foreach (var id in objectives.Unjudged(question.Request.Service)) found.Add(NoData(question, id, "It was not judged yet: new objectives and new nodes need 10 s."));
        // An SLO that is not judged has no service we know of by its status; its document says.
        foreach (var (slo, problem) in objectives.Problems)
        {
            if (question.Document.Find($"SLO/{slo}") is Resource<SloConfig> document && document.Spec.Service == question.Request.Service)
                found.Add(NoData(question, slo, $"It is not judged: {problem}"));
        }

        if (found.Count == 0 && known.Count == 0)
            found.Add(new("no_objective", Unknown(question), question.Request.Service, $"No objective is promised for {question.Request.Service}: nothing is known of its budget.{Beside(question)}"));
        return Task.FromResult<IReadOnlyList<GateReason>>(found);
    }

    /// <summary>The figures of an objective.</summary>
    public static GateObjective Figures(ObjectiveStatus status) => new(status.Id, status.State, status.Target, status.BudgetLeft, status.BudgetLeftMinutes, status.Burn.GetValueOrDefault(Hour));

    private static IEnumerable<GateReason> Of(ObjectiveStatus status, GateCase question)
    {
        if (status.BudgetLeft is not { } left)
        {
            yield return status.State == "reading"
                ? Reading(question, status, "nothing is known of its budget yet")
                : NoData(question, status.Id, status.Reason.Length > 0 ? status.Reason : "Nothing was seen in its period.");
            yield break;
        }

        if (status.State == "no_data") yield return NoData(question, status.Id, status.Reason);
        if (status.State == "reading") yield return Reading(question, status, "its budget is that of the part which is there");
        if (Rounded(left * 100) <= question.Policy.MinBudgetLeft)
        {
            var border = question.Policy.MinBudgetLeft == 0 ? "its error budget is used up" : string.Create(CultureInfo.InvariantCulture, $"{question.Policy.MinBudgetLeft:0.##} % must be left");
            yield return new("budget", question.Effect, status.Id, string.Create(CultureInfo.InvariantCulture, $"{status.Id}: {(left < -1.5 ? (left * 100).ToString("#,0", CultureInfo.InvariantCulture) : $"{left * 100:0.##}")} % of the error budget is left ({status.BudgetLeftMinutes:#,0.#} minutes of outage; target {status.Target * 100:0.####} %): {border}."));
        }

        if (question.Policy.MaxBurn > 0 && status.Burn.GetValueOrDefault(Hour) is { } burn && Rounded(burn) > question.Policy.MaxBurn)
            yield return new("burn", question.Effect, status.Id, string.Create(CultureInfo.InvariantCulture, $"{status.Id} burns its error budget {burn:0.#} times as fast as it may, over the last hour; at most {question.Policy.MaxBurn:0.#} times allows a release."));
    }

    // What is a border in decimals is one: 100 failed of 10,000 at 99 % leave nothing, though binary fractions see 9e-16 of the budget left.
    private static double Rounded(double value) => Math.Round(value, 9);

    // A canary mostly has a service of its own, and the promise is that of the service beside it.
    private string Beside(GateCase question)
    {
        foreach (var route in question.Document.Routes.Where(r => r.Spec.Split.Any(b => b.Service == question.Request.Service)))
        {
            if (route.Spec.Split.FirstOrDefault(b => b.Service != question.Request.Service && objectives.All.Any(o => o.Service == b.Service)) is { } beside)
                return $" It shares the calls of {route.Id} with {beside.Service}, for which there are objectives: ask for that one, too.";
        }

        return "";
    }

    private static GateReason Reading(GateCase question, ObjectiveStatus status, string known)
    {
        var effect = Unknown(question);
        var means = effect switch
        {
            GateEffect.Deny => "No release until it is read (noData: deny).",
            GateEffect.Waived => "It denies other releases until it is read (noData: deny).",
            _ => "That alone denies no release (noData: allow).",
        };
        return new("reading", effect, status.Id, $"The history of {status.Id} is still being read: {known}. {means}{(status.Reason.Length > 0 ? $" {status.Reason}" : "")}");
    }

    private static GateReason NoData(GateCase question, string id, string why) =>
        new("no_data", Unknown(question), id, $"{id} has no data, and no data is not good. {why}");

    private static GateEffect Unknown(GateCase question) => question.Policy.NoData == GateNoData.Deny ? question.Effect : GateEffect.Warn;
}
