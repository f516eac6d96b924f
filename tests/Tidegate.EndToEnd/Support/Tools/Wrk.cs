using System.Globalization;
using System.Text.RegularExpressions;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Support.Tools;

/// <summary>
/// wrk, with a script that counts every status and sends a fixed number of requests. wrk alone ends by the clock and forgets what is in flight then;
/// the gateway does not, and the counts could not be compared.
/// </summary>
internal static partial class Wrk
{
    private const string Script = """
        local limit = tonumber(os.getenv("WRK_REQUESTS"))
        -- wrk asks for one request before it begins, only to look at it
        local sent, received = -1, 0
        local threads = {}
        counts = {}
        function setup(thread) table.insert(threads, thread) end
        function request() sent = sent + 1; return wrk.request() end
        function delay() if sent >= limit then return 3600000 end return 0 end
        function response(status)
          received = received + 1
          counts[status] = (counts[status] or 0) + 1
          if sent >= limit and received == sent then wrk.thread:stop() end
        end
        function done(summary)
          for _, thread in ipairs(threads) do
            for status, count in pairs(thread:get("counts")) do print("status " .. status .. " " .. count) end
          end
          local e = summary.errors
          print("refused " .. e.connect)
          print("broken " .. (e.read + e.write + e.timeout))
        end
        """;

    /// <summary>Sends about <paramref name="requests"/> requests (a few more: connections finish what they began), at most for <paramref name="seconds"/>, which it always takes.</summary>
    public static async Task<WrkResult> RunAsync(Uri url, int requests, int connections, int seconds, params IEnumerable<string> headers)
    {
        using var directory = new TempDirectory();
        var script = directory.Combine("count.lua");
        await File.WriteAllTextAsync(script, Script, TestContext.Current.CancellationToken);
        var variables = new Dictionary<string, string?> { ["WRK_REQUESTS"] = Text(requests) };
        var run = await ExternalTool.Wrk.RunAsync(TimeSpan.FromSeconds(seconds + 30), variables,
            ["--threads", "1", "--connections", Text(connections), "--duration", $"{seconds}s", "--script", script, .. headers.SelectMany(header => new[] { "--header", header }), url.AbsoluteUri]);
        run.Ends();
        var counts = new StatusCounts();
        foreach (Match match in StatusLine().Matches(run.Output)) counts.Add(Number(match.Groups[1]), Number(match.Groups[2]));
        return new(counts, Number(RefusedLine().Match(run.Output).Groups[1]), Number(BrokenLine().Match(run.Output).Groups[1]), run);
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^status (\d+) (\d+)$", RegexOptions.Multiline)]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"^refused (\d+)$", RegexOptions.Multiline)]
    private static partial Regex RefusedLine();

    [GeneratedRegex(@"^broken (\d+)$", RegexOptions.Multiline)]
    private static partial Regex BrokenLine();
}

/// <summary>What wrk saw.</summary>
/// <param name="Counts">Answers by status.</param>
/// <param name="RefusedConnections">Nobody listened.</param>
/// <param name="BrokenConnections">Failed to be read from or written to, or timed out.</param>
/// <param name="Run">All it said.</param>
internal sealed record WrkResult(StatusCounts Counts, int RefusedConnections, int BrokenConnections, ToolRun Run);
