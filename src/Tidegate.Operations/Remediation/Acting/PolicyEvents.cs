using Tidegate.Operations.Remediation.Rows;
using Tidegate.Platform.Events;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary>What is told of policies, each once: ids are made of the time of being active.</summary>
internal static class PolicyEvents
{
    public static NewEvent Entered(RuleState state, DateTimeOffset now) => Of(PolicyReader.Entered, "entered", state, now, $"Rule {state.Rule} of error budget policy {state.Policy} holds: {string.Join("; ", state.Why)}");

    public static NewEvent Would(RuleState state, DateTimeOffset now) =>
        Of(PolicyReader.WouldAct, "would", state, now, $"Dry run of {state.Policy}, rule {state.Rule}; it would: {string.Join("; ", state.Actions.Select(a => a.Text))}");

    public static NewEvent Left(RuleState state, DateTimeOffset now) => Of(PolicyReader.Left, "left", state, now, $"Rule {state.Rule} of error budget policy {state.Policy} is left: {state.LeftBecause}");

    public static NewEvent Reverted(RuleState state, DateTimeOffset now)
    {
        var back = state.Actions.Where(a => a is { State: "reverted", Type: not "notify" }).Select(a => a.Text).ToList();
        return Of(PolicyReader.Reverted, "reverted", state, now, back.Count == 0 ? $"Nothing was left to take back of {state.Policy}, rule {state.Rule}" : $"Taken back by {state.Policy}, rule {state.Rule}: {string.Join("; ", back)}");
    }

    public static NewEvent Escalated(RuleState state, string why, DateTimeOffset now) => Of(PolicyReader.Escalated, "escalated", state, now, why);

    /// <summary>Something became of an action: it was done, held, refused, revoked or expired. What is done by and by is told of each time.</summary>
    public static NewEvent Action(string type, RuleState state, int index, PolicyAction before, DateTimeOffset now)
    {
        var action = state.Actions[index];
        var what = type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return Of(type, before.Made.Count == 0 ? $"{what}/{index}" : $"{what}/{index}/{action.Made.Count}", state, now, $"{action.Text}{(action.Reason.Length > 0 ? $": {action.Reason}" : "")}", action);
    }

    private static NewEvent Of(string type, string what, RuleState state, DateTimeOffset now, string text, PolicyAction? action = null) =>
        new($"{state.Activation}/{what}", type, $"policy/{state.Policy}", now, new
        {
            Text = text, state.Policy, state.Rule, Author = Decision.AuthorOf(state.Policy).Name, Objectives = state.Involved, state.Services, state.DryRun, state.Why, Action = action,
            Actions = action is null ? state.Actions : null,
        });
}
