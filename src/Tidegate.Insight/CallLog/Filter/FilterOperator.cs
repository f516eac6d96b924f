namespace Tidegate.Insight.CallLog.Filter;

/// <summary>What a field may be asked. <c>!=</c>, <c>!~</c> and <c>not in</c> are the opposites of these, so a field need not know them.</summary>
internal enum FilterOperator
{
    /// <summary><c>=</c> and <c>in (...)</c>.</summary>
    In,
    /// <summary><c>&lt;</c>.</summary>
    Less,
    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,
    /// <summary><c>&gt;</c>.</summary>
    Greater,
    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,
    /// <summary><c>~</c>: has all the words, in any case.</summary>
    Contains,
    /// <summary><c>^=</c>: begins with.</summary>
    StartsWith,
}
