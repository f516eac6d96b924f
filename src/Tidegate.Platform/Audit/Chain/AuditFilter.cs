namespace Tidegate.Platform.Audit.Chain;

/// <summary>Turns a query into the database's words.</summary>
internal static class AuditFilter
{
    public static IQueryable<AuditRow> Apply(IQueryable<AuditRow> rows, AuditQuery query)
    {
        if (query.Below is { } below) rows = rows.Where(row => row.Sequence < below);
        if (query.Actor is { } actor) rows = rows.Where(row => row.Actor == actor);
        if (query.Correlation is { } correlation) rows = rows.Where(row => row.Correlation == correlation);
        if (query.From is { } from) rows = rows.Where(row => row.Time >= from.ToUniversalTime());
        if (query.To is { } to) rows = rows.Where(row => row.Time < to.ToUniversalTime());
        if (query.Action is { } action) rows = Prefix(action) is { } p ? rows.Where(row => row.Action.StartsWith(p)) : rows.Where(row => row.Action == action);
        if (query.Target is { } target) rows = Prefix(target) is { } p ? rows.Where(row => row.Target.StartsWith(p)) : rows.Where(row => row.Target == target);
        return rows.OrderByDescending(row => row.Sequence).Take(query.Limit);
    }

    private static string? Prefix(string text) => text.EndsWith('*') ? text[..^1] : null;
}
