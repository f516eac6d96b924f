using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.PostMortems.Entries;

/// <summary>Whether what is told of a post-mortem can be taken; throws a <see cref="ProblemException"/> where it cannot.</summary>
internal static class PostMortemCheck
{
    /// <summary>Most action items of one.</summary>
    public const int MostActions = 100;

    private const int LongestText = 100_000, LongestReason = 2000, LongestTitle = 300, LongestOwner = 100;

    public static void Reason(string reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new ProblemException(Problems.BadRequest("reason", "A mandatory post-mortem needs a reason: whoever has to write it reads it.").Problem);
        RequestText.Assert("reason", reason, LongestReason);
    }

    public static void Text(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new ProblemException(Problems.BadRequest("text", "The text is empty.", "Say what happened, what contributed to it, and what was learnt.").Problem);
        RequestText.Assert("text", text, LongestText);
    }

    public static void Action(ActionItemRequest action)
    {
        if (string.IsNullOrWhiteSpace(action.Title)) throw new ProblemException(Problems.BadRequest("title", "An action item needs a title.", "Say what is to be done.").Problem);
        RequestText.Assert("title", action.Title, LongestTitle);
        RequestText.Assert("owner", action.Owner, LongestOwner);
    }
}
