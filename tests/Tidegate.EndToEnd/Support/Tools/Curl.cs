using System.Globalization;

namespace Tidegate.EndToEnd.Support.Tools;

/// <summary>curl, asked what it saw.</summary>
internal static class Curl
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>One call; the answer as curl prints it with <c>--include</c>.</summary>
    public static async Task<CurlAnswer> CallAsync(Uri url, params IEnumerable<string> options)
    {
        var run = await ExternalTool.Curl.RunAsync(Limit, ["--silent", "--show-error", "--max-time", "30", "--write-out", "\n%{http_version} %{http_code} %{size_download}", .. options, url.AbsoluteUri]);
        run.Ends();
        var end = run.Output.LastIndexOf('\n');
        var facts = run.Output[(end + 1)..].Split(' ');
        return new(run.Output[..Math.Max(end, 0)], facts[0], Number(facts[1]), Number(facts[2]), run.Errors);
    }

    /// <summary>The same call many times on kept connections; statuses as curl saw them.</summary>
    public static async Task<StatusCounts> CountAsync(Uri url, int times, params IEnumerable<string> options)
    {
        // The fragment is not sent: it only makes curl repeat the address.
        var run = await ExternalTool.Curl.RunAsync(Limit, ["--silent", "--max-time", "50", "--output", "/dev/null", "--write-out", "%{http_code}\\n", .. options, $"{url.AbsoluteUri}#[1-{times}]"]);
        var counts = new StatusCounts();
        foreach (var line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)) counts.Add(Number(line));
        Assert.True(counts.Total == times, run.ToString());
        return counts;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>One answer, as curl saw it.</summary>
internal sealed record CurlAnswer(string Body, string HttpVersion, int Status, int Size, string Errors);
