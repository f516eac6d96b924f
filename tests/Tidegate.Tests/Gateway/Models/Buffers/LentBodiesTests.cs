using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Models.Buffers;

/// <summary>
/// Long prompts and long answers stand in lent arrays, shared by the attempts of a call. Under load, with attempts that fail, race, are cancelled or broken off, no byte of one call
/// is seen in another, and all arrays come back. The pool overwrites what it gets back: whoever reads too late reads no JSON.
/// </summary>
public sealed class LentBodiesTests
{
    private const int PerRound = 120, AtOnce = 24, Length = 100_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/chat/completions", false)]
    [InlineData("/v1/chat/completions", true)]
    [InlineData("/v1/messages", false)]
    [InlineData("/v1/messages", true)]
    public async Task Bodies_OfCallsThatFailRaceAndAreLeft_AreSeenByNobodyElse(string path, bool stream)
    {
        var upstreams = new Upstreams();
        await using var one = await ChatUpstream.StartAsync(upstreams.AnswerAsync);
        await using var two = await ChatUpstream.StartAsync(upstreams.AnswerAsync);
        await using var gateway = await ModelSetup.StartAsync(m => m with
        {
            Strategy = TargetStrategy.Weighted,
            MaxAttempts = 3,
            SlowStart = TimeSpan.Zero,
            Hedging = new ModelHedgingConfig { MaxShare = 1 },
        }, one, two);
        var answers = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        IReadOnlyList<CallRecord> records = [];
        for (var round = 0; round < 2 || !records.Any(IsHedged); round++) // when calls have told for a second how long a first token takes, slow ones are hedged
        {
            Assert.True(round < 50, "No call was hedged.");
            await Parallel.ForEachAsync(Enumerable.Range(0, PerRound), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel },
                async (i, _) => answers[$"call{round}-{i}"] = await AskAsync(gateway, path, stream, $"call{round}-{i}", leaves: i % 5 == 0));
            records = await gateway.Calls.WaitForAsync(answers.Values.Count(a => a is not null)); // who left may have done so before anything was sent
        }

        Assert.Empty(upstreams.Nonsense);
        foreach (var (name, answer) in answers) Assert.True(answer is null || answer.Contains(Filler(name), StringComparison.Ordinal), $"{name} was answered {answer?[..Math.Min(200, answer.Length)]}");
        Assert.True(answers.Values.Count(a => a is not null) > answers.Count / 2, "Most calls are answered.");
        Assert.Contains(records, r => r.AttemptCount > 1);
        await Eventually(() => gateway.Given.Pool.Lent == 0); // what is still being written is held a moment longer
        Assert.True(gateway.Given.Pool.LentInAll > answers.Count * 2);
    }

    [Fact]
    public async Task Bodies_RefusedBeforeAnythingIsTried_ComeBack()
    {
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("here"));
        await using var gateway = await ModelSetup.StartAsync(upstream);

        foreach (var body in (string[])["", "{", "[]", """{"messages":[]}""", """{"model":"unknown","messages":[]}""", """{"model":"fast"}"""]) await gateway.AskAsync(body, "/v1/messages");

        Assert.True(gateway.Given.Pool.LentInAll > 0);
        await Eventually(() => gateway.Given.Pool.Lent == 0);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/messages")]
    public async Task Streams_ThatAreSilent_HoldTheirRequestAndASmallBuffer(string path)
    {
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Streams(ChatUpstream.Role, ChatUpstream.Content("so far"), ChatUpstream.Silence));
        await using var gateway = await ModelSetup.StartAsync(upstream);

        using var answer = await gateway.PostAsync("""{"model":"fast","max_tokens":100,"stream":true,"messages":[{"role":"user","content":"hi"}]}""", path);
        await (await answer.Content.ReadAsStreamAsync(Cancel)).ReadAtLeastAsync(new byte[1000], 100, cancellationToken: Cancel);

        await Eventually(() => gateway.Given.Pool is { Lent: 2, LentBytes: <= 768 }); // the request as it came, and where the next event is read into
    }

    private static bool IsHedged(CallRecord record) => Enumerable.Range(0, record.AttemptCount).Any(i => record.Attempt(i).Kind == AttemptKind.Hedge);

    // Null: the caller left, or was told of an error.
    private static async Task<string?> AskAsync(TestGateway gateway, string path, bool stream, string name, bool leaves)
    {
        var body = $$"""{"model":"fast","max_tokens":100,{{(stream ? "\"stream\":true," : "")}}"messages":[{"role":"user","content":"{{Filler(name)}}"}]}""";
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        try
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
            if (leaves) leaving.CancelAfter(TimeSpan.FromMilliseconds(name[^1] - '0' + 5)); // somewhere on the way, each at another place
            using var answer = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
            var text = await answer.Content.ReadAsStringAsync(leaving.Token);
            return (int)answer.StatusCode == 200 && !text.Contains("\"error\"", StringComparison.Ordinal) ? text : null;
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            return null;
        }
    }

    // Long enough for an array of its own, and another one for each call.
    private static string Filler(string name) => string.Concat(Enumerable.Repeat(name + " ", Length / (name.Length + 1)));

    private static async Task Eventually(Func<bool> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(10, limit.Token);
    }

    /// <summary>Look at what they get, fail now and then, are slow now and then, and else say what they were told.</summary>
    private sealed class Upstreams
    {
        private int _next;

        public ConcurrentQueue<string> Nonsense { get; } = new();

        public async Task AnswerAsync(HttpContext context)
        {
            var body = (string)context.Items["body"]!;
            if (Said(body) is not { } text)
            {
                Nonsense.Enqueue(body[..Math.Min(300, body.Length)]);
                return;
            }

            switch (Interlocked.Increment(ref _next) % 30)
            {
                case 1 or 11 or 21:
                    await ChatUpstream.Fails(500)(context);
                    break;
                case 2: // long enough for a second attempt beside it
                    await Task.Delay(3000, context.RequestAborted);
                    await ChatUpstream.Says(text)(context);
                    break;
                case 3 or 13:
                    await ChatUpstream.Streams(ChatUpstream.Role, ChatUpstream.Content("begun"), ChatUpstream.Cut)(context);
                    break;
                default:
                    await ChatUpstream.Says(text)(context);
                    break;
            }
        }

        private static string? Said(string body)
        {
            try
            {
                using var json = JsonDocument.Parse(body);
                var content = json.RootElement.GetProperty("messages")[0].GetProperty("content");
                var text = content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
                return text == Filler(text[..text.IndexOf(' ', StringComparison.Ordinal)]) ? text : null;
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                return null;
            }
        }
    }
}
