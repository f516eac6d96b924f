using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Ports;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Providers;
using Tidegate.Models.Providers.Fake;

namespace Tidegate.Models.Tests.Providers.Fake;

/// <summary>What the fake vendor answers, read with the readers of its dialects.</summary>
public sealed class FakeVendorTests : IDisposable
{
    private const string Long = "one two three four five six";
    private static readonly FakeVendor Vendor = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20000));
    private readonly Chances _random = new();
    private readonly HttpMessageInvoker _client;

    public FakeVendorTests() => _client = new HttpMessageInvoker(Vendor.CreateHandler(_time, _random));

    public static TheoryData<string> Dialects { get; } = [.. Vendor.Formats.Select(f => f.Name)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Echo_Stream_IsReadByItsDialect(string dialect)
    {
        var events = await StreamAsync("echo?dialect=" + dialect, "openai_chat");
        Assert.Equal(Long, string.Concat(events.OfType<TextDelta>().Select(d => d.Text)));
        Assert.Equal(FinishReason.Stop, Assert.Single(events.OfType<Finished>()).Finish.Reason);
        var usage = events.OfType<Used>().Last().Usage;
        Assert.Equal((6, 6), (usage.Input, usage.Output));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Echo_Whole_IsReadByItsDialect(string dialect)
    {
        using var response = await SendAsync("echo?dialect=" + dialect, stream: false);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Cancel));
        var answer = Vendor.FormatFor("openai_chat", "echo?dialect=" + dialect).ReadAnswer(json.RootElement);
        Assert.Equal(Long, string.Concat(answer.Choices[0].Parts.OfType<TextPart>().Select(p => p.Text)));
        Assert.Equal(12, answer.Usage!.Total);
    }

    [Fact]
    public void FormatFor_NoDialectInTheScript_IsTheCallersOwn() => Assert.Equal("anthropic_messages", Vendor.FormatFor("anthropic_messages", "echo").Name);

    [Fact]
    public async Task Lorem_Length_IsWhatWasAsked() => Assert.Equal(200, (await StreamAsync("lorem?tokens=200")).OfType<TextDelta>().Count());

    [Fact]
    public async Task First_NothingComesBeforeIt()
    {
        var reading = StreamAsync("echo?first=2s");
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(reading.IsCompleted);
        await AdvanceAsync(reading);
        Assert.NotEmpty(await reading);
    }

    [Fact]
    public async Task Rate_TokensComeAtTheirPace()
    {
        var began = _time.GetUtcNow();
        var reading = StreamAsync("lorem?tokens=11&rate=10");
        await AdvanceAsync(reading);
        Assert.True(_time.GetUtcNow() - began >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Cut_AfterNTokens_TheConnectionBreaks()
    {
        var seen = new List<ChatEvent>();
        await Assert.ThrowsAsync<IOException>(() => StreamAsync("echo?cut=3", into: seen));
        Assert.Equal(3, seen.OfType<TextDelta>().Count());
        Assert.Empty(seen.OfType<Finished>());
    }

    [Fact]
    public async Task Stall_AfterNTokens_NothingMoreComes()
    {
        var seen = new List<ChatEvent>();
        using var leave = new CancellationTokenSource();
        var reading = ReadAsync("echo?stall=2", "openai_chat", seen, null, leave.Token);
        while (seen.Count < 3) await Task.Delay(1, Cancel);
        Assert.False(reading.IsCompleted);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(2, seen.OfType<TextDelta>().Count());
    }

    [Fact]
    public async Task Malformed_OneFrameIsBroken_TheRestFollows()
    {
        var skipped = new List<string>();
        var events = await StreamAsync("echo?malformed=2", skipped: skipped);
        Assert.Single(skipped);
        Assert.Equal(6, events.OfType<TextDelta>().Count());
    }

    [Fact]
    public async Task Error_InsideTheStream_IsToldAndNothingFinishes()
    {
        var events = await StreamAsync("echo?error=1");
        Assert.Single(events.OfType<Failed>());
        Assert.Empty(events.OfType<Finished>());
    }

    [Fact]
    public async Task Truncate_EndsWithoutAFinish() => Assert.Empty((await StreamAsync("echo?truncate=4")).OfType<Finished>());

    [Fact]
    public async Task NoDone_HasItsFinish_AndNoEndMark()
    {
        using var response = await SendAsync("echo?nodone", stream: true);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("\"finish_reason\":\"stop\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_Once_TheNextCallSucceeds()
    {
        const string Model = "echo?status=429&retry=2s&times=1";
        using var first = await SendAsync(Model, stream: true);
        Assert.Equal(429, (int)first.StatusCode);
        Assert.Equal("2", first.Headers.NonValidated["Retry-After"].ToString());
        Assert.Equal(ModelErrorKind.RateLimit, Vendor.Formats[0].ReadError(429, await first.Content.ReadAsByteArrayAsync(Cancel)).Kind);
        using var second = await SendAsync(Model, stream: true);
        Assert.Equal(200, (int)second.StatusCode);
    }

    [Fact]
    public async Task Flaky_ByChance()
    {
        _random.Next = 0.199;
        Assert.Equal(500, await StatusAsync("flaky-20"));
        _random.Next = 0.2;
        Assert.Equal(200, await StatusAsync("flaky-20"));
    }

    [Fact]
    public async Task Flap_UpAndDownByTheClock()
    {
        Assert.Equal(200, await StatusAsync("echo?flap=60s"));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(503, await StatusAsync("echo?flap=60s"));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(200, await StatusAsync("echo?flap=60s"));
    }

    [Theory]
    [InlineData("gpt", 404, ModelErrorKind.NotFound)]
    [InlineData("echo?context=5", 400, ModelErrorKind.ContextLength)]
    [InlineData("down", 503, ModelErrorKind.Overloaded)]
    public async Task Refusals_AreOfTheDialect(string model, int status, ModelErrorKind kind)
    {
        using var response = await SendAsync(model, stream: false);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(kind, Vendor.Formats[0].ReadError(status, await response.Content.ReadAsByteArrayAsync(Cancel)).Kind);
    }

    [Fact]
    public async Task Embeddings_SameTextSameVector()
    {
        var path = Vendor.Path(ModelOperation.Embeddings, "openai_embeddings", "echo", false, new VendorAccount(Vendor.Address));
        using var request = VendorRun.Request(Vendor, "", path, body: """{"model":"echo","input":["a","b","a"],"dimensions":4}""");
        using var response = await _client.SendAsync(request, Cancel);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Cancel));
        var vectors = json.RootElement.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("embedding").GetRawText()).ToList();
        Assert.Equal(vectors[0], vectors[2]);
        Assert.NotEqual(vectors[0], vectors[1]);
        Assert.Equal(4, json.RootElement.GetProperty("data")[0].GetProperty("embedding").GetArrayLength());
    }

    private async Task<int> StatusAsync(string model)
    {
        using var response = await SendAsync(model, stream: false);
        return (int)response.StatusCode;
    }

    private Task<HttpResponseMessage> SendAsync(string model, bool stream, string face = "openai_chat")
    {
        var format = Vendor.FormatFor(face, model);
        var chat = new ChatRequest { Model = model, Stream = stream, StreamUsage = true, MaxTokens = 1000, Messages = [new Message(MessageRole.User, [new TextPart(Long)])] };
        var issues = new FormatIssues();
        var body = FakeBody.Json(json => format.WriteRequest(chat, json, issues));
        var path = Vendor.Path(ModelOperation.Chat, format.Name, model, stream, new VendorAccount(Vendor.Address));
        return _client.SendAsync(VendorRun.Request(Vendor, "", path, body: Encoding.UTF8.GetString(body)), Cancel);
    }

    private async Task<List<ChatEvent>> StreamAsync(string model, string face = "openai_chat", List<ChatEvent>? into = null, List<string>? skipped = null)
    {
        into ??= [];
        await ReadAsync(model, face, into, skipped, Cancel);
        return into;
    }

    // Reads as the gateway does: bytes, frames, events.
    private async Task ReadAsync(string model, string face, List<ChatEvent> into, List<string>? skipped, CancellationToken cancel)
    {
        var format = Vendor.FormatFor(face, model);
        using var response = await SendAsync(model, stream: true, face);
        await using var stream = await response.Content.ReadAsStreamAsync(Cancel);
        var (frames, reader, pending) = (format.CreateFrameReader(), format.CreateStreamReader(), new MemoryStream());
        var buffer = new byte[256];
        while (await stream.ReadAsync(buffer, cancel) is > 0 and { } read)
        {
            pending.Write(buffer.AsSpan(0, read));
            var left = new System.Buffers.ReadOnlySequence<byte>(pending.ToArray());
            while (frames.TryRead(ref left, out var frame))
            {
                if (!reader.Read(frame, into)) skipped?.Add(Encoding.UTF8.GetString(frame.Data.Span));
            }

            pending = new MemoryStream();
            foreach (var segment in left) pending.Write(segment.Span);
        }
    }

    private async Task AdvanceAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(1, Cancel);
        }
    }

    private sealed class Chances : IRandomSource
    {
        public double Next { get; set; }

        public double NextDouble() => Next;

        int IRandomSource.Next(int exclusiveMax) => (int)(Next * exclusiveMax);

        public void NextBytes(Span<byte> bytes) => bytes.Clear();
    }
}
