using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>a and b and c</c>; of none: every call.</summary>
internal sealed class AllOf(IReadOnlyList<CallFilter> parts) : CallFilter
{
    public override bool Matches(CallRecord call)
    {
        foreach (var part in parts)
        {
            if (!part.Matches(call)) return false;
        }
        return true;
    }

    internal override void Write(SqlText sql)
    {
        if (parts.Count == 0) sql.Add("true");
        else sql.AddJoined(" AND ", parts);
    }
}
