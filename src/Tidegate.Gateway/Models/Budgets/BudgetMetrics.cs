using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>Budgets as gauges, read when somebody looks: one series per budget of the document, however many have a count in it.</summary>
internal sealed class BudgetMetrics
{
    private readonly IBudgetStatus _status;

    public BudgetMetrics(IBudgetStatus status, Meter meter)
    {
        _status = status;
        CallMetricNames.BudgetUsedRatio.Gauge(meter, Ratios);
        CallMetricNames.BudgetTokens.Gauge(meter, Tokens);
        CallMetricNames.BudgetCost.Gauge(meter, Costs);
    }

    private IEnumerable<Measurement<double>> Ratios()
    {
        foreach (var budget in _status.Budgets.GroupBy(b => b.Budget, StringComparer.Ordinal))
        {
            if (budget.First().Tokens is not null) yield return new(budget.Max(b => (double)b.Tokens!.Used / b.Tokens.Limit), new KeyValuePair<string, object?>("budget", budget.Key), new("unit", "tokens"));
            if (budget.First().Cost is not null) yield return new(budget.Max(b => (double)(b.Cost!.Used / b.Cost.Limit)), new KeyValuePair<string, object?>("budget", budget.Key), new("unit", "cost"));
        }
    }

    private IEnumerable<Measurement<long>> Tokens()
    {
        foreach (var budget in _status.Budgets.Where(b => b.Tokens is not null).GroupBy(b => b.Budget, StringComparer.Ordinal))
        {
            yield return new(budget.Sum(b => b.Tokens!.Used), new KeyValuePair<string, object?>("budget", budget.Key), new("state", "used"));
            yield return new(budget.Sum(b => b.Tokens!.Reserved), new KeyValuePair<string, object?>("budget", budget.Key), new("state", "reserved"));
        }
    }

    private IEnumerable<Measurement<double>> Costs()
    {
        foreach (var budget in _status.Budgets.Where(b => b.Cost is not null).GroupBy(b => b.Budget, StringComparer.Ordinal))
        {
            var currency = new KeyValuePair<string, object?>("currency", budget.First().Cost!.Currency);
            yield return new((double)budget.Sum(b => b.Cost!.Used), new KeyValuePair<string, object?>("budget", budget.Key), currency, new("state", "used"));
            yield return new((double)budget.Sum(b => b.Cost!.Reserved), new KeyValuePair<string, object?>("budget", budget.Key), currency, new("state", "reserved"));
        }
    }
}
