using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>A name or a text. Empty when there is none, never missing.</summary>
internal sealed class TextField(string name, string column, string description, Func<CallRecord, string> read) : CallField(name, column, description)
{
    /// <summary>All values there are; null when any text can be.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    public override string Type => Words is null ? "text" : "a word";

    public override string Operators => "= != in ~ !~ ^=";

    public override string GroupText => Column;

    public string Read(CallRecord call) => read(call);

    public override CallFilter Compare(FilterOperator operation, FilterText written, IReadOnlyList<FilterText> values) => operation switch
    {
        FilterOperator.In => new TextIs(this, [.. values.Select(Known)]),
        FilterOperator.Contains => new TextHas(this, values[0].Text),
        FilterOperator.StartsWith => new TextBegins(this, values[0].Text),
        _ => throw Illegal(written),
    };

    private string Known(FilterText value) => Words is null || Words.Contains(value.Text, StringComparer.Ordinal)
        ? value.Text
        : throw value.Error($"'{value.Text}' is not a word of '{Name}'.{Near.Hint(value.Text, Words)}", $"Its words: {string.Join(", ", Words)}.");
}
