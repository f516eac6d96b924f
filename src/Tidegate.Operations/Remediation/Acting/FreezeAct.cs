using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Operations.Delivery;
using Tidegate.Operations.Remediation.Rows;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary><c>freeze</c>.</summary>
internal sealed class FreezeAct(Freezes freezes) : IRuleAct
{
    /// <summary>Type of the action.</summary>
    public const string Freeze = "freeze";

    public Type Settings => typeof(FreezeActionConfig);

    public string Word => Freeze;

    public string Text(BudgetActionConfig action, Decision decision)
    {
        var freeze = (FreezeActionConfig)action;
        var but = freeze.Exceptions.Count == 0 ? "" : $" but {string.Join(" and ", freeze.Exceptions.Select(e => e.ToString().ToLowerInvariant()))}";
        var services = ServicesOf(freeze, decision);
        return $"no releases of {(services.Count > 0 ? string.Join(", ", services) : "the services of its objectives")}{but}";
    }

    public async Task<IReadOnlyList<string>> ActAsync(BudgetActionConfig action, Decision decision, CancellationToken cancel)
    {
        var freeze = (FreezeActionConfig)action;
        var services = ServicesOf(freeze, decision);
        // Composites are of no service: what would be frozen has to be said, and that nothing is must not look like a freeze.
        if (services.Count == 0) throw new ProblemException(Problems.BadRequest("services", "No service is frozen: the objectives of the rule name none, and neither does the action (services).").Problem);
        var made = new List<string>();
        foreach (var service in services)
        {
            var request = new FreezeRequest
            {
                Service = service, Reason = ReasonOf(decision.Policy, decision.Rule.Name), Evidence = decision.Evidence, Exceptions = freeze.Exceptions, Key = decision.State.Activation,
            };
            made.Add((await freezes.StartAsync(request, decision.Author, cancel)).Id);
        }

        return made;
    }

    public async Task<bool> RevertAsync(PolicyAction done, RuleState state, DateTimeOffset now, CancellationToken cancel)
    {
        // By what they say, not by the ids that were written down: a node may have died in between.
        var (author, reason) = (Decision.AuthorOf(state.Policy), ReasonOf(state.Policy, state.Rule));
        foreach (var freeze in await freezes.ListAsync(null, all: false, cancel))
            if (freeze.Author == author.Name && freeze.Reason == reason) await freezes.EndAsync(freeze.Id, author, cancel);
        return true;
    }

    private static string ReasonOf(string policy, string rule) => $"Error budget policy {policy}, rule {rule}";

    private static IReadOnlyList<string> ServicesOf(FreezeActionConfig freeze, Decision decision) => freeze.Services.Count > 0 ? freeze.Services : decision.State.Services;
}
