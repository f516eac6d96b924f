using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Remediation;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Policies;

/// <summary><c>tidegate policies show</c>.</summary>
internal sealed class PoliciesShowVerb : AdminVerb
{
    private readonly Argument<string> _policy = new("policy") { Description = "Name of the ErrorBudgetPolicy", HelpName = "policy" };

    public PoliciesShowVerb()
        : base("show", "Show one error budget policy: levels, what it did, what it would do.") => Arguments.Add(_policy);

    public override IReadOnlyList<string> Examples => ["policies show checkout"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var policy = await context.Admin.GetAsync<PolicyStatus>($"policies/{AdminPath.Segment(context.Get(_policy)!)}", context.Cancel);
        context.ShowObject(
            policy,
            [
                ("policy", $"{policy.Name}: {policy.State}"),
                ("objectives", policy.Objectives.Count == 0 ? "none is judged" : string.Join(", ", policy.Objectives)),
                ("overlays", $"{policy.OverlaysLastHour} of {policy.OverlaysPerHour} in the last hour"),
                .. policy.Expires is { } expires ? [("expires", (string?)ObjectiveText.Time(expires))] : Array.Empty<(string, string?)>(),
                .. policy.Rules.SelectMany(Rule),
            ]);
        return ExitCode.Ok;
    }

    private static IEnumerable<(string, string?)> Rule(RuleStatus rule)
    {
        var times = new[]
        {
            rule.Since is { } since ? $"since {ObjectiveText.Time(since)}" : "", rule.ClearSince is { } clear ? $"recovered since {ObjectiveText.Time(clear)}" : "",
            rule.CoolUntil is { } cool ? $"does not act before {ObjectiveText.Time(cool)}" : "", rule.Ineffective > 0 ? $"did not help {rule.Ineffective} times in a row" : "",
        };
        yield return ("rule", string.Join(", ", [$"{rule.Name}: {rule.State}", .. times.Where(t => t.Length > 0)]));
        foreach (var why in rule.Why) yield return ("  because", why);
        foreach (var level in rule.Levels) yield return ("  level", $"{level.Text}: {level.Holds switch { true => "yes", false => "no", _ => "not known" }}");
        foreach (var action in rule.Actions)
        {
            var until = action.Until is { } end ? $", until {ObjectiveText.Time(end)}" : "";
            yield return ($"  {action.State}", $"{action.Text}{until}{(action.Made.Count > 0 ? $" ({string.Join(", ", action.Made)})" : "")}{(action.Reason.Length > 0 ? $": {action.Reason}" : "")}");
        }
    }
}
