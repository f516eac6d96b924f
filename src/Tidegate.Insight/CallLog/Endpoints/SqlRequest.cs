using Tidegate.Core.Resources.Schema;

namespace Tidegate.Insight.CallLog.Endpoints;

/// <summary>Body of a free question.</summary>
/// <param name="Query">The SQL.</param>
/// <param name="MaxRows">Most rows; null: 1,000.</param>
/// <param name="Limit">Longest time, as <c>10s</c>; null: 10 s.</param>
internal sealed record SqlRequest(string Query, int? MaxRows = null, string? Limit = null)
{
    public SqlQuestion Read()
    {
        var question = new SqlQuestion { Query = Query };
        if (MaxRows is { } rows) question = question with { MaxRows = rows };
        if (Limit is null) return question;
        return Duration.TryParse(Limit, out var limit) ? question with { Limit = limit } : throw new CallQueryException("limit", $"'{Limit}' is not a duration.", $"Expected is {Duration.Expected}.");
    }
}
