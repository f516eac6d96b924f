namespace Tidegate.Benchmarks.Calls;

/// <summary>A clock that stands where it was put: records of a day are made in a minute.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
