using Microsoft.AspNetCore.Http;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Storage;

/// <summary>The state database cannot be used now. Answered as 503 by the admin port; nothing was acknowledged.</summary>
public sealed class StateUnavailableException(StateFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What is wrong with it.</summary>
    public StateFault Fault { get; } = fault;

    /// <summary>True when trying again cannot help, so a process that is starting must stop and say so.</summary>
    public bool Permanent => Fault is StateFault.NewerSchema or StateFault.Unusable;

    /// <summary>The word of <see cref="Fault"/> on the wire.</summary>
    public string Word => Fault switch
    {
        StateFault.Starting => "starting",
        StateFault.Locked => "locked",
        StateFault.Gone => "gone",
        StateFault.Full => "full",
        StateFault.ReadOnly => "read_only",
        StateFault.NewerSchema => "newer_schema",
        StateFault.Damaged => "damaged",
        _ => "unusable",
    };

    /// <summary>What the admin port answers.</summary>
    public Problem ToProblem() => new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Code = $"state_{Word}",
        Detail = $"{Message} Nothing was changed; traffic is not affected.",
        Action = Permanent ? "See the log of the node." : "Try again in a few seconds; the log of the node has the cause.",
    };
}
