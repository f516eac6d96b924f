using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>a or b or c</c>.</summary>
internal sealed class AnyOf(IReadOnlyList<CallFilter> parts) : CallFilter
{
    public override bool Matches(CallRecord call)
    {
        foreach (var part in parts)
        {
            if (part.Matches(call)) return true;
        }
        return false;
    }

    internal override void Write(SqlText sql) => sql.AddJoined(" OR ", parts);
}
