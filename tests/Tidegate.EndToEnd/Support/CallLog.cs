using System.Text.Json.Nodes;
using Tidegate.EndToEnd.Support.Tools;

namespace Tidegate.EndToEnd.Support;

/// <summary>What the call log of a node says, asked through its API with SQL of our own.</summary>
internal sealed class CallLog(TidegateProcess node)
{
    private static readonly TimeSpan Written = TimeSpan.FromSeconds(10);

    /// <summary>Waits until the log holds as many calls as the client made (records are written once a second), then compares status by status.</summary>
    public async Task AgreesAsync(string route, StatusCounts client)
    {
        await Eventually.HoldsAsync(async () => Assert.Equal((route, client.ToString()), (route, (await CountsAsync(route)).ToString())), Written);
    }

    /// <summary>Calls by status, of one route.</summary>
    public async Task<StatusCounts> CountsAsync(string route)
    {
        var counts = new StatusCounts();
        foreach (var row in await QueryAsync($"SELECT status, count(*) FROM calls WHERE route = '{route}' GROUP BY status")) counts.Add((int)row[0]!, (long)row[1]!);
        return counts;
    }

    /// <summary>One number.</summary>
    public async Task<long> NumberAsync(string sql) => (long)(await QueryAsync(sql)).Single()[0]!;

    /// <summary>Rows of a query.</summary>
    public async Task<IReadOnlyList<JsonArray>> QueryAsync(string sql)
    {
        var (status, body) = await node.Api.SendAsync(HttpMethod.Post, "calls/sql", new JsonObject { ["sql"] = sql });
        Assert.True((int)status == 200, $"{sql}: {status} {body}");
        return [.. body!["rows"]!.AsArray().Select(row => row!.AsArray())];
    }
}
