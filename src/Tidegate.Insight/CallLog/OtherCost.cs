using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog;

/// <summary>What the attempts of a call cost that did not answer it: failed ones, and those that lost a race. Together with its own cost it is what the call is billed.</summary>
internal static class OtherCost
{
    /// <summary>Null when no model was called, or when it is not known: an amount is missing, or is in another currency.</summary>
    public static decimal? Of(CallRecord call)
    {
        if (call.Use is not { } answer) return null;
        var sum = 0m;
        for (var i = 0; i < call.AttemptCount; i++)
        {
            if (call.Attempt(i).Use is not { } use || ReferenceEquals(use, answer)) continue;
            if (use.Cost is not { } cost || (cost != 0 && use.Currency != answer.Currency)) return null;
            sum += cost;
        }

        return sum;
    }
}
