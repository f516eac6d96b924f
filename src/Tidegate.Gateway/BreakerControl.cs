using Tidegate.Core.Ports;
using Tidegate.Gateway.Health;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway;

/// <summary>Holds breakers open or closed by hand, on this node, for a time and a reason. A hold outlives changes of the configuration, not the process.</summary>
public sealed class BreakerControl
{
    private readonly RunningServices _services;
    private readonly TimeProvider _time;

    internal BreakerControl(RunningServices services, TimeProvider time) => (_services, _time) = (services, time);

    /// <summary>All breakers of the configuration in force: those of services, then those of providers by model and key.</summary>
    public IReadOnlyList<BreakerStatus> List()
    {
        var now = _time.GetTimestamp();
        return [.. All().Select(b => new BreakerStatus(b.Service, b.State.Name, DestinationReport.Word(b.State.Breaker.Position(now)), Shown(b.State.Breaker.Held(now), now)))];
    }

    /// <summary>Holds breakers. Empty when there is no such destination.</summary>
    /// <param name="service">Name of a service, or of a provider of models.</param>
    /// <param name="destination">Name of the destination; of a provider's model and key as in status: <c>provider/model#key</c>, or <c>provider/model</c> for all its keys.</param>
    /// <param name="open">True lets no call pass; false lets every call pass, whatever it has seen.</param>
    /// <param name="time">For how long; above zero.</param>
    /// <param name="reason">Why, for people; shown in status and log.</param>
    /// <returns>Names of the destinations whose breakers are held now.</returns>
    public IReadOnlyList<string> Hold(string service, string destination, bool open, TimeSpan time, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        var found = States(service, destination);
        var until = Ticks.After(_time.GetTimestamp(), Ticks.Of(_time, time));
        foreach (var state in found) state.Breaker.Force(new BreakerOverride(open, until, reason));
        return [.. found.Select(s => s.Name)];
    }

    /// <summary>Ends holds before their time. Empty when there is no such destination.</summary>
    /// <returns>Names of the destinations whose breakers are held by nobody now.</returns>
    public IReadOnlyList<string> Release(string service, string destination)
    {
        var found = States(service, destination);
        foreach (var state in found) state.Breaker.EndForce();
        return [.. found.Select(s => s.Name)];
    }

    /// <summary>Names of the destinations that <see cref="Hold"/> would hold.</summary>
    public IReadOnlyList<string> Find(string service, string destination) => [.. States(service, destination).Select(s => s.Name)];

    private BreakerHold? Shown(BreakerOverride? held, long now) =>
        held is null ? null : new(held.Open ? "open" : "closed", _time.GetUtcNow() + Ticks.Span(_time, held.Until - now), held.Reason);

    private List<DestinationState> States(string service, string destination) =>
        [.. All().Where(b => b.Service == service && (b.State.Name == destination || (b.IsTarget && b.State.Name.StartsWith(destination + "#", StringComparison.Ordinal)))).Select(b => b.State)];

    private IEnumerable<(string Service, DestinationState State, bool IsTarget)> All() =>
        _services.Current.SelectMany(s => s.Destinations.Select(d => (s.Name, d.State, false)))
            .Concat(TargetTrouble.Each(_services.Aliases).Select(t => (t.Target.Provider.Name, t.Target.States[t.At], true)).OrderBy(t => t.Item2.Name, StringComparer.Ordinal));
}
