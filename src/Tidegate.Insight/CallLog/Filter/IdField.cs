using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>128 bits written as 32 hex digits.</summary>
internal sealed class IdField(string name, string column, string description, Func<CallRecord, Guid?> read) : CallField(name, column, description)
{
    public override string Type => "an id";

    public override string Operators => "= != in";

    public override CallFilter Compare(FilterOperator operation, FilterText written, IReadOnlyList<FilterText> values) =>
        operation == FilterOperator.In ? new IdIs(Column, read, [.. values.Select(Value)]) : throw Illegal(written);

    private Guid Value(FilterText written) => Guid.TryParse(written.Text, out var id) ? id : throw written.Error($"'{written.Text}' is not a value of '{Name}'.", "Expected are 32 hex digits.");
}
