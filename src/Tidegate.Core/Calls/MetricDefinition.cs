using System.Diagnostics.Metrics;

namespace Tidegate.Core.Calls;

/// <summary>One metric: the agreed name, unit and meaning. The instruments are made from it, so that code, docs, dashboards and tests cannot disagree.</summary>
/// <param name="Name">As Prometheus shows it: <c>tidegate_</c>, base unit last, <c>_total</c> on counters.</param>
/// <param name="Kind">Counter, gauge or histogram.</param>
/// <param name="Unit">UCUM unit: <c>s</c>, <c>By</c>, <c>1</c>, or an annotation such as <c>{call}</c>.</param>
/// <param name="Help">What one unit of it is, in one sentence.</param>
/// <param name="Labels">Its labels, all of them always set (empty when unknown).</param>
public sealed record MetricDefinition(string Name, MetricKind Kind, string Unit, string Help, params IReadOnlyList<string> Labels)
{
    /// <summary>Bucket bounds of a histogram; null for others.</summary>
    public IReadOnlyList<double>? Buckets { get; init; }

    /// <summary>A counter that is added to.</summary>
    public Counter<long> Counter(Meter meter) => meter.CreateCounter<long>(As(MetricKind.Counter), Unit, Help);

    /// <summary>A counter that is read when somebody looks: the cheapest on the hot path.</summary>
    public ObservableCounter<long> Counter(Meter meter, Func<IEnumerable<Measurement<long>>> observe) =>
        meter.CreateObservableCounter(As(MetricKind.Counter), observe, Unit, Help);

    /// <summary>A counter with fractions (seconds) that is read when somebody looks.</summary>
    public ObservableCounter<double> Counter(Meter meter, Func<double> observe) => meter.CreateObservableCounter(As(MetricKind.Counter), observe, Unit, Help);

    /// <summary>A counter with fractions (amounts) that is read when somebody looks.</summary>
    public ObservableCounter<double> Amounts(Meter meter, Func<IEnumerable<Measurement<double>>> observe) =>
        meter.CreateObservableCounter(As(MetricKind.Counter), observe, Unit, Help);

    /// <summary>A gauge that is read when somebody looks.</summary>
    public ObservableGauge<long> Gauge(Meter meter, Func<IEnumerable<Measurement<long>>> observe) =>
        meter.CreateObservableGauge(As(MetricKind.Gauge), observe, Unit, Help);

    /// <summary>A gauge with fractions that is read when somebody looks.</summary>
    public ObservableGauge<double> Gauge(Meter meter, Func<IEnumerable<Measurement<double>>> observe) =>
        meter.CreateObservableGauge(As(MetricKind.Gauge), observe, Unit, Help);

    /// <summary>A gauge that is moved up and down.</summary>
    public UpDownCounter<long> UpDown(Meter meter) => meter.CreateUpDownCounter<long>(As(MetricKind.Gauge), Unit, Help);

    /// <summary>A histogram; it carries its bucket bounds as advice to the exporter.</summary>
    public Histogram<double> Histogram(Meter meter) => meter.CreateHistogram(
        As(MetricKind.Histogram), Unit, Help, tags: null, Buckets is null ? null : new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets });

    private string As(MetricKind kind) => kind == Kind ? Name : throw new InvalidOperationException($"Metric {Name} is a {Kind}, not a {kind}.");
}
