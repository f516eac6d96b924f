using Tidegate.Gateway.Request.Balance;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>
/// What a destination asked for by <c>Retry-After</c>, for all calls and not only the one that was told. With 503 it takes itself out. With 429 it is passed over
/// while others are there, but not closed: the limit may be one caller's, who must not be able to close the service for all.
/// </summary>
internal sealed class RetryFloor(DestinationState destination)
{
    /// <summary>Longest time a destination is believed, so that a typo upstream does not take it out for a day.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private long _avoidUntil, _offUntil;

    /// <summary>It is passed over until then, when there are others.</summary>
    public long AvoidUntil => Volatile.Read(ref _avoidUntil);

    /// <summary>It is off until then.</summary>
    public long OffUntil => Volatile.Read(ref _offUntil);

    /// <summary>Takes what it asked for; the later floor wins.</summary>
    public void Raise(int status, long until) => Raise(ref status == 503 ? ref _offUntil : ref _avoidUntil, until);

    /// <summary>Takes it out until then, whatever the status was; the later floor wins.</summary>
    public void Close(long until) => Raise(ref _offUntil, until);

    private void Raise(ref long floor, long until)
    {
        lock (_gate)
        {
            if (until <= floor) return;
            Volatile.Write(ref floor, until);
        }

        destination.Service.Changed();
    }
}
