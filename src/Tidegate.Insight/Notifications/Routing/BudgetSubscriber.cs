using System.Globalization;
using System.Text.Json;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Platform.Budgets;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Notifications.Routing;

/// <summary>Tells of budgets that have reached their soft limit, or are used up: a ticket to every target that takes tickets of any service. They do not end: their window does.</summary>
internal sealed class BudgetSubscriber(AlertRouter router, FiringAlerts firing, OutboxSignal signal) : IEventSubscriber
{
    /// <inheritdoc/>
    public string Name => "notifications_budgets";

    /// <inheritdoc/>
    public bool Wants(string type) => type is BudgetEventTypes.SoftLimitReached or BudgetEventTypes.Exhausted;

    /// <inheritdoc/>
    public async Task HandleAsync(Event happened, CancellationToken cancel)
    {
        var notice = Of(happened, happened.Data.Deserialize<BudgetStatus>(ApiJson.Options)!);
        if (await router.FiringAsync(notice, await firing.ListAsync(cancel), cancel)) signal.Set();
    }

    private static AlertNotice Of(Event happened, BudgetStatus budget)
    {
        var whose = budget.Part.Length > 0 ? $" of {budget.Each} {budget.Part}" : "";
        var what = happened.Type == BudgetEventTypes.Exhausted ? "refuses calls" : string.Create(CultureInfo.InvariantCulture, $"has reached {budget.SoftLimit:P0} of its limit");
        return new AlertNotice
        {
            Alert = happened.Id,
            IsResolved = false,
            Severity = AlertSeverity.Ticket,
            FiredAt = happened.Time,
            Title = $"Budget {budget.Budget}{whose} {what}",
            Summary = string.Create(CultureInfo.InvariantCulture, $"{Used(budget)} are used in the {budget.Window} since {budget.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z. It starts over at {budget.ResetsAt.UtcDateTime:yyyy-MM-dd HH:mm}Z."),
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["budget"] = budget.Budget, ["part"] = budget.Part, ["event"] = happened.Type, ["severity"] = "ticket",
            },
            Targets = "",
        };
    }

    private static string Used(BudgetStatus budget)
    {
        var tokens = budget.Tokens is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t.Used:N0} of {t.Limit:N0} tokens") : "";
        var cost = budget.Cost is { } c ? string.Create(CultureInfo.InvariantCulture, $"{c.Used:0.00#######} of {c.Limit:0.00#######} {c.Currency}") : "";
        return tokens.Length > 0 && cost.Length > 0 ? $"{tokens} and {cost}" : tokens + cost;
    }
}
