namespace Tidegate.Models.Formats;

/// <summary>What does not fit while a call changes its format. Collected, so that a caller is told everything at once.</summary>
public sealed class FormatIssues
{
    private readonly List<FormatIssue> _all = [];

    /// <summary>Everything, in order of finding.</summary>
    public IReadOnlyList<FormatIssue> All => _all;

    /// <summary>The request is wrong in itself.</summary>
    public bool HasErrors => _all.Exists(i => i.IsError);

    /// <summary>The request is wrong: <paramref name="field"/> is its path, for example <c>messages[2].content</c>.</summary>
    public void Error(string field, string message) => _all.Add(new FormatIssue(field, message, true));

    /// <summary>The request is right, but this cannot be said in the target's format.</summary>
    public void Inexpressible(string field, string message) => _all.Add(new FormatIssue(field, message, false));

    /// <summary>The request is right and its answer the same without this, which the target's format has no words for: left out and named, never refused.</summary>
    public void Hint(string field, string message) => _all.Add(new FormatIssue(field, message, false) { IsHint = true });

    /// <summary>Something that cannot be said changes the answer.</summary>
    public bool ChangesAnswer => _all.Exists(i => !i.IsHint);
}

/// <summary>One thing that does not fit.</summary>
/// <param name="Field">Path of the field.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="IsError">Wrong in itself, and not only for this target.</param>
public sealed record FormatIssue(string Field, string Message, bool IsError)
{
    /// <summary>The answer is the same without it.</summary>
    public bool IsHint { get; init; }
}
