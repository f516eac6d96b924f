using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Admit.Limits;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Request.Record;
using Tidegate.Gateway.Request.Stale;

namespace Tidegate.Gateway.Snapshot;

/// <summary>A route as calls see it.</summary>
internal sealed class RouteModel(string name, RouteConfig config, RouteBranch[] branches)
{
    /// <summary>Name in the document.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says. Calls read what is below: it is in the same place in memory.</summary>
    public RouteConfig Config { get; } = config;

    /// <summary>Where calls go, by weight; a plain route has one, a redirect or fixed answer none.</summary>
    public RouteBranch[] Branches { get; } = branches;

    /// <summary>Where calls go when there is no choice; null for routes without branches.</summary>
    public RouteBranch? FirstBranch { get; } = branches.Length > 0 ? branches[0] : null;

    /// <summary>There is more than one branch.</summary>
    public bool IsSplit { get; } = branches.Length > 1;

    /// <summary>Calls are calls of models.</summary>
    public bool ServesModels { get; } = config.Models is not null;

    /// <summary>Bytes of the largest request body; 0 for no limit.</summary>
    public long MaxBodySize { get; } = config.MaxBodySize;

    /// <summary>Deadline in place of the service's; zero for none.</summary>
    public TimeSpan Deadline { get; } = config.Deadline;

    /// <summary>Who is shed last, for callers without a class of their own.</summary>
    public PriorityClass Priority { get; } = config.Priority;

    /// <summary>Methods that are not idempotent may be tried again, too.</summary>
    public bool RetryUnsafe { get; } = config.RetryUnsafe;

    /// <summary>Limits on rates and on calls in flight; their counts are kept across snapshots.</summary>
    public LimitSet Limits { get; init; } = LimitSet.None;

    /// <summary>Priority classes that are shed: a bit for each, by its number.</summary>
    public int Shed { get; } = ShedOf(config);

    /// <summary>How callers are known, and which are let in.</summary>
    public required IdentifyModel Identify { get; init; }

    /// <summary>Counts calls that it answers without a service, and those it refuses.</summary>
    public required CallCounters Counters { get; init; }

    /// <summary>Changes to the request and the response.</summary>
    public RewriteModel Rewrite { get; init; } = RewriteModel.None;

    /// <summary>Cross-origin rules; null leaves them to the upstream.</summary>
    public CorsModel? Cors { get; init; }

    /// <summary>The redirect or fixed answer; null for routes with branches.</summary>
    public RouteAnswer? Answer { get; init; }

    /// <summary>Answers that are kept; null where none are.</summary>
    public StaleModel? Stale { get; init; }

    private static int ShedOf(RouteConfig config)
    {
        var classes = 0;
        foreach (var priority in config.Shed) classes |= 1 << (int)priority;
        return classes & ~(1 << (int)PriorityClass.Critical);
    }
}

/// <summary>One branch of a route.</summary>
/// <param name="Service">Service that answers.</param>
/// <param name="Version">Version label, or empty.</param>
/// <param name="CumulativeWeight">Sum of the weights up to and including this branch.</param>
/// <param name="Counters">Counts its calls.</param>
internal sealed record RouteBranch(ServiceModel Service, string Version, int CumulativeWeight, CallCounters Counters);
