namespace Tidegate.Tests.Insight.Indicators.Support;

/// <summary>A counter as a Prometheus scraped it, and what it truly counted between the borders of minutes.</summary>
internal sealed class ScrapedCounter
{
    private readonly List<(DateTimeOffset At, double Value)> _samples = [];

    /// <summary>Makes one.</summary>
    /// <param name="from">First scrape.</param>
    /// <param name="until">No scrape at or after it.</param>
    /// <param name="every">Distance of scrapes.</param>
    /// <param name="events">Events before the scrape of a number.</param>
    /// <param name="resets">Scrapes before which the program was started anew.</param>
    public ScrapedCounter(DateTimeOffset from, DateTimeOffset until, TimeSpan every, Func<int, double> events, params IReadOnlyList<int> resets)
    {
        var (value, number) = (1000.0, 0);
        for (var at = from; at < until; at += every, number++)
        {
            value = (resets.Contains(number) ? 0 : value) + events(number);
            _samples.Add((at, value));
        }
    }

    /// <summary>What was scraped.</summary>
    public IReadOnlyList<(DateTimeOffset At, double Value)> Samples => _samples;

    /// <summary>Events between two borders of minutes, by the samples last seen at each border; a fall is a start from nothing.</summary>
    public double Events(DateTimeOffset from, DateTimeOffset until)
    {
        var (sum, place) = (0.0, -1);
        double? before = null;
        for (var border = from; border <= until; border += TimeSpan.FromMinutes(1))
        {
            while (place + 1 < _samples.Count && _samples[place + 1].At <= border) place++;
            // Prometheus looks back no further than five minutes.
            double? now = place < 0 || border - _samples[place].At >= TimeSpan.FromMinutes(5) ? null : _samples[place].Value;
            if (before is { } was && now is { } value) sum += value < was ? value : value - was;
            before = now;
        }

        return sum;
    }
}
