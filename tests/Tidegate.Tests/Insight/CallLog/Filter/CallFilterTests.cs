using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog.Filter;

public sealed class CallFilterTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("   ", true)]
    [InlineData("status >= 500", true)]
    [InlineData("status>=500 and duration>250ms", true)]
    [InlineData("status >= 500 and route = \"orders\" and duration > 250ms and path ~ \"checkout\"", true)]
    [InlineData("status = 200 or status = 503", true)]
    [InlineData("status = 200 or status = 201", false)]
    [InlineData("status in (200, 503)", true)]
    [InlineData("status not in (200, 503)", false)]
    [InlineData("status != 200", true)]
    [InlineData("status <> 503", false)]
    [InlineData("not status = 200", true)]
    [InlineData("not not status = 503", true)]
    [InlineData("not (status = 503 and route = basket)", true)]
    [InlineData("status = 200 and status = 503 or route = orders", true)] // and binds tighter
    [InlineData("status = 200 and (status = 503 or route = orders)", false)]
    [InlineData("NOT status = 200 AND ROUTE = orders", true)]
    [InlineData("path ~ 'basket checkout'", true)]
    [InlineData("path ~ \"CHECKOUT\"", true)]
    [InlineData("path !~ checkout", false)]
    [InlineData("path ^= /Checkout", true)]
    [InlineData("path ^= /checkout", false)]
    [InlineData("\"refused basket\"", true)] // one word in the error, one in the path
    [InlineData("\"refused absent\"", false)]
    [InlineData("outcome = upstream_error", true)]
    [InlineData("failed = true", true)]
    [InlineData("attempts = 2", true)]
    [InlineData("firstByte > 0ms", false)] // it did not happen
    [InlineData("firstByte != 5ms", true)]
    [InlineData("not firstByte > 0ms", true)]
    [InlineData("responseBytes < 1KiB", true)]
    [InlineData("duration >= 750ms", true)]
    [InlineData("duration > 750ms", false)]
    [InlineData("duration_us <= 750ms", true)] // the name of the column
    [InlineData("started_at >= 2026-01-15T12:00:00Z", true)]
    [InlineData("startedAt < 2026-01-15T13:00:00+01:00", false)]
    [InlineData("traceId = 4bf92f3577b34da6a3ce929d0e0e4736", true)]
    [InlineData("why ~ 'it\\'s' or why ~ retry", true)]
    public void Matches_FailedCall_AsWritten(string filter, bool expected) => Assert.Equal(expected, CallFilter.Parse(filter).Matches(SampleCalls.Failed()));

    [Theory]
    [InlineData("sttaus = 500", 1, "There is no field 'sttaus'. Did you mean 'status'?")]
    [InlineData("status = 500 and rout = orders", 18, "There is no field 'rout'. Did you mean 'route'?")]
    [InlineData("status = abc", 10, "'abc' is not a value of 'status'.")]
    [InlineData("duration > 250", 12, "'250' is not a value of 'duration'.")]
    [InlineData("status ~ 5", 8, "'status' cannot be asked with '~': it is number.")]
    [InlineData("route > a", 7, "'route' cannot be asked with '>': it is text.")]
    [InlineData("outcome = time_out", 11, "'time_out' is not a word of 'outcome'. Did you mean 'timeout'?")]
    [InlineData("status", 7, "Did not expect the end.")]
    [InlineData("status =", 9, "Did not expect the end.")]
    [InlineData("status = 1 2", 12, "Did not expect '2'.")]
    [InlineData("(status = 1", 12, "Did not expect the end.")]
    [InlineData("status = 1)", 11, "Did not expect ')'.")]
    [InlineData("status in 1", 11, "Did not expect '1'.")]
    [InlineData("status in (1", 13, "Did not expect the end.")]
    [InlineData("status not = 1", 12, "Did not expect '='.")]
    [InlineData("path ~ \"open", 8, "The text that begins with \" has no end.")]
    [InlineData("status = 1 && route = a", 12, "'&' has no meaning here.")]
    [InlineData("= 1", 1, "Did not expect '='.")]
    [InlineData("failed = maybe", 10, "'maybe' is not a value of 'failed'.")]
    [InlineData("id = 17", 6, "'17' is not a value of 'id'.")]
    [InlineData("startedAt > yesterday", 13, "'yesterday' is not a value of 'startedAt'.")]
    public void Parse_Wrong_PointsAtTheColumnAndSaysWhy(string filter, int column, string message)
    {
        var error = Assert.Throws<FilterException>(() => CallFilter.Parse(filter));

        Assert.Equal((column, message), (error.Column, error.Message));
        Assert.NotEqual("", error.Action);
    }

    [Fact]
    public void Parse_TooMuch_IsRefused()
    {
        Assert.Contains("nested", Assert.Throws<FilterException>(() => CallFilter.Parse(new string('(', 1000))).Message);
        Assert.Contains("nested", Assert.Throws<FilterException>(() => CallFilter.Parse(string.Concat(Enumerable.Repeat("not ", 1000)))).Message);
        Assert.Contains("too many", Assert.Throws<FilterException>(() => CallFilter.Parse(string.Join(" or ", Enumerable.Repeat("status = 1", 201)))).Message);
        Assert.Contains("characters", Assert.Throws<FilterException>(() => CallFilter.Parse(new string('a', 8001))).Message);
    }

    [Fact]
    public void Write_ValuesOfUsers_OnlyTravelAsParameters()
    {
        var sql = new SqlText().Add(CallFilter.Parse("route = \"'; DROP TABLE calls; --\" and path ~ \"') OR true --\" and consumer ^= \"%_'\" and \"a' b\""));

        Assert.DoesNotContain("DROP", sql.ToString());
        Assert.DoesNotContain("'", sql.ToString());
        Assert.Contains("'; DROP TABLE calls; --", sql.Values);
    }

    [Fact]
    public void Is_FieldAndValues_AreChecked()
    {
        Assert.True(CallFilter.Is("status", ["200", "503"]).Matches(SampleCalls.Failed()));
        Assert.Contains("'route'", Assert.Throws<FilterException>(() => CallFilter.Is("rute", ["a"])).Message);
    }
}
