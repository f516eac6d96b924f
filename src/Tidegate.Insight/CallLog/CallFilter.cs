using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog.Filter;

namespace Tidegate.Insight.CallLog;

/// <summary>
/// Which calls are meant. Written in a small language (docs/specs/calls.md): <c>status >= 500 and route = "orders" and duration > 250ms</c>. The same filter
/// is asked of the stored calls as parameterised SQL and of calls as they happen, and gives the same answer.
/// </summary>
public abstract class CallFilter
{
    private protected CallFilter()
    {
    }

    /// <summary>Every call.</summary>
    public static CallFilter All { get; } = new AllOf([]);

    /// <summary>Reads the language. Blank text means every call.</summary>
    /// <exception cref="FilterException">With the column that is wrong and what would be legal there.</exception>
    public static CallFilter Parse(string? text) => new FilterParser(text ?? "").Parse();

    /// <summary>Calls that have every one of these words in their path or error, in any case.</summary>
    public static CallFilter Text(string words) => new AnyText(words);

    /// <summary>Calls whose field is one of the values, as the language writes them. Field and values are checked like the language does.</summary>
    public static CallFilter Is(string field, IReadOnlyList<string> values) =>
        CallFields.Find(field, new(field, 1)).Compare(FilterOperator.In, new("=", 1), [.. values.Select(v => new FilterText(v, 1))]);

    /// <summary>Calls that both mean.</summary>
    public CallFilter And(CallFilter other) => new AllOf([this, other]);

    /// <summary>Asks it of one call.</summary>
    public abstract bool Matches(CallRecord call);

    /// <summary>Writes it as a condition on the columns of the view <c>calls</c>; never NULL.</summary>
    internal abstract void Write(SqlText sql);
}
