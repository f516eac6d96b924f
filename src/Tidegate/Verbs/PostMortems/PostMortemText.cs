using Tidegate.Insight.PostMortems;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.PostMortems;

/// <summary>Post-mortems as people read them.</summary>
internal static class PostMortemText
{
    /// <summary>How it stands: <c>due: no text, no P0 action item</c>.</summary>
    public static string State(PostMortem found) => found switch
    {
        { IsDue: true } => $"due: {string.Join(", ", found.Missing.Select(m => m == "text" ? "no text" : "no P0 action item"))}",
        { WrittenAt: { } at } => $"written {ObjectiveText.Time(at)} by {found.WrittenBy}",
        _ => "begun",
    };

    /// <summary>An action item in a line.</summary>
    public static string Item(ActionItem item) => $"{item.Title} ({(item.Owner.Length > 0 ? item.Owner : "nobody yet")}{(item.Due is { } due ? $", until {due:yyyy-MM-dd}" : "")})";
}
