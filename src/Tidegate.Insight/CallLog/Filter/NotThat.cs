using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>not a</c>, <c>!=</c>, <c>!~</c>, <c>not in</c>.</summary>
internal sealed class NotThat(CallFilter inner) : CallFilter
{
    public override bool Matches(CallRecord call) => !inner.Matches(call);

    internal override void Write(SqlText sql)
    {
        sql.Add("NOT (");
        inner.Write(sql);
        sql.Add(")");
    }
}
