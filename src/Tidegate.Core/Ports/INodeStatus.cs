namespace Tidegate.Core.Ports;

/// <summary>Gateway to the control plane: what this node runs and how it is.</summary>
public interface INodeStatus
{
    /// <summary>The configuration calls are decided by now.</summary>
    ActiveConfig? Running { get; }

    /// <summary>Why the newest configuration was not taken; empty when it was. The old one goes on serving.</summary>
    IReadOnlyList<Resources.Finding> Rejected { get; }

    /// <summary>Revision of the configuration that was not taken; null when the newest one was.</summary>
    long? RejectedRevision { get; }

    /// <summary>False while starting without a configuration and while draining: load balancers should look elsewhere.</summary>
    bool Ready { get; }

    /// <summary>Health of every destination, by service, then of every model of a provider with each of its keys.</summary>
    IReadOnlyList<DestinationStatus> Destinations { get; }
}
