using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Tidegate.EndToEnd.Support.Tools;

namespace Tidegate.EndToEnd.Support;

/// <summary>What the call log of a node says, asked through its API.</summary>
internal sealed class CallLog(TidegateProcess node)
{
    private static readonly TimeSpan Written = TimeSpan.FromSeconds(10);

    /// <summary>Waits until it is open: traffic does not wait for it, so a node may be ready before.</summary>
    public Task OpenAsync() => Eventually.IsTrueAsync(
        async () => (await node.Api.SendAsync(HttpMethod.Get, "calls/top?by=status&limit=1")).Status == HttpStatusCode.OK, TimeSpan.FromSeconds(60), "the call log is open");

    /// <summary>Waits until the log holds as many calls as the client made (records are written once a second), then compares status by status.</summary>
    public Task AgreesAsync(string route, StatusCounts client) =>
        Eventually.HoldsAsync(async () => Assert.Equal((route, client.ToString()), (route, (await CountsAsync(route)).ToString())), Written);

    /// <summary>Calls by status, of one route; the empty name is of calls that no route took.</summary>
    public Task<StatusCounts> CountsAsync(string route) => CountsAsync("status", $"route={Uri.EscapeDataString(route)}");

    /// <summary>Calls by a numeric field, of those a filter takes.</summary>
    public async Task<StatusCounts> CountsAsync(string by, string filter)
    {
        var counts = new StatusCounts();
        foreach (var row in await TopAsync(by, filter)) counts.Add(int.Parse((string)row!["key"]!, CultureInfo.InvariantCulture), (long)row["numbers"]!["count"]!);
        return counts;
    }

    /// <summary>How many calls a filter takes; all without one.</summary>
    public async Task<long> CountAsync(string filter = "") => (await TopAsync("status", filter)).Sum(row => (long)row!["numbers"]!["count"]!);

    private async Task<JsonArray> TopAsync(string by, string filter)
    {
        await OpenAsync();
        return (await node.Api.GetAsync($"calls/top?by={by}&limit=1000&{filter}"))["items"]!.AsArray();
    }
}
