using System.Globalization;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>Makes minutes with good and bad events of points. What cannot be true makes no minute, but a reason.</summary>
internal sealed class PrometheusMinutes
{
    // Sums of shares are off in the last digits.
    private const double Tolerance = 1e-6;

    private readonly PrometheusIndicator _indicator;
    private readonly DateTimeOffset _from;
    private readonly List<(DateTimeOffset Minute, Tally Events)> _minutes = [];

    private PrometheusMinutes(PrometheusIndicator indicator, DateTimeOffset from) => (_indicator, _from) = (indicator, from);

    /// <summary>Beginnings of minutes with their events, oldest first. A minute of which nothing is known is not in it.</summary>
    public IReadOnlyList<(DateTimeOffset Minute, Tally Events)> Minutes => _minutes;

    /// <summary>The newest minute that was left out although the server has points for it, and why; null when there is none.</summary>
    public (DateTimeOffset Minute, string Reason)? Refused { get; private set; }

    /// <summary>Minutes that were left out although the server has points for them.</summary>
    public int RefusedCount { get; private set; }

    /// <summary>Makes minutes.</summary>
    /// <param name="indicator">What good is.</param>
    /// <param name="from">Beginning of the first minute.</param>
    /// <param name="part">Points of the part: the first ends <paramref name="from"/> plus a step; of a counter, one more before it.</param>
    /// <param name="total">Points of the total; null where there is none.</param>
    /// <param name="points">How many steps there are.</param>
    public static PrometheusMinutes Of(PrometheusIndicator indicator, DateTimeOffset from, IReadOnlyList<double?[]> part, IReadOnlyList<double?[]>? total, int points)
    {
        var made = new PrometheusMinutes(indicator, from);
        if (indicator.Step < TimeSpan.FromMinutes(1)) made.Join(part, total, points);
        else made.Spread(part, total, points);
        return made;
    }

    // Steps of some minutes: each minute gets its share of the events, so that no window has all of them or none.
    private void Spread(IReadOnlyList<double?[]> part, IReadOnlyList<double?[]>? total, int points)
    {
        var width = (int)_indicator.Step.TotalMinutes;
        for (var i = 0; i < points; i++)
        {
            if (Take(_from + (i * _indicator.Step), part, total, i) is not { } events) continue;
            if (total is not null) events = new Tally(events.Bad / width, events.Total / width);
            for (var m = 0; m < width; m++) _minutes.Add((_from + (i * _indicator.Step) + TimeSpan.FromMinutes(m), events));
        }
    }

    // Steps within a minute: events are summed, values are averaged. A minute that is wrong in one of them is wrong.
    private void Join(IReadOnlyList<double?[]> part, IReadOnlyList<double?[]>? total, int points)
    {
        var width = (int)(TimeSpan.FromMinutes(1) / _indicator.Step);
        for (var first = 0; first + width <= points; first += width)
        {
            var minute = _from + (first * _indicator.Step);
            var (sum, seen, refused) = (Tally.None, 0, RefusedCount);
            for (var i = first; i < first + width; i++)
            {
                if (Take(minute, part, total, i) is not { } events) continue;
                (sum, seen) = (sum + events, seen + 1);
            }

            if (seen == 0 || RefusedCount > refused) continue;
            _minutes.Add((minute, total is not null ? sum : new Tally(sum.Bad / seen, 1)));
        }
    }

    private Tally? Take(DateTimeOffset minute, IReadOnlyList<double?[]> part, IReadOnlyList<double?[]>? total, int index)
    {
        try
        {
            return total is null ? OfValues(part, index) : OfEvents(part, total, index);
        }
        catch (FormatException wrong)
        {
            RefusedCount++;
            Refused = (minute, wrong.Message);
            return null;
        }
    }

    private Tally? OfEvents(IReadOnlyList<double?[]> part, IReadOnlyList<double?[]> total, int index)
    {
        if (Sum(_indicator.Total!, total, index, "total") is not { } all) return null;
        var word = _indicator.Kind == PrometheusKind.GoodOfTotal ? "good" : "bad";
        // No series of good or bad events yet: there were none.
        var some = Sum(_indicator.Part, part, index, word) ?? 0;
        if (some > all * (1 + Tolerance)) throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"there are more {word} events ({some}) than events ({all})"));
        some = Math.Min(some, all);
        return new Tally(_indicator.Kind == PrometheusKind.GoodOfTotal ? all - some : some, all);
    }

    private static double? Sum(PrometheusQuery query, IReadOnlyList<double?[]> series, int index, string word)
    {
        double? sum = null;
        foreach (var values in series)
        {
            double? value;
            if (query.Form == QueryForm.Value) value = values[index];
            else if (values[index] is { } before && values[index + 1] is { } now) value = double.IsFinite(before) ? now - before : before;
            else continue;

            if (value is not { } number) continue;
            if (!double.IsFinite(number)) throw new FormatException($"{word} is {Name(number)}");
            if (number < 0)
            {
                throw new FormatException(query.Form == QueryForm.Growth
                    ? $"{word} fell, as counters do when one of those that are summed begins anew: query the counter itself or its sum, or give increase(...[{{{{.window}}}}])"
                    : string.Create(CultureInfo.InvariantCulture, $"{word} is below zero ({number})"));
            }

            sum = (sum ?? 0) + number;
        }

        if (sum * query.Factor is { } events) EventCounts.Assert(word, events);
        return sum * query.Factor;
    }

    // Minutes weigh the same, however much happened in them. Of several series each has its share of the minute.
    private Tally? OfValues(IReadOnlyList<double?[]> part, int index)
    {
        var (bad, seen) = (0.0, 0);
        foreach (var values in part)
        {
            if (values[index] is not { } value) continue;
            if (!double.IsFinite(value)) throw new FormatException($"the value is {Name(value)}");
            bad += _indicator.Kind == PrometheusKind.Threshold ? _indicator.IsGood(value) ? 0 : 1 : BadOf(value);
            seen++;
        }

        return seen == 0 ? null : new Tally(bad / seen, 1);
    }

    private double BadOf(double ratio)
    {
        if (ratio is < -Tolerance or > 1 + Tolerance) throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the ratio is {ratio}, not between 0 and 1"));
        ratio = Math.Clamp(ratio, 0, 1);
        return _indicator.Kind == PrometheusKind.FailureRatio ? ratio : 1 - ratio;
    }

    private static string Name(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
}
