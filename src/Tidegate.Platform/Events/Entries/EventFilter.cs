namespace Tidegate.Platform.Events.Entries;

/// <summary>Turns a query into the database's words.</summary>
internal static class EventFilter
{
    public static IQueryable<EventRow> Apply(IQueryable<EventRow> rows, EventQuery query)
    {
        if (query.Below is { } below) rows = rows.Where(row => row.Sequence < below);
        if (query.From is { } from) rows = rows.Where(row => row.Time >= from.ToUniversalTime());
        if (query.To is { } to) rows = rows.Where(row => row.Time < to.ToUniversalTime());
        if (query.Type is { } type) rows = Prefix(type) is { } p ? rows.Where(row => row.Type.StartsWith(p)) : rows.Where(row => row.Type == type);
        if (query.Subject is { } subject) rows = Prefix(subject) is { } p ? rows.Where(row => row.Subject.StartsWith(p)) : rows.Where(row => row.Subject == subject);
        return rows.OrderByDescending(row => row.Sequence).Take(query.Limit);
    }

    private static string? Prefix(string text) => text.EndsWith('*') ? text[..^1] : null;
}
