using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>Anything that has an order. Null when it did not happen: then every comparison is false and its opposite true.</summary>
internal sealed class NumberField(string name, string column, string description, Notation notation, Func<CallRecord, long?> read) : CallField(name, column, description)
{
    public override string Type => notation.Type;

    public override string Operators => "= != < <= > >= in";

    public long? Read(CallRecord call) => read(call);

    public object ToSql(long value) => notation.ToSql(value);

    public override CallFilter Compare(FilterOperator operation, FilterText written, IReadOnlyList<FilterText> values) => operation switch
    {
        FilterOperator.In => new NumberIs(this, [.. values.Select(Value)]),
        FilterOperator.Less => new NumberRange(this, "<", Value(values[0])),
        FilterOperator.LessOrEqual => new NumberRange(this, "<=", Value(values[0])),
        FilterOperator.Greater => new NumberRange(this, ">", Value(values[0])),
        FilterOperator.GreaterOrEqual => new NumberRange(this, ">=", Value(values[0])),
        _ => throw Illegal(written),
    };

    private long Value(FilterText written) => notation.TryRead(written.Text, out var value)
        ? value
        : throw written.Error($"'{written.Text}' is not a value of '{Name}'.", $"Expected is {notation.Expected}.");
}
