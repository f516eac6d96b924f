using System.Globalization;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Support.Tools;

/// <summary>h2load (nghttp2), in HTTP/2 with prior knowledge, or in HTTP/1.1. Statuses are counted from its request log, one line per request.</summary>
internal static class H2Load
{
    /// <summary>Sends exactly this many requests and waits for every answer.</summary>
    public static async Task<StatusCounts> RunAsync(Uri url, H2LoadPlan plan, params IEnumerable<string> headers)
    {
        using var directory = new TempDirectory();
        var log = directory.Combine("requests.tsv");
        List<string> arguments = ["--requests", Text(plan.Requests), "--clients", Text(plan.Clients), "--threads", "1", "--log-file", log];
        if (plan.Http1) arguments.Add("--h1");
        else arguments.AddRange(["--max-concurrent-streams", Text(plan.Streams)]);
        if (plan.RequestsPerSecond > 0) arguments.AddRange(["--rps", Text(plan.RequestsPerSecond)]);
        foreach (var header in headers) arguments.AddRange(["--header", header]);
        var run = (await ExternalTool.H2Load.RunAsync(plan.Limit, [.. arguments, url.AbsoluteUri])).Ends();

        var counts = new StatusCounts();
        // start, status, duration; a status of -1 is a request that got no answer.
        foreach (var line in await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken)) counts.Add(int.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture));
        Assert.True(counts.Total == plan.Requests, $"{run}\nlogged {counts}");
        return counts;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What h2load does.</summary>
/// <param name="Requests">Requests in all.</param>
/// <param name="Clients">Connections.</param>
internal sealed record H2LoadPlan(int Requests, int Clients)
{
    /// <summary>HTTP/1.1 instead of HTTP/2.</summary>
    public bool Http1 { get; init; }

    /// <summary>Streams at once per connection, HTTP/2.</summary>
    public int Streams { get; init; } = 10;

    /// <summary>Requests per second and connection; 0 is as fast as it goes.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>Longest run.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(90);
}
