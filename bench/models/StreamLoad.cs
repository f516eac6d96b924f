using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Tidegate.Benchmarks.Models;

/// <summary>Callers of streams who look at the clock: how long the first token takes, and how soon a provider is let go when its callers leave.</summary>
internal sealed class StreamLoad(string address, string key) : IDisposable
{
    private const int WarmUp = 3; // seconds: code of the caller that runs for the first time is no matter of the proxy

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxResponseDrainSize = 0 }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>So many streams at a time, one after the other, for some seconds: milliseconds to the first token of each, sorted.</summary>
    public async Task<double[]> FirstTokensAsync(int streams, int seconds)
    {
        var times = new List<double>[streams];
        var begin = Stopwatch.GetTimestamp() + (WarmUp * Stopwatch.Frequency);
        var end = begin + (seconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, streams).Select(async i =>
        {
            times[i] = [];
            await Task.Delay(TimeSpan.FromSeconds((double)i / streams)); // one stream lasts about a second: they begin one after the other
            while (Stopwatch.GetTimestamp() < end)
            {
                var asked = Stopwatch.GetTimestamp();
                using var answer = await AskAsync("paced");
                var body = await answer.Content.ReadAsStreamAsync();
                var first = await ReadAsync(body);
                if (asked >= begin) times[i].Add(Stopwatch.GetElapsedTime(asked, first).TotalMilliseconds);
                await body.CopyToAsync(Stream.Null);
            }
        }));
        return [.. times.SelectMany(t => t).Order()];
    }

    /// <summary>So many streams are left at the same moment: milliseconds until the provider of each was let go, sorted.</summary>
    public async Task<double[]> LeaveAsync(int streams, string upstream)
    {
        await _client.GetStringAsync($"{upstream}/left");
        var answers = await Task.WhenAll(Enumerable.Range(0, streams).Select(async _ =>
        {
            var answer = await AskAsync("hold");
            await ReadAsync(await answer.Content.ReadAsStreamAsync());
            return answer;
        }));
        var left = Stopwatch.GetTimestamp();
        foreach (var answer in answers) answer.Dispose(); // nothing of a stream under way can be kept: the connections are closed
        var seen = new List<long>();
        for (var wait = 0; seen.Count < streams && wait < 100; wait++)
        {
            await Task.Delay(100);
            seen.AddRange((await _client.GetStringAsync($"{upstream}/left")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(t => long.Parse(t, CultureInfo.InvariantCulture)));
        }

        if (seen.Count != streams) throw new InvalidOperationException($"{seen.Count} of {streams} providers were let go within 10 s.");
        return [.. seen.Select(t => Stopwatch.GetElapsedTime(left, t).TotalMilliseconds).Order()];
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> AskAsync(string model)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/v1/chat/completions")
        {
            Content = new StringContent($$"""{"model":"{{model}}","stream":true,"messages":[{"role":"user","content":"When does the tide come in?"}]}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.EnsureSuccessStatusCode();
    }

    // To the first word, and when it was there.
    private static async Task<long> ReadAsync(Stream body)
    {
        var buffer = new byte[4096];
        for (var count = 0; count < buffer.Length;)
        {
            var read = await body.ReadAsync(buffer.AsMemory(count));
            if (read == 0) break;
            count += read;
            if (buffer.AsSpan(0, count).IndexOf("word0"u8) >= 0) return Stopwatch.GetTimestamp();
        }

        throw new InvalidOperationException("The stream has no first word.");
    }
}
