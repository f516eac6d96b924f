using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Policies;

/// <summary><c>tidegate policies reset</c>.</summary>
internal sealed class PoliciesResetVerb : AdminVerb
{
    private readonly Argument<string> _policy = new("policy") { Description = "Name of the ErrorBudgetPolicy", HelpName = "policy" };
    private readonly Argument<string> _rule = new("rule") { Description = "Name of its rule", HelpName = "rule" };

    public PoliciesResetVerb()
        : base("reset", "Let a rule change traffic again that did not help twice in a row.")
    {
        Arguments.Add(_policy);
        Arguments.Add(_rule);
    }

    public override IReadOnlyList<string> Examples => ["policies reset checkout burning"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var (policy, rule) = (context.Get(_policy)!, context.Get(_rule)!);
        await context.Admin.SendAsync(HttpMethod.Post, $"policies/{AdminPath.Segment(policy)}/rules/{AdminPath.Segment(rule)}/reset", new { }, context.Cancel);
        context.Say($"Rule {rule} of {policy} may change traffic again.");
        return ExitCode.Ok;
    }
}
