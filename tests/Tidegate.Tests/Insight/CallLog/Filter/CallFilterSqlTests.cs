using FsCheck;
using FsCheck.Fluent;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog.Filter;

public sealed class CallFilterSqlTests
{
    private static Gen<string> Condition => Gen.Elements(
        "status = 200", "status in (404, 503, 0)", "status != 200", "status < 404", "status >= 500", "grpcStatus = 0", "grpcStatus != 14", "grpcStatus >= 0",
        "route = orders", "route in ('', basket)", "route ~ ORDERS", "route ^= O", "route = \"o'rders; --\"", "path ~ orders", "path ~ 'checkout basket'", "path ~ CAF\u00c9", "path !~ 2",
        "error = ''", "error ~ refused", "\"refused\"", "\"timeout s\"", "\"\"", "outcome = ok", "outcome in (timeout, shed)", "kind != grpc", "failed = true", "failed in (true, false)",
        "duration > 250ms", "duration = 0s", "firstByte < 1ms", "firstByte = 0us", "requestBytes >= 1KiB", "consumer = ''", "consumer ^= ''", "attempts > 1", "attempts = 0",
        "sameTools = true", "sameTools != false", "similarity >= 0.5", "similarity != 1", "shadowOf = 0192f0c4a0b17c3e8d2f4b5a6c7d8e9f", "shadowOf != 0192f0c4a0b17c3e8d2f4b5a6c7d8e9f", "finish = stop", "primaryOutcome = ok",
        "startedAt > 2026-01-15T14:00:00Z", "startedAt <= 2026-01-15T13:00:00Z");

    private static Gen<string> Filters(int depth) => depth == 0 ? Condition : Gen.OneOf(
        Condition,
        Filters(depth - 1).Select(f => $"not ({f})"),
        Filters(depth - 1).SelectMany(a => Filters(depth - 1).Select(b => $"({a}) and ({b})")),
        Filters(depth - 1).SelectMany(a => Filters(depth - 1).Select(b => $"({a}) or ({b})")));

    [Fact]
    public async Task Write_AnyFilter_FindsTheCallsThatMatch()
    {
        await using var log = await TestCallLog.StartAsync();
        var calls = SampleCalls.Any.Sample(300).ToList();
        await log.WriteAsync(calls);
        using var reading = log.Archive.Read(null, null);

        foreach (var text in Filters(3).Sample(400))
        {
            var filter = CallFilter.Parse(text);
            var sql = new SqlText().Add("SELECT id FROM calls WHERE ").Add(filter);
            var found = reading.Query(sql, static reader =>
            {
                var ids = new HashSet<Guid>();
                while (reader.Read()) ids.Add(reader.GetGuid(0));
                return ids;
            }, TestContext.Current.CancellationToken);

            Assert.True(found.SetEquals(calls.Where(filter.Matches).Select(c => c.Id)), text);
        }
    }

    [Fact]
    public async Task Write_EveryField_IsAColumnOfTheView()
    {
        await using var log = await TestCallLog.StartAsync();

        foreach (var field in CallFields.All) Assert.Equal(["0"], log.Rows($"SELECT count({field.Column}) FROM calls"));
    }
}
