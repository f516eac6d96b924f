namespace Tidegate.Insight.CallLog.Filter;

/// <summary>One thing that is known of a call, and what may be asked of it.</summary>
internal abstract class CallField(string name, string column, string description)
{
    /// <summary>Its word in filters and in the API.</summary>
    public string Name { get; } = name;

    /// <summary>Its column in the view <c>calls</c>.</summary>
    public string Column { get; } = column;

    /// <summary>What it is, in one sentence.</summary>
    public string Description { get; } = description;

    /// <summary>What kind of value it has, in one word.</summary>
    public abstract string Type { get; }

    /// <summary>Legal operators, for messages.</summary>
    public abstract string Operators { get; }

    /// <summary>Calls can be grouped by it: it has few values.</summary>
    public bool IsDimension { get; init; }

    /// <summary>Whoever asks for it means mirrored calls too.</summary>
    public bool NamesShadows { get; init; }

    /// <summary>The condition, or a <see cref="FilterException"/> that points at what is wrong.</summary>
    public abstract CallFilter Compare(FilterOperator operation, FilterText written, IReadOnlyList<FilterText> values);

    /// <summary>What stands for it in a group, as text; empty when it is missing.</summary>
    public virtual string GroupText => $"coalesce({Column}::VARCHAR, '')";

    protected FilterException Illegal(FilterText written) =>
        written.Error($"'{Name}' cannot be asked with '{written.Text}': it is {Type}.", $"Legal for it: {Operators}.");
}
