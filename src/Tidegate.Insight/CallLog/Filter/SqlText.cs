using System.Text;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>A statement being written: text that is ours, and values that only ever travel as parameters.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<object> _values = [];

    /// <summary>The parameters, in order: <c>$1</c> is the first.</summary>
    public IReadOnlyList<object> Values => _values;

    /// <summary>Adds text of the program. Nothing that a user wrote may pass here.</summary>
    public SqlText Add(string ours)
    {
        _text.Append(ours);
        return this;
    }

    /// <summary>Adds a value as a parameter.</summary>
    public SqlText Value(object value)
    {
        _values.Add(value);
        _text.Append('$').Append(_values.Count);
        return this;
    }

    /// <summary>Adds values with commas between them.</summary>
    public SqlText AddValues<T>(IEnumerable<T> values)
        where T : notnull
    {
        var first = true;
        foreach (var value in values)
        {
            if (!first) _text.Append(", ");
            Value(value);
            first = false;
        }
        return this;
    }

    /// <summary>Adds a filter.</summary>
    public SqlText Add(CallFilter filter)
    {
        filter.Write(this);
        return this;
    }

    /// <summary>Adds filters in parentheses with a word between them.</summary>
    public void AddJoined(string word, IReadOnlyList<CallFilter> filters)
    {
        for (var i = 0; i < filters.Count; i++)
        {
            _text.Append(i == 0 ? "(" : word + "(");
            filters[i].Write(this);
            _text.Append(')');
        }
    }

    public override string ToString() => _text.ToString();
}
