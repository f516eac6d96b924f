using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Incidents.Entries;

/// <summary>Whether what is told of an incident makes sense; throws a <see cref="ProblemException"/> where it does not.</summary>
internal static class IncidentCheck
{
    /// <summary>Most names of a list.</summary>
    public const int MostNames = 100;

    public static void Assert(IncidentRequest request, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(request.Title) || request.Title.Length > IncidentStore.LongestTitle)
            throw new ProblemException(Problems.BadRequest("title", $"An incident needs a title of at most {IncidentStore.LongestTitle} characters.").Problem);
        RequestText.Assert("title", request.Title, IncidentStore.LongestTitle);
        if (request.ImpactStart > now) throw new ProblemException(Problems.BadRequest("impactStart", "Users cannot have been hurt from a time that is to come.", "Leave it out for now.").Problem);
        foreach (var (path, names) in (ReadOnlySpan<(string, IReadOnlyList<string>)>)[("services", request.Services), ("objectives", request.Objectives), ("alerts", request.Alerts)])
        {
            if (names.Count > MostNames || names.Any(n => string.IsNullOrWhiteSpace(n) || n.Length > 300)) throw new ProblemException(Problems.BadRequest(path, $"At most {MostNames} names, none of them empty or longer than 300 characters.").Problem);
            foreach (var name in names) RequestText.Assert(path, name, 300);
        }
    }

    public static void Assert(string note)
    {
        if (string.IsNullOrWhiteSpace(note) || note.Length > IncidentStore.LongestNote) throw new ProblemException(Problems.BadRequest("note", $"A note has 1 to {IncidentStore.LongestNote} characters.").Problem);
        RequestText.Assert("note", note, IncidentStore.LongestNote);
    }
}
