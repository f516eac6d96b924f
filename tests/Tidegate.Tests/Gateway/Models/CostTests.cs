using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Gateway.Models;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Snapshot;
using Tidegate.Models.Costs.Tokens;
using Tidegate.Models.Formats;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What calls of models used and cost: semantics 2.5 and 2.9. Every price here is 2.50 in and 10 out per million.</summary>
public sealed class CostTests
{
    [Fact]
    public async Task Semantics2_9_ProvidersNumbers_AreTheRecords()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal(("p1", "m-p1", 7L, 3L), (use.Provider, use.Model, use.InputTokens, use.OutputTokens));
        Assert.Equal((0.0000475m, "USD", false), (use.Cost, use.Currency, use.Estimated)); // 7 x 2.5 + 3 x 10 = 47.5 millionths
        Assert.True(use.FirstTokenUs >= 0);
        Assert.False(gateway.Get<TokenCounter>().IsLoaded); // megabytes, for calls whose provider tells nothing
    }

    [Fact]
    public async Task Semantics2_9_StreamsNumbers_AreTheRecords()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);

        Assert.Equal((0.0000475m, false), Cost(await gateway.Calls.NextAsync()));
    }

    [Fact]
    public async Task Semantics2_9_ContentAndItsFailureInOnePiece_IsBilled()
    {
        await using var broken = await ChatUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one two three\"}}]}\n\ndata: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n", TestContext.Current.CancellationToken);
        });
        await using var good = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", broken), Priced("p2", good)));

        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(["p1", "p2"], Enumerable.Range(0, 2).Select(i => record.Attempt(i).Use!.Provider));
        Assert.True(record.Attempt(0).Use!.Cost > 0);
        Assert.True(record.Attempt(0).Use!.Estimated);
    }

    // Four bytes a token: whoever still waits for an answer does not wait for the vocabulary.
    [Theory]
    [InlineData(Ask)]
    [InlineData(AskStream)]
    public async Task Semantics2_9_TimedOutBeforeItsFirstToken_IsEstimated_WithoutTheVocabulary(string request)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var silent = await ChatUpstream.StartAsync(Streams(Silence));
        await using var good = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Document(m => m, Priced("p1", silent), Priced("p2", good)));

        var answering = gateway.AskAsync(request);
        while (silent.Calls == 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        time.Advance(new ModelTimeoutsConfig().Answer + TimeSpan.FromSeconds(1));

        Assert.Equal(200, (await answering).Status);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Timeout, 5L, 0L, true), (record.Attempt(0).Outcome, record.Attempt(0).Use!.InputTokens, record.Attempt(0).Use!.OutputTokens, record.Attempt(0).Use!.Estimated));
        Assert.Equal(("p2", 2), (record.Use!.Provider, record.AttemptCount));
        Assert.False(gateway.Get<TokenCounter>().IsLoaded);
    }

    [Fact]
    public async Task Semantics2_9_FailedAttempts_StandApartWithTheirOwnCost()
    {
        await using var broken = await ChatUpstream.StartAsync(Streams(Role, Ping, Cut));
        await using var busy = await ChatUpstream.StartAsync(Fails(503));
        await using var good = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", broken), Priced("p2", busy), Priced("p3", good)));

        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(["p1", "p2", "p3"], Enumerable.Range(0, 3).Select(i => record.Attempt(i).Use!.Provider));
        Assert.Equal([0m, 0m, 0.0000475m], Enumerable.Range(0, 3).Select(i => record.Attempt(i).Use!.Cost));
        Assert.Same(record.Attempt(2).Use, record.Use);
    }

    [Fact]
    public async Task Semantics2_9_NoNumbers_AreCountedAndMarked()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hello,"), Content(" world!"), Stop, Done));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal((5L, 4L, true), (use.InputTokens, use.OutputTokens, use.Estimated)); // "hi" and one message; "Hello, world!"
        Assert.Equal(0.0000525m, use.Cost); // 5 x 2.5 + 4 x 10
    }

    [Fact]
    public async Task Semantics2_9_WholeAnswerWithoutNumbers_IsCountedAndMarked()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200,
            """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello, world!"},"finish_reason":"stop"}]}"""));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal((0.0000525m, true), Cost(await gateway.Calls.NextAsync()));
    }

    [Fact]
    public async Task Semantics2_5_StreamCutInTheMiddle_BillsTheTokensDelivered()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hello, world!"), Gate, Cut));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        await gateway.AskAsync(AskStream, upstream);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(CallOutcome.Truncated, record.Outcome);
        Assert.Equal((0.0000525m, true), Cost(record));
    }

    [Fact]
    public async Task Semantics2_5_NumbersToldBeforeTheCut_AreMadeUpToWhatWasDelivered()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("once"), Usage(100, 20), Content("Hello, world!"), Gate, Cut));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        await gateway.AskAsync(AskStream, upstream);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal((100L, 24L, true), (use.InputTokens, use.OutputTokens, use.Estimated));
    }

    // Anthropic tells the input at the start, with one token of output, and the output at the end: which never came. "Hello, world!" are 13 bytes: 4 more tokens.
    [Fact]
    public async Task Semantics2_5_CutOfAFormatThatTellsTheOutputLast_BillsWhatWasDelivered()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(
            Event("message_start", """{"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"output_tokens":1}}}"""),
            Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
            Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello, world!"}}"""),
            Gate,
            Cut));
        var plain = Priced("p1", upstream);
        await using var gateway = await TestGateway.StartAsync(Document(m => m, new Resource<ProviderConfig>
        {
            ApiVersion = plain.ApiVersion, Kind = plain.Kind, Metadata = plain.Metadata, Spec = plain.Spec with { Vendor = "anthropic", Keys = [new ProviderKeyConfig { Name = "k", Secret = "k" }] },
        }));

        using var answer = await gateway.PostAsync("""{"model":"fast","max_tokens":100,"stream":true,"messages":[{"role":"user","content":"hi"}]}""", "/v1/messages");
        upstream.Seen.SetResult();
        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Truncated, 25L, 5L, true), (record.Outcome, record.Use!.InputTokens, record.Use.OutputTokens, record.Use.Estimated));
        Assert.Equal(0.0001125m, record.Use.Cost); // 25 x 2.5 + 5 x 10

        static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";
    }

    [Fact]
    public async Task Semantics2_5_CallerWhoLeaves_IsBilledWhatWasDelivered()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hello, world!"), Silence));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        var answer = await gateway.PostAsync(AskStream);
        await using (var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)) _ = await body.ReadAsync(new byte[16], TestContext.Current.CancellationToken);
        answer.Dispose();

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(CallOutcome.ClientCancelled, record.Outcome);
        Assert.Equal((0.0000525m, true), Cost(record));
    }

    [Fact]
    public async Task Semantics2_9_UnknownPrice_IsUnknownAndNotZero()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal((7L, 3L), (use.InputTokens, use.OutputTokens));
        Assert.Null(use.Cost);
    }

    [Fact]
    public async Task Semantics2_9_RefusedRequests_CostNothing_WhateverThePrice()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(400));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(400, (await gateway.AskAsync(Ask)).Status);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal((0L, 0L, 0m), (use.InputTokens, use.OutputTokens, use.Cost));
    }

    [Fact]
    public async Task NegativeNumbers_AreNotBelieved()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("Hello, world!", input: -7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal((0.0000525m, true), Cost(await gateway.Calls.NextAsync()));
    }

    [Fact]
    public async Task Embeddings_CostTheirInput()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5]}],"model":"m","usage":{"prompt_tokens":8,"total_tokens":8}}"""));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync("""{"model":"fast","input":"hi"}""", "/v1/embeddings")).Status);

        Assert.Equal((0.00002m, false), Cost(await gateway.Calls.NextAsync()));
    }

    [Fact]
    public async Task CatalogueOfTheProgram_GivesWhatTheProviderDoesNotSay()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 1000, output: 500));
        var provider = Provider("p1", upstream.Address, "key");
        var spec = provider.Spec with { Vendor = "openai" };
        await using var gateway = await TestGateway.StartAsync(Document(
            m => m with { Targets = [new TargetConfig { Provider = "p1", Model = "gpt-4o-2024-11-20" }] },
            new Resource<ProviderConfig> { ApiVersion = provider.ApiVersion, Kind = provider.Kind, Metadata = provider.Metadata, Spec = spec }));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal((0.0075m, false), Cost(await gateway.Calls.NextAsync())); // 1,000 x 2.5 + 500 x 10
    }

    [Fact]
    public async Task AnotherCatalogue_HoldsFromTheNextCallOn()
    {
        string? file = null;
        var source = new Tidegate.Models.Catalogue.CatalogueSource(() => file is null ? null : new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file)));
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 1000, output: 500));
        await using var gateway = await TestGateway.StartAsync(
            new TestGateway.Setup { Services = s => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(s, source) }, Document(m => m, Provider("p1", upstream.Address)));
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        Assert.Null((await gateway.Calls.NextAsync()).Use!.Cost);

        file = """{"schema":"tidegate-models/1","asOf":"2026-10-01","currency":"EUR","models":[{"vendor":"openai-compatible","name":"m-p1","price":{"input":1,"output":2}}]}""";
        source.Changed();

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal((0.002m, "EUR"), (use.Cost, use.Currency));
    }

    [Fact]
    public async Task Metrics_CountEveryAttempt()
    {
        await using var busy = await ChatUpstream.StartAsync(Fails(503));
        await using var good = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Provider("p1", busy.Address), Priced("p2", good)));
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        var seen = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var meter = gateway.Get<System.Diagnostics.Metrics.Meter>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && ModelMetricNames.All.Any(m => m.Name == instrument.Name)) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        listener.Start();

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        await gateway.Calls.NextAsync();
        listener.RecordObservableInstruments();

        Assert.Equal(
            [
                ("tidegate_model_cost_total{currency=USD,model=m-p1,provider=p1,shadow=false}", 0), ("tidegate_model_cost_total{currency=USD,model=m-p2,provider=p2,shadow=false}", 0.0000475),
                ("tidegate_model_cost_unknown_total{model=m-p1,provider=p1,shadow=false}", 0), ("tidegate_model_cost_unknown_total{model=m-p2,provider=p2,shadow=false}", 0),
                ("tidegate_model_tokens_total{kind=input,model=m-p2,provider=p2,shadow=false}", 7), ("tidegate_model_tokens_total{kind=output,model=m-p2,provider=p2,shadow=false}", 3),
            ],
            seen.Where(s => s.Value > 0 || !s.Key.Contains("tokens", StringComparison.Ordinal)).Where(s => !s.Key.Contains("first", StringComparison.Ordinal)).Select(s => (s.Key, s.Value)));
        Assert.Single(seen, s => s.Key == "tidegate_model_first_token_seconds{model=m-p2,provider=p2,shadow=false}");

        void Note(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            seen[$"{name}{{{string.Join(',', tags.ToArray().OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"))}}}"] = value;
    }

    [Fact]
    public async Task Estimate_BeforeACall_IsWhatItMayCost()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));
        Assert.True(gateway.Get<SnapshotHolder>().Current!.Models.TryFind("fast", out var alias));
        var body = Encoding.UTF8.GetBytes("""{"model":"fast","max_tokens":100,"n":2,"messages":[{"role":"user","content":"0123456789"}]}""");
        using var call = new ModelCall(FaceTable.Find("/v1/chat/completions", "", out _)!, "fast", body, RequestScan.Read(body), new AnswerContext("fast", "id", DateTimeOffset.UnixEpoch)) { Pool = gateway.Get<BytePool>() };

        var estimate = CallEstimate.Of(call, alias.Targets[0]);

        Assert.Equal((body.Length / 4, 200L), (estimate.InputTokens, estimate.OutputTokens));
        Assert.Equal((((body.Length / 4) * 2.5m) + 2000m) / 1_000_000m, estimate.Cost.Amount);
        Assert.True(estimate.Cost.Estimated);
    }

    [Fact]
    public async Task OtherCalls_HaveNoUse()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(upstream);

        await gateway.SendAsync(HttpMethod.Get, "/v1/models", null, null);

        Assert.Null((await gateway.Calls.NextAsync()).Use);
    }

    private static (decimal? Cost, bool Estimated) Cost(CallRecord record) => (record.Use?.Cost, record.Use?.Estimated ?? false);

    private static Resource<ProviderConfig> Priced(string name, ChatUpstream upstream)
    {
        var provider = Provider(name, upstream.Address);
        var price = new ModelPriceConfig { InputPerMillion = 2.50m, OutputPerMillion = 10m };
        return new Resource<ProviderConfig>
        {
            ApiVersion = provider.ApiVersion, Kind = provider.Kind, Metadata = provider.Metadata,
            Spec = provider.Spec with { Models = [new ProviderModelConfig { Name = $"m-{name}", Price = price }] },
        };
    }
}
