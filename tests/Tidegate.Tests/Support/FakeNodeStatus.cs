using Tidegate.Core.Ports;
using Tidegate.Core.Resources;

namespace Tidegate.Tests.Support;

/// <summary>A node that runs what the test says.</summary>
internal sealed class FakeNodeStatus : INodeStatus
{
    public ActiveConfig? Running { get; init; }

    public IReadOnlyList<Finding> Rejected { get; init; } = [];

    public long? RejectedRevision { get; init; }

    public bool Ready => Running is not null;

    public IReadOnlyList<DestinationStatus> Destinations => [];

    public static ActiveConfig Revision(long number) => new(number, number, ConfigDocument.Empty, [], []);

    public static Finding Error(string message) => new(FindingSeverity.Error, "secret_not_found", "Route/a", "spec.x", message, null);
}
