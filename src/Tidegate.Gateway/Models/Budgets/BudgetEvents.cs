using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>What operators are told of budgets: once per window and account, however many calls there are.</summary>
internal sealed partial class BudgetEvents(ILogger<BudgetEvents> logger, Meter meter, TimeProvider time, IBudgetNotices? notices = null)
{
    private readonly Counter<long> _refusals = CallMetricNames.BudgetRefusals.Counter(meter);

    /// <summary>The soft limit is reached.</summary>
    public void Soft(BudgetShare share, in BudgetCount count)
    {
        Log.Soft(logger, share.Budget.Name, Of(share), share.Budget.Config.SoftLimit, BudgetText.Used(share.Budget, count), count.End);
        Tell(BudgetNoticeKind.SoftLimitReached, share, count);
    }

    /// <summary>A call was refused.</summary>
    public void Refused(BudgetShare share, bool first, in BudgetCount count)
    {
        _refusals.Add(1, new KeyValuePair<string, object?>("budget", share.Budget.Name));
        if (!first) return;
        Log.Refused(logger, share.Budget.Name, Of(share), BudgetText.Used(share.Budget, count), count.End);
        Tell(BudgetNoticeKind.Exhausted, share, count);
    }

    private void Tell(BudgetNoticeKind kind, BudgetShare share, in BudgetCount count)
    {
        if (!share.Budget.IsCap) notices?.Tell(new BudgetNotice(kind, BudgetReport.Status(share.Budget, share.Part, count), time.GetUtcNow()));
    }

    private static string Of(BudgetShare share) => share.Part.Length > 0 ? $" ({share.Part})" : "";

    private static partial class Log
    {
        [LoggerMessage(1911, LogLevel.Warning, "Budget '{Budget}'{Part} has reached its soft limit of {Share:P0}: {Used}. It starts over at {ResetsAt:u}")]
        public static partial void Soft(ILogger logger, string budget, string part, double share, string used, DateTime resetsAt);

        [LoggerMessage(1912, LogLevel.Warning, "Budget '{Budget}'{Part} refuses calls: {Used}. It starts over at {ResetsAt:u}")]
        public static partial void Refused(ILogger logger, string budget, string part, string used, DateTime resetsAt);
    }
}
