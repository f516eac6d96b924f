using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>traceId = 4bf92f3577b34da6a3ce929d0e0e4736</c>.</summary>
internal sealed class IdIs(string column, Func<CallRecord, Guid?> read, IReadOnlyList<Guid> ids) : CallFilter
{
    public override bool Matches(CallRecord call) => read(call) is { } id && ids.Contains(id);

    internal override void Write(SqlText sql) => sql.Add(column).Add(" IS NOT NULL AND ").Add(column).Add(" IN (").AddValues(ids).Add(")");
}
