using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>status = 200</c>, <c>status in (200, 201)</c>.</summary>
internal sealed class NumberIs(NumberField field, IReadOnlyList<long> values) : CallFilter
{
    public override bool Matches(CallRecord call) => field.Read(call) is { } value && values.Contains(value);

    internal override void Write(SqlText sql) =>
        sql.Add(field.Column).Add(" IS NOT NULL AND ").Add(field.Column).Add(" IN (").AddValues(values.Select(field.ToSql)).Add(")");
}
