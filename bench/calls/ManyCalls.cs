using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Benchmarks.Calls;

/// <summary>A call log of a day with many calls, written as the product writes it: in batches, with checkpoints, into segments. The same calls each time.</summary>
internal static class ManyCalls
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Length = TimeSpan.FromDays(1);

    private const int Batch = 5_000, Routes = 20;

    private static readonly string[] Names = [.. Enumerable.Range(0, Routes).Select(i => $"route-{i:00}")];
    private static readonly string[] Consumers = [.. Enumerable.Range(0, 1_000).Select(i => $"consumer-{i}")];
    private static readonly string[] Destinations = [.. Enumerable.Range(0, 6).Select(i => $"10.0.0.{i}:9000")];
    private static readonly string[] Paths = [.. Enumerable.Range(0, 5_000).Select(i => $"/orders/{i}")];

    /// <summary>Opens the log of the options, and fills it first when it is empty.</summary>
    public static SegmentArchive Open(CallLogOptions options, int records)
    {
        var clock = new SetClock(Begin);
        var archive = new SegmentArchive(options, clock, NullLogger<SegmentArchive>.Instance);
        archive.Open();
        if (archive.Segments.Sum(segment => segment.Calls) == 0) Fill(archive, clock, records);
        return archive;
    }

    private static void Fill(SegmentArchive archive, SetClock clock, int records)
    {
        var random = new Random(17);
        var batch = new List<CallRecord>(Batch);
        for (var written = 0; written < records; written += batch.Count)
        {
            batch.Clear();
            for (var i = 0; i < Batch && written + i < records; i++) batch.Add(Call(Begin + (Length * ((written + i) / (double)records)), random));
            clock.Now = batch[^1].StartedAt;
            archive.Rotate();
            archive.Write(batch);
            archive.Checkpoint(idle: false);
        }
        archive.Checkpoint(idle: true);
    }

    // Some routes have most calls, durations have a long tail, one in a hundred fails and one in fifty is tried twice.
    private static CallRecord Call(DateTimeOffset at, Random random)
    {
        var route = (int)(Routes * random.NextDouble() * random.NextDouble());
        var duration = (long)(1_000 * Math.Exp(1.2 * Normal(random)) * (1 + (route / 5.0))) + 150;
        var failed = random.Next(100) == 0;
        var destination = Destinations[random.Next(Destinations.Length)];
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        var call = new CallRecord
        {
            Id = new Guid(id), TraceId = new UInt128(0x4bf92f3577b34da6, 0xa3ce929d0e0e4736), SpanId = 0x00f067aa0ba902b7, StartedAt = at, DurationUs = duration, UpstreamFirstByteUs = duration - 60,
            FirstByteUs = duration - 40, Route = Names[route], Service = Names[route / 4], Consumer = Consumers[random.Next(Consumers.Length)], KeyId = "k_7", Destination = destination,
            Method = "GET", Host = "shop.example", Path = Paths[random.Next(Paths.Length)], ClientIp = "192.0.2.7", Protocol = "HTTP/1.1", Status = failed ? 503 : 200,
            Outcome = failed ? CallOutcome.UpstreamError : CallOutcome.Ok, ResponseBytes = random.Next(100, 20_000), Revision = 1,
        };
        if (random.Next(50) == 0) call.AddAttempt(new(Destinations[0], 20, 300, 503, CallOutcome.UpstreamError, AttemptKind.First, "connection refused"));
        call.AddAttempt(new(destination, 20, duration - 60, call.Status, call.Outcome, call.AttemptCount == 0 ? AttemptKind.First : AttemptKind.Retry, ""));
        return call;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
