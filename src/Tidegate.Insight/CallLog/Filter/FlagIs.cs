using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>failed = true</c>.</summary>
internal sealed class FlagIs(string column, Func<CallRecord, bool?> read, IReadOnlyList<bool> values) : CallFilter
{
    public override bool Matches(CallRecord call) => read(call) is { } value && values.Contains(value);

    internal override void Write(SqlText sql) => sql.Add(column).Add(" IS NOT NULL AND ").Add(column).Add(" IN (").AddValues(values).Add(")");
}
