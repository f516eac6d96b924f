namespace Tidegate.Core.Calls;

/// <summary>The bodies of one call on their way to the log. What is kept of them is worked out by who writes them down, not on the call.</summary>
public abstract class CallBodies
{
    /// <summary>Id of the call.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it began. UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Name of the consumer; empty for an anonymous caller.</summary>
    public required string Consumer { get; init; }

    /// <summary>Memory that was reserved for it at <see cref="Ports.IBodySink"/>.</summary>
    public required int Reserved { get; init; }

    /// <summary>The request, masked and cut to size.</summary>
    public abstract KeptBody Request();

    /// <summary>The answer, likewise.</summary>
    public abstract KeptBody Answer();
}
