using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway;

/// <summary>Holds breakers open or closed by hand, on this node, for a time and a reason.</summary>
public sealed class BreakerControl
{
    private readonly RunningServices _services;
    private readonly TimeProvider _time;

    internal BreakerControl(RunningServices services, TimeProvider time) => (_services, _time) = (services, time);

    /// <summary>Holds a breaker. False when there is no such destination.</summary>
    /// <param name="service">Name of a service, or of a provider of models.</param>
    /// <param name="destination">Name of the destination; of a provider's model and key as in status: <c>provider/model#key</c>.</param>
    /// <param name="open">True lets no call pass; false lets every call pass, whatever it has seen.</param>
    /// <param name="time">For how long; above zero.</param>
    /// <param name="reason">Why, for people; shown in status and log.</param>
    public bool Hold(string service, string destination, bool open, TimeSpan time, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        if (Find(service, destination) is not { } breaker) return false;
        breaker.Force(new BreakerOverride(open, Ticks.After(_time.GetTimestamp(), Ticks.Of(_time, time)), reason));
        return true;
    }

    /// <summary>Ends a hold before its time. False when there is no such destination.</summary>
    public bool Release(string service, string destination)
    {
        if (Find(service, destination) is not { } breaker) return false;
        breaker.EndForce();
        return true;
    }

    private BreakerState? Find(string service, string destination)
    {
        foreach (var model in _services.Current)
            foreach (var candidate in model.Destinations)
                if (model.Name == service && candidate.Name == destination) return candidate.State.Breaker;
        foreach (var alias in _services.Aliases)
            foreach (var target in alias.Targets)
                foreach (var state in target.States)
                    if (target.Provider.Name == service && state.Name == destination) return state.Breaker;
        return null;
    }
}
