using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>duration > 250ms</c>.</summary>
internal sealed class NumberRange(NumberField field, string symbol, long bound) : CallFilter
{
    public override bool Matches(CallRecord call) => field.Read(call) is { } value && symbol switch
    {
        "<" => value < bound,
        "<=" => value <= bound,
        ">" => value > bound,
        _ => value >= bound,
    };

    internal override void Write(SqlText sql) =>
        sql.Add(field.Column).Add(" IS NOT NULL AND ").Add(field.Column).Add(" ").Add(symbol).Add(" ").Value(field.ToSql(bound));
}
