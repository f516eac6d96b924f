using Tidegate.Insight.Indicators.Otlp;

namespace Tidegate.Tests.Insight.Indicators.Otlp;

public sealed class OtlpStreamTests
{
    [Fact]
    public void Take_DeltasAfterALateOne_NoneCountsTwiceHoweverOldItIs()
    {
        var stream = new OtlpStream();
        for (ulong time = 10; time <= 160; time += 10) Assert.NotNull(Take(stream, time));
        Assert.NotNull(Take(stream, 15)); // late: between those that are remembered
        for (ulong time = 170; time <= 310; time += 10) Assert.NotNull(Take(stream, time));

        // Long let go, and delivered again: nobody knows any more whether it counted.
        Assert.Throws<FormatException>(() => Take(stream, 100));
        Assert.Null(Take(stream, 310));
        Assert.NotNull(Take(stream, 320));
    }

    private static (double Counted, double Good)? Take(OtlpStream stream, ulong time) => stream.Take(new OtlpPoint(0, time, 1, 1, IsCumulative: false), fromStart: false);
}
