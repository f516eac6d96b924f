using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>True or false. Null when nothing can be said: then every comparison is false and its opposite true.</summary>
internal sealed class FlagField(string name, string column, string description, Func<CallRecord, bool?> read) : CallField(name, column, description)
{
    public override string Type => "true or false";

    public override string Operators => "= != in";

    public override CallFilter Compare(FilterOperator operation, FilterText written, IReadOnlyList<FilterText> values) =>
        operation == FilterOperator.In ? new FlagIs(Column, read, [.. values.Select(Value)]) : throw Illegal(written);

    private bool Value(FilterText written) => bool.TryParse(written.Text, out var value) ? value : throw written.Error($"'{written.Text}' is not a value of '{Name}'.", "Expected is true or false.");
}
