using Tidegate.Insight.CallLog.Filter;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>The part of a WHERE that every query has.</summary>
internal static class Conditions
{
    /// <summary><c>WHERE</c> of a time and a filter.</summary>
    public static SqlText AddWhere(this SqlText sql, DateTimeOffset? from, DateTimeOffset? until, CallFilter filter)
    {
        sql.Add(" WHERE (");
        sql.Add(filter);
        sql.Add(")");
        if (from is { } begin) sql.Add(" AND started_at >= ").Value(begin.UtcDateTime);
        if (until is { } end) sql.Add(" AND started_at < ").Value(end.UtcDateTime);
        return sql;
    }
}
