using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>route = orders</c>, <c>route in (orders, basket)</c>.</summary>
internal sealed class TextIs(TextField field, IReadOnlyList<string> values) : CallFilter
{
    public override bool Matches(CallRecord call) => values.Contains(field.Read(call), StringComparer.Ordinal);

    internal override void Write(SqlText sql) => sql.Add(field.Column).Add(" IN (").AddValues(values).Add(")");
}
