using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Tidegate.Core.Calls;

namespace Tidegate.Tests.Insight.CallLog.Support;

/// <summary>Calls for tests.</summary>
internal static class SampleCalls
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The trace of every sample: 4bf92f3577b34da6a3ce929d0e0e4736.</summary>
    public static readonly UInt128 Trace = new(0x4bf92f3577b34da6, 0xa3ce929d0e0e4736);

    /// <summary>What a model used: 1,200 in, 800 of them cached, 90 out, 0.0021 USD.</summary>
    public static readonly ModelUse Used = new("openai", "gpt-5-mini")
    {
        InputTokens = 1200, CachedInputTokens = 800, CacheWriteTokens = 7, OutputTokens = 90, ReasoningTokens = 60, Cost = 0.002100001m, FirstTokenUs = 420, InterTokenUs = 12_500,
    };

    /// <summary>Id of a call that has been mirrored.</summary>
    public static readonly Guid Primary = Guid.ParseExact("0192f0c4a0b17c3e8d2f4b5a6c7d8e9f", "N");

    private static readonly ModelUse?[] Uses =
    [
        null, null, Used, Used with { Cost = null, Estimated = true }, Used with { Model = "o'ne; --", Cost = 0, Currency = "EUR", OutputTokens = 0 }, new("local", "llama"),
    ];

    /// <summary>A trace that no other call belongs to.</summary>
    public static UInt128 NewTrace() => BinaryPrimitives.ReadUInt128BigEndian(Guid.NewGuid().ToByteArray());

    /// <summary>A call of a model that was answered by the second provider asked.</summary>
    public static CallRecord OfModel(DateTimeOffset? at = null)
    {
        var call = Ordinary(at);
        call.Kind = "model";
        call.Destination = "openai/gpt-5-mini";
        call.Use = Used;
        call.AddAttempt(new("azure/gpt-5", 1000, 200, 0, CallOutcome.Timeout, AttemptKind.Retry, "no token in time") { Use = new("azure", "gpt-5") { InputTokens = 1200, OutputTokens = 0, Cost = 0.0015m, Estimated = true } });
        call.AddAttempt(new("openai/gpt-5-mini", 1200, 300, 200, CallOutcome.Ok, AttemptKind.Retry, "") { Use = Used });
        return call;
    }

    /// <summary>A mirrored call: nobody's, with the comparison to the one it mirrors.</summary>
    public static CallRecord OfShadow(Guid of, DateTimeOffset? at = null)
    {
        var call = new CallRecord
        {
            Id = Guid.CreateVersion7(at ?? Noon), TraceId = Trace, SpanId = 0x00f067aa0ba902b7, StartedAt = at ?? Noon, DurationUs = 2500, Service = "fast", Destination = "local/llama", Kind = "shadow", Status = 200, Revision = 3,
            Use = Used with { Provider = "local", Model = "llama" },
            Shadow = new ShadowComparison(of) { PrimaryOutcome = CallOutcome.Truncated, Finish = "length", PrimaryFinish = "stop", SameTools = false, SchemaValid = true, Similarity = 0.625m },
        };
        call.AddAttempt(new("local/llama", 100, 2300, 200, CallOutcome.Ok, AttemptKind.First, "") { Use = call.Use });
        return call;
    }

    /// <summary>An ordinary call: one attempt, 200, 1.5 ms.</summary>
    public static CallRecord Ordinary(DateTimeOffset? at = null)
    {
        var call = new CallRecord
        {
            Id = Guid.CreateVersion7(at ?? Noon),
            TraceId = Trace,
            SpanId = 0x00f067aa0ba902b7,
            StartedAt = at ?? Noon,
            DurationUs = 1500,
            UpstreamFirstByteUs = 1200,
            FirstByteUs = 1300,
            Route = "orders",
            Service = "shop",
            Version = "v2",
            Consumer = "mobile",
            KeyId = "k_1",
            Destination = "shop-1",
            Method = "GET",
            Host = "api.example.com",
            Path = "/orders/17",
            ClientIp = "192.0.2.7",
            Protocol = "HTTP/1.1",
            Status = 200,
            ResponseBytes = 321,
            Revision = 3,
        };
        call.AddAttempt(new("shop-1", 100, 1100, 200, CallOutcome.Ok, AttemptKind.First, ""));
        return call;
    }

    /// <summary>A call that failed twice, then gave 503.</summary>
    public static CallRecord Failed(DateTimeOffset? at = null)
    {
        var call = Ordinary(at);
        call.Status = 503;
        call.Outcome = CallOutcome.UpstreamError;
        call.Path = "/Checkout/Basket";
        call.Error = "Connection refused by shop-2";
        call.Why = "retry 1: connection refused";
        call.DurationUs = 750_000;
        call.UpstreamFirstByteUs = -1;
        call.FirstByteUs = -1;
        call.Destination = "shop-2";
        call.AddAttempt(new("shop-2", 2000, 500, 0, CallOutcome.UpstreamError, AttemptKind.Retry, "connection refused"));
        return call;
    }

    /// <summary>Any call, from small sets of values so that filters meet some of them.</summary>
    public static Gen<CallRecord> Any =>
        from route in Gen.Elements("", "orders", "basket", "Orders", "o'rders; --")
        from path in Gen.Elements("", "/", "/orders/1", "/ORDERS/2", "/checkout basket", "/caf\u00e9/\u00c4", "/%41?", "/\ud83d\ude00")
        from error in Gen.Elements("", "timeout after 2 s", "Connection REFUSED", "caf\u00c9")
        from status in Gen.Elements(0, 200, 201, 404, 499, 500, 503)
        from grpc in Gen.Elements(-1, 0, 14)
        from outcome in Gen.Elements(Enum.GetValues<CallOutcome>())
        from kind in Gen.Elements("http", "grpc", "sse", "websocket")
        from duration in Gen.Elements(0L, 1, 999, 250_000, 250_001, 10_000_000)
        from first in Gen.Elements(-1L, 0, 999, 250_000)
        from bytes in Gen.Elements(0L, 1, 1024, 10_000_000)
        from consumer in Gen.Elements("", "mobile", "web")
        from minute in Gen.Choose(0, 300)
        from attempts in Gen.Choose(0, 3)
        from use in Gen.Elements(Uses)
        from shadow in Gen.Elements(null, null, new ShadowComparison(Primary) { SameTools = true, Similarity = 1 }, new ShadowComparison(Primary) { SameTools = false, Finish = "stop" }, new ShadowComparison(Guid.Empty) { Similarity = 0.5m })
        from facts in Gen.Elements(CallFacts.None, CallFacts.CacheHit, CallFacts.CacheMiss | CallFacts.Refused, CallFacts.SchemaChecked, CallFacts.SchemaChecked | CallFacts.SchemaInvalid)
        from age in Gen.Elements(-1, 0, 60)
        select Build(route, path, error, status, grpc, outcome, kind, duration, first, bytes, consumer, minute, attempts, use, shadow, facts, age);

    private static CallRecord Build(
        string route, string path, string error, int status, int grpc, CallOutcome outcome, string kind, long duration, long first, long bytes, string consumer, int minute, int attempts, ModelUse? use, ShadowComparison? shadow, CallFacts facts, int age)
    {
        var call = new CallRecord
        {
            Id = Guid.NewGuid(), StartedAt = Noon.AddMinutes(minute), TraceId = NewTrace(), SpanId = 0x00f067aa0ba902b7,
            Route = route, Path = path, Error = error, Status = status, GrpcStatus = grpc, Outcome = outcome, Kind = kind, DurationUs = duration, FirstByteUs = first,
            RequestBytes = bytes, Consumer = consumer, Method = "GET", Protocol = "HTTP/2", Host = "h", ClientIp = "::1", Destination = "d0", Facts = facts, AgeSeconds = age,
        };
        for (var i = 0; i < attempts; i++) call.AddAttempt(new($"d{i}", i, i + 1, status, outcome, i == 0 ? AttemptKind.First : AttemptKind.Retry, "") { Use = i == 0 ? use : use is null ? null : Used });
        call.Use = use;
        call.Shadow = shadow;
        return call;
    }
}
