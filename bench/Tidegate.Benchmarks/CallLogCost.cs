using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Benchmarks;

/// <summary>What a call record costs the process after the call: appending, committing, compressing, by CPU time of all threads.</summary>
internal static class CallLogCost
{
    /// <summary>Writes records in batches and tells the cost of one.</summary>
    /// <param name="records">How many.</param>
    /// <param name="perBatch">Records in a batch: what comes in between two writes.</param>
    public static string Measure(int records, int perBatch)
    {
        var directory = Directory.CreateTempSubdirectory("tidegate-calllog-");
        try
        {
            using var archive = new SegmentArchive(new CallLogOptions { Directory = directory.FullName }, TimeProvider.System, NullLogger<SegmentArchive>.Instance);
            archive.Open();
            Write(archive, 40_000, perBatch, new Random(1)); // compiles the code
            var process = Process.GetCurrentProcess();
            var (cpu, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
            Write(archive, records, perBatch, new Random(2));
            archive.Checkpoint(idle: true);
            process.Refresh();
            return $"{(process.TotalProcessorTime - cpu).TotalMicroseconds / records:0.00} us CPU and {(GC.GetTotalAllocatedBytes() - bytes) / records} bytes allocated per record "
                + $"(making the record included), {archive.Bytes / (records + 40_000)} bytes on disk";
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void Write(SegmentArchive archive, int records, int perBatch, Random random)
    {
        var batch = new List<CallRecord>(perBatch);
        var clock = TimeProvider.System;
        for (var written = 0; written < records; written += perBatch)
        {
            batch.Clear();
            for (var i = 0; i < perBatch; i++) batch.Add(Record(clock.GetUtcNow(), random));
            archive.Write(batch);
            archive.Checkpoint(idle: false);
        }
    }

    private static CallRecord Record(DateTimeOffset now, Random random)
    {
        var (id, trace) = (new byte[16], new byte[16]);
        random.NextBytes(id);
        random.NextBytes(trace);
        var duration = random.Next(200, 5_000);
        var record = new CallRecord
        {
            Id = new Guid(id), TraceId = BinaryPrimitives.ReadUInt128LittleEndian(trace), SpanId = BinaryPrimitives.ReadUInt64LittleEndian(trace), StartedAt = now, DurationUs = duration,
            UpstreamFirstByteUs = duration - 50, FirstByteUs = duration - 40, Route = "everything", Service = "service", Consumer = $"consumer-{random.Next(1_000)}",
            KeyId = "k_7", Destination = "127.0.0.1:9000", Method = "GET", Host = "shop.example", Path = "/orders/4711", ClientIp = "127.0.0.1", Protocol = "HTTP/1.1",
            Status = 200, ResponseBytes = 180, Revision = 1,
        };
        record.AddAttempt(new AttemptRecord("127.0.0.1:9000", 20, duration - 60, 200, CallOutcome.Ok, AttemptKind.First, ""));
        return record;
    }
}
